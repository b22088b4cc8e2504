/// Finds which of many short phrases stands in a text, in one pass. Phrases are lower case; `*` in one stands for at most
/// `reach` bytes. The work is the length of the text times the few phrases that share a first byte.
struct PhraseTable<Value: Sendable>: Sendable {
    private struct Phrase {
        let rank: Int
        let pieces: [[UInt8]]
    }

    /// Bytes that a `*` may stand for.
    private static var reach: Int { 120 }

    /// By first byte, best rank first.
    private let buckets: [[Phrase]]
    private let values: [Value]

    /// Rows in order of rank: where several stand in one text, the first row wins.
    init(_ rows: [(Value, [String])]) {
        var buckets = [[Phrase]](repeating: [], count: 256)
        for (rank, row) in rows.enumerated() {
            for text in row.1 {
                let pieces = text.utf8.split(separator: UInt8(ascii: "*")).map { [UInt8]($0) }
                guard let first = pieces.first?.first else { continue }
                buckets[Int(first)].append(Phrase(rank: rank, pieces: pieces))
            }
        }
        self.buckets = buckets
        values = rows.map(\.0)
    }

    /// The value of the best row with a phrase in `text`, which has been through `Phrases.normalised`.
    func best(in text: [UInt8]) -> Value? {
        guard let rank = bestRank(in: text), values.indices.contains(rank) else { return nil }
        return values[rank]
    }

    func matches(_ text: [UInt8]) -> Bool { bestRank(in: text) != nil }

    private func bestRank(in text: [UInt8]) -> Int? {
        var best: Int?
        var index = 0
        while index < text.count, best != 0 {
            for phrase in buckets[Int(text[index])] {
                if let best, phrase.rank >= best { break }
                if stands(phrase, in: text, at: index) { best = phrase.rank }
            }
            index &+= 1
        }
        return best
    }

    private func stands(_ phrase: Phrase, in text: [UInt8], at start: Int) -> Bool {
        var position = start
        for (place, piece) in phrase.pieces.enumerated() {
            let last = place == 0 ? position : min(position &+ Self.reach, text.count)
            var found = false
            while position <= last, position &+ piece.count <= text.count {
                if text[position..<(position &+ piece.count)].elementsEqual(piece) {
                    found = true
                    position &+= piece.count
                    break
                }
                position &+= 1
            }
            if !found { return false }
        }
        return true
    }
}

/// Texts made ready for a search of phrases.
enum Phrases {
    /// ASCII in small letters, runs of blanks and line ends as one space, the curly apostrophe as a straight one.
    static func normalised(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if Ascii.isBlank(byte) {
                if result.last != Ascii.space { result.append(Ascii.space) }
            } else if byte == 0xE2, index &+ 2 < text.endIndex, text[index &+ 1] == 0x80,
                text[index &+ 2] == 0x99
            {
                result.append(UInt8(ascii: "'"))
                index &+= 2
            } else {
                result.append(Ascii.lower(byte))
            }
            index &+= 1
        }
        return result
    }

    static func normalised(_ text: [UInt8]) -> [UInt8] { normalised(text[...]) }
}
