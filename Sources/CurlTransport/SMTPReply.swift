/// What an SMTP server answered (RFC 5321 §4.2), made safe to show: control bytes are gone.
public struct SMTPReply: Sendable, Equatable {
    /// 200…599, or 0 when it was not readable.
    public var code: Int
    /// The lines' texts, joined by a space; at most 500 bytes.
    public var text: String

    public init(code: Int, text: String) {
        self.code = code
        self.text = text
    }

    /// The `class.subject.detail` at the start of the text (RFC 3463), when there is one.
    public var enhancedStatus: String? {
        let word = text.utf8.prefix { $0 != 0x20 }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, word.count <= 12,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
        else { return nil }
        return String(word)
    }
}

extension SMTPReply: CustomStringConvertible {
    public var description: String { text.isEmpty ? "\(code)" : "\(code) \(text)" }
}

extension SMTPReply {
    static let maximumTextBytes = 500

    /// Appends one line's text: no control characters (C0, DEL, C1), UTF-8 repaired, bounded.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let room = Self.maximumTextBytes - text.utf8.count - (text.isEmpty ? 0 : 1)
        guard room > 0, !bytes.isEmpty else { return }
        var clean = ""
        for scalar in String(decoding: bytes.prefix(room), as: UTF8.self).unicodeScalars
        where scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) {
            guard clean.utf8.count + String(scalar).utf8.count <= room else { break }
            clean.unicodeScalars.append(scalar)
        }
        guard !clean.isEmpty else { return }
        text += text.isEmpty ? clean : " " + clean
    }
}
