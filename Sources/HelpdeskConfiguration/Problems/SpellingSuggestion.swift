/// Finds what somebody probably meant.
enum SpellingSuggestion {
    /// `; did you mean …?`-sized: longer words are not compared.
    private static let longestWord = 64

    /// The nearest of `known` within two slips (one for words of up to four letters), the first of equals.
    static func nearest(to word: String, among known: [String]) -> String? {
        let bytes = lowered(word)
        guard bytes.count <= longestWord else { return nil }
        let allowed = bytes.count <= 4 ? 1 : 2
        var best: (distance: Int, word: String)?
        for candidate in known where candidate.utf8.count <= longestWord {
            let distance = distance(bytes, lowered(candidate))
            if distance <= allowed, distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.word
    }

    /// A missing or added letter, a wrong one, and two neighbours swapped count one each (the restricted
    /// Damerau–Levenshtein distance).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous.last ?? 0
    }

    /// `-` and `_` are taken for each other, and capitals for small letters.
    private static func lowered(_ word: String) -> [UInt8] {
        word.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            case UInt8(ascii: "-"): UInt8(ascii: "_")
            default: byte
            }
        }
    }
}
