/// Which of many lower-case phrases a short text begins with, by its bytes: a subject is looked at in every mail, and
/// comparing Strings costs more than parsing the mail does.
struct PrefixTable: Sendable {
    /// By first byte, longest first.
    private let buckets: [[[UInt8]]]

    init(_ phrases: [String]) {
        var buckets = [[[UInt8]]](repeating: [], count: 256)
        for phrase in phrases {
            guard let first = phrase.utf8.first else { continue }
            buckets[Int(first)].append(Array(phrase.utf8))
        }
        self.buckets = buckets.map { $0.sorted { $0.count > $1.count } }
    }

    /// The longest phrase that `text` begins with; `text` has been through `lowered`.
    func longest(in text: [UInt8]) -> [UInt8]? {
        guard let first = text.first else { return nil }
        return buckets[Int(first)].first { text.starts(with: $0) }
    }

    func matches(_ text: [UInt8]) -> Bool { longest(in: text) != nil }

    /// Small letters. Only Latin, Greek, Cyrillic and Armenian (U+0080 to U+05FF) have capitals that matter here, so
    /// Persian and Chinese are spared the detour through String.
    static func lowered(_ text: [UInt8]) -> [UInt8] {
        let hasCapitals = text.contains { $0 >= 0xC3 && $0 <= 0xD6 }
        return hasCapitals ? Array(text.asText.lowercased().utf8) : text.lowercasedASCII()
    }
}
