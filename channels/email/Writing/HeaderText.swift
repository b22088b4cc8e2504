/// What people typed, made fit for a header: one line, no control characters, RFC 2047 where it is not plain ASCII.
enum HeaderText {
    /// RFC 2047 section 2: an encoded word has at most 75 characters; 45 bytes of text leave room for the frame.
    private static let wordBytes = 42
    private static let longest = 2_000

    /// Line ends, U+0000 and other control characters become blanks; U+0085, U+2028 and U+2029 too, because readers
    /// differ about them.
    static func oneLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if result.count >= longest { break }
            let isControl =
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029
            result.append(isControl ? " " : scalar)
        }
        return String(result)
    }

    /// A name of a person: what looks like an encoded word is taken apart, so that nobody decodes it.
    static func name(_ text: String) -> String {
        let bytes = Array(oneLine(text).utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if byte == UInt8(ascii: "?"), result.last == Ascii.equals { result.append(Ascii.space) }
            result.append(byte)
        }
        return Array(result[result.trimmed(0..<result.count)]).asText
    }

    /// An unstructured value in ASCII.
    static func encoded(_ text: String) -> String {
        let text = oneLine(text)
        let bytes = Array(text.utf8)
        // RFC 5322 section 2.1.1: a word that cannot be folded must not make a line too long either.
        let longestWord = bytes.split(separator: Ascii.space).map(\.count).max() ?? 0
        if bytes.allSatisfy({ $0 < 0x80 }), !EncodedWords.appear(in: bytes[...]), longestWord < 70 {
            return text
        }
        var words: [String] = []
        var piece: [UInt8] = []
        func close() {
            guard !piece.isEmpty else { return }
            words.append("=?utf-8?B?\(Base64.encoded(piece).asText)?=")
            piece = []
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if piece.count &+ next.count > wordBytes { close() }
            piece += next
        }
        close()
        return words.joined(separator: " ")
    }
}
