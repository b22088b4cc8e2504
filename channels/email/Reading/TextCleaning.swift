/// Header texts as one line: foldings and line ends of hostile encoded words become blanks, U+0000 becomes U+2400.
enum TextCleaning {
    static func oneLine(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard
            bytes.contains(where: { $0 < Ascii.space }) || bytes.first == Ascii.space
                || bytes.last == Ascii.space
        else { return text }
        var result: [UInt8] = []
        for byte in bytes {
            let isBreak =
                byte == Ascii.lineFeed || byte == Ascii.carriageReturn || byte == Ascii.tab
            result.append(isBreak ? Ascii.space : byte)
        }
        let range = result.trimmed(0..<result.count)
        return TextDecoding.visibleNulls(Array(result[range])).asText
    }

    /// An address has no blanks or line ends outside of quotes; whoever sends some gets them taken out.
    static func address(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 <= Ascii.space || $0 == 0x7F }) else { return text }
        return bytes.filter { $0 >= Ascii.space && $0 != 0x7F }.trimmedBlanks.asText
    }

    /// A file name for people: never a path, no control characters, at most 255 bytes.
    static func fileName(_ text: String) -> String? {
        var bytes = Array(text.utf8).filter { $0 >= Ascii.space && $0 != 0x7F }
        if let slash = bytes.lastIndex(where: {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
        }), bytes.count &- slash > 1 {
            bytes = Array(bytes[(slash &+ 1)...])
        }
        bytes = bytes.trimmedBlanks
        guard !bytes.isEmpty, bytes != [Ascii.dot], bytes != [Ascii.dot, Ascii.dot] else {
            return nil
        }
        guard bytes.count > 255 else { return bytes.asText }
        // The end holds the extension; cut in front, at the start of a character.
        var cut = bytes.count &- 255
        while cut < bytes.count, bytes[cut] & 0xC0 == 0x80 { cut &+= 1 }
        return Array(bytes[cut...]).asText
    }
}

extension [UInt8] {
    var trimmedBlanks: [UInt8] { Array(self[trimmed(0..<count)]) }
}
