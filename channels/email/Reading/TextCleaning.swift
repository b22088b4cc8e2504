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

    /// A file name for people: never a path, no control characters, no marks that turn it around (`gpj.exe` shown as
    /// `exe.jpg`), hidden for no shell and an option for none, at most 255 bytes (reliability E9).
    static func fileName(_ text: String) -> String? {
        var bytes = Array(text.utf8).filter { $0 >= Ascii.space && $0 != 0x7F }
        func isSlash(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
        }
        while let last = bytes.last, isSlash(last) { bytes.removeLast() }
        if let slash = bytes.lastIndex(where: isSlash) { bytes = Array(bytes[(slash &+ 1)...]) }
        bytes = withoutOverrides(bytes).trimmedBlanks
        guard !bytes.isEmpty, bytes != [Ascii.dot], bytes != [Ascii.dot, Ascii.dot] else {
            return nil
        }
        if bytes[0] == Ascii.dot || bytes[0] == Ascii.dash { bytes[0] = UInt8(ascii: "_") }
        guard bytes.count > 255 else { return bytes.asText }
        // The end holds the extension; cut in front, at the start of a character.
        var cut = bytes.count &- 255
        while cut < bytes.count, bytes[cut] & 0xC0 == 0x80 { cut &+= 1 }
        let end = Array(bytes[cut...])
        return end.first == Ascii.dash || end.first == Ascii.dot
            ? "_" + Array(end.dropFirst()).asText : end.asText
    }

    /// Without U+202A…U+202E and U+2066…U+2069; Persian names need none of them, only the joiners and marks, which stay.
    private static func withoutOverrides(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0xE2) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if index &+ 2 < bytes.count, bytes[index] == 0xE2 {
                let pair = (bytes[index &+ 1], bytes[index &+ 2])
                if (pair.0 == 0x80 && (0xAA...0xAE).contains(pair.1))
                    || (pair.0 == 0x81 && (0xA6...0xA9).contains(pair.1))
                {
                    index &+= 3
                    continue
                }
            }
            result.append(bytes[index])
            index &+= 1
        }
        return result
    }
}

extension [UInt8] {
    var trimmedBlanks: [UInt8] { Array(self[trimmed(0..<count)]) }
}
