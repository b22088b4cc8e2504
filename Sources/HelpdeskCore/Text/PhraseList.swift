/// Phrases of folded words, found at the beginning of a list of words.
struct PhraseList: Sendable {
    private let phrases: Set<[String]>
    private let longest: Int

    /// - Parameter lines: phrases as people write them, separated by commas.
    init(_ lines: String) {
        phrases = Set(
            lines.split(separator: ",").map { TextFold.words(in: String($0), limit: 8) }
                .filter { !$0.isEmpty })
        longest = phrases.map(\.count).max() ?? 0
    }

    /// How many words the longest phrase has that `words` begins with.
    func longestMatch(at words: ArraySlice<String>) -> Int? {
        var length = min(longest, words.count)
        while length > 0 {
            if phrases.contains(Array(words.prefix(length))) { return length }
            length -= 1
        }
        return nil
    }
}
