/// Who is named by `@login` in a note.
public enum Mentions {
    /// Of one note; more are not looked at.
    public static let maximum = 20

    /// Words after an `@` that no word stands before, in lower case, each once, in order: `@sara`, and not the domain of
    /// `sara@example.ir`. A dot, hyphen or underscore at the end belongs to the sentence.
    public static func logins(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var logins: [String] = []
        var index = 0
        while index < bytes.count, logins.count < maximum {
            defer { index += 1 }
            guard bytes[index] == at, index == 0 || !isWord(bytes[index - 1]) else { continue }
            var end = index + 1
            while end < bytes.count, isLogin(bytes[end]) { end += 1 }
            // `@a@b` and `@sara.example.ir@…` are addresses of other networks.
            guard end == bytes.count || bytes[end] != at else { continue }
            var name = bytes[(index + 1)..<end]
            while let last = name.last, !isLetterOrDigit(last) { name.removeLast() }
            guard !name.isEmpty, name.count <= 64 else { continue }
            let login = String(decoding: name.map(lower), as: UTF8.self)
            if !logins.contains(login) { logins.append(login) }
        }
        return logins
    }

    private static let at = UInt8(ascii: "@")

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(lower(byte))
    }

    private static func isLogin(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == 0x2E || byte == 0x2D || byte == 0x5F
    }

    /// Letters of other scripts before an `@` are no address: Persian puts no blank after some words.
    private static func isWord(_ byte: UInt8) -> Bool {
        isLogin(byte) || byte == 0x2B || byte == at
    }
}
