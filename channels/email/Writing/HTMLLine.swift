/// One line of text as HTML: markup stays text, blanks stay where they are, links can be pressed.
enum HTMLLine {
    private static let hardBlank = Array("&nbsp;".utf8)

    static func of(_ line: String) -> [UInt8] {
        let bytes = Array(line.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count &+ bytes.count / 4)
        var index = 0
        while index < bytes.count {
            if bytes.matches("https://", at: index) || bytes.matches("http://", at: index) {
                let end = linkEnd(bytes, from: index)
                append(link: bytes[index..<end], to: &result)
                index = end
            } else if Ascii.isBlank(bytes[index]) {
                index = appendBlanks(bytes, from: index, to: &result)
            } else {
                append(bytes[index], to: &result)
                index &+= 1
            }
        }
        return result
    }

    /// HTML would show a run of blanks as one, and none at the start of a line.
    private static func appendBlanks(
        _ bytes: [UInt8], from start: Int, to result: inout [UInt8]
    ) -> Int {
        var end = start
        var width = 0
        while end < bytes.count, Ascii.isBlank(bytes[end]) {
            width &+= bytes[end] == Ascii.tab ? 4 : 1
            end &+= 1
        }
        let isAtStart = start == 0
        for _ in 0..<min(isAtStart ? width : width &- 1, 200) { result += hardBlank }
        if !isAtStart { result.append(Ascii.space) }
        return end
    }

    private static func append(link: ArraySlice<UInt8>, to result: inout [UInt8]) {
        result += "<a dir=\"ltr\" href=\"".utf8
        for byte in link {
            // RFC 3987 section 3.1: letters outside of ASCII travel as the bytes of their UTF-8.
            if byte < 0x80 { append(byte, to: &result) } else { result += percent(byte) }
        }
        result += "\">".utf8
        for byte in link { append(byte, to: &result) }
        result += "</a>".utf8
    }

    private static func percent(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Up to a blank, a bracket or a quotation mark. A full stop or comma at the end belongs to the sentence, in Persian
    /// too; so does a closing parenthesis that the link did not open.
    private static func linkEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] > Ascii.space, bytes[end] != 0x7F,
            bytes[end] != Ascii.less, bytes[end] != Ascii.greater, bytes[end] != Ascii.quote,
            !isBreak(bytes, at: end)
        { end &+= 1 }
        let closing = UInt8(ascii: ")")
        while end > start {
            let last = bytes[end &- 1]
            let link = bytes[start..<end]
            let isUnopened =
                last == closing
                && link.filter { $0 == closing }.count
                    > link.filter { $0 == UInt8(ascii: "(") }.count
            guard isUnopened || Array(".,;:!?'".utf8).contains(last) else { break }
            end &-= 1
        }
        return end
    }

    /// Punctuation outside of ASCII that ends a link: ، ؛ ؟ « » and the general punctuation of U+2000…U+206F but for the
    /// joiners, which stand within Persian words.
    private static func isBreak(_ bytes: [UInt8], at index: Int) -> Bool {
        let next = index &+ 1 < bytes.count ? bytes[index &+ 1] : 0
        switch bytes[index] {
        case 0xC2: return next <= 0xA0 || next == 0xAB || next == 0xBB
        case 0xD8: return next == 0x8C || next == 0x9B || next == 0x9F
        case 0xE2:
            let third = index &+ 2 < bytes.count ? bytes[index &+ 2] : 0
            let isJoiner = next == 0x80 && (third == 0x8C || third == 0x8D)
            return (next == 0x80 || next == 0x81) && !isJoiner
        default: return false
        }
    }

    /// Text or the value of an attribute, as it is.
    static func escaped(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 { append(byte, to: &result) }
        return result
    }

    private static func append(_ byte: UInt8, to result: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "&"): result += "&amp;".utf8
        case Ascii.less: result += "&lt;".utf8
        case Ascii.greater: result += "&gt;".utf8
        case Ascii.quote: result += "&quot;".utf8
        default: result.append(byte)
        }
    }
}
