/// What an agent wants with a mail that answers a notification: a note, unless its first line says otherwise.
///
/// The first line that is not blank may be `#reply` or `#پاسخ` (the customer gets it) or `#note` or `#یادداشت`, alone or
/// in front of the text. Anything else is text.
public struct AgentCommand: Hashable, Sendable {
    public enum Intent: Hashable, Sendable { case note, reply }

    public let intent: Intent
    /// What is left, without blank lines around it.
    public let text: String

    private static let words: [(word: String, intent: Intent)] = [
        ("#reply", .reply), ("#پاسخ", .reply), ("#note", .note), ("#یادداشت", .note),
    ]

    /// Linear in the text.
    public init(_ text: String) {
        let body = Self.trimmed(Array(text.utf8)[...])
        for (word, intent) in Self.words {
            let rest = body.dropFirst(word.utf8.count)
            guard Self.begins(body, with: Array(word.utf8)), rest.first.map(Self.isBlank) ?? true
            else { continue }
            self.intent = intent
            self.text = String(decoding: Self.trimmed(rest), as: UTF8.self)
            return
        }
        intent = .note
        self.text = String(decoding: body, as: UTF8.self)
    }

    private static func begins(_ body: ArraySlice<UInt8>, with word: [UInt8]) -> Bool {
        body.count >= word.count
            && zip(body, word).allSatisfy { ascii($0.0) == $0.1 }
    }

    private static func ascii(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
