import HelpdeskCore

/// The HTML twin of a text: paragraphs with their own direction, so that a Persian answer reads from the right in every
/// mail program, and links that can be pressed. No style, no pictures, nothing remote.
enum OutgoingHTML {
    /// `text` has LF line ends.
    static func document(_ text: String, language: String) -> String {
        let whole = TextDirection.ofText(text)
        var body = ""
        for paragraph in paragraphs(text) {
            let joined = paragraph.joined(separator: "\n")
            let direction = TextDirection.ofText(joined, or: whole)
            let lines = paragraph.map(line).joined(separator: "<br>\n")
            body += "<p dir=\"\(direction.rawValue)\">\(lines)</p>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="\(safeLanguage(language))" dir="\(whole.rawValue)">
            <head><meta charset="utf-8"></head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private static func paragraphs(_ text: String) -> [[String]] {
        var result: [[String]] = [[]]
        for line in Array(text.utf8).split(
            separator: Ascii.lineFeed, omittingEmptySubsequences: false)
        {
            if line.allSatisfy(Ascii.isBlank) {
                if result.last?.isEmpty == false { result.append([]) }
            } else {
                result[result.count - 1].append([UInt8](line).asText)
            }
        }
        return result.filter { !$0.isEmpty }
    }

    private static func line(_ text: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes.matches("https://", at: index) || bytes.matches("http://", at: index) {
                let end = linkEnd(bytes, from: index)
                let link = escaped(bytes[index..<end])
                result += Array("<a href=\"".utf8) + link + Array("\">".utf8) + link
                result += Array("</a>".utf8)
                index = end
            } else {
                result += escaped(bytes[index...index])
                index &+= 1
            }
        }
        return result.asText
    }

    /// Up to a blank or bracket; a full stop or comma at the end belongs to the sentence.
    private static func linkEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] > Ascii.space, bytes[end] < 0x7F,
            bytes[end] != Ascii.less, bytes[end] != Ascii.greater, bytes[end] != Ascii.quote
        { end &+= 1 }
        while end > start,
            [Ascii.dot, UInt8(ascii: ","), UInt8(ascii: ")"), Ascii.semicolon]
                .contains(bytes[end &- 1])
        { end &-= 1 }
        return end
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): result += Array("&amp;".utf8)
            case Ascii.less: result += Array("&lt;".utf8)
            case Ascii.greater: result += Array("&gt;".utf8)
            case Ascii.quote: result += Array("&quot;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }

    private static func safeLanguage(_ language: String) -> String {
        let bytes = language.utf8.filter {
            $0 == Ascii.dash || Ascii.lower($0) >= 0x61 && Ascii.lower($0) <= 0x7A
        }
        return bytes.isEmpty ? "en" : [UInt8](bytes.prefix(35)).asText
    }
}

extension TextDirection {
    /// The direction of the first line that has one, else that of the whole text.
    static func ofText(_ text: String, or other: TextDirection) -> TextDirection {
        for line in text.split(separator: "\n") {
            if let direction = firstStrong(in: String(line)) { return direction }
        }
        return other
    }
}
