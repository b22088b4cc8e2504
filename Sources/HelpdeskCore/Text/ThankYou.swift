/// Tells a closing "thank you" from a message that needs an answer: such a message alone does not reopen a closed
/// ticket (DESIGN §4 "Threading"). When in doubt the message says more: reopening one ticket too many costs a key
/// press, leaving one closed costs a customer.
public enum ThankYou {
    public enum Verdict: Hashable, Sendable {
        case thanksAlone
        case saysMore(Reason)
    }

    /// Why a message is more than thanks; recorded with the threading decision.
    public enum Reason: String, Hashable, Sendable, Codable {
        case attachment
        case question
        /// "but", "ولی", "اما" and their kin.
        case but
        /// A word that belongs to no thanks, a number, or an angry face.
        case otherWords = "other_words"
        /// Friendly words, and no thanks among them.
        case noThanks = "no_thanks"
        case tooLong = "too_long"
    }

    /// A message of more words than these is not thanks alone, whatever they are.
    public static let wordLimit = 40

    /// Judges what a customer wrote, in English, in Persian or in both mixed.
    /// - Parameters:
    ///   - text: what was written now, without quoted history and signature.
    ///   - attachmentCount: how many files came with it.
    ///   - names: names of the customer and the agents, which may stand in it ("Thanks, Ali!").
    public static func judge(
        _ text: String, attachmentCount: Int = 0, names: [String] = []
    ) -> Verdict {
        if attachmentCount > 0 { return .saysMore(.attachment) }
        if TextFold.folded(text).utf8.contains(0x3F) { return .saysMore(.question) }
        if text.unicodeScalars.contains(where: ThankYouWords.frowns.contains) {
            return .saysMore(.otherWords)
        }
        let words = TextFold.words(in: text, limit: wordLimit + 1)
        if words.count > wordLimit { return .saysMore(.tooLong) }
        if words.contains(where: ThankYouWords.contrasts.contains) { return .saysMore(.but) }
        let nameWords = Set(names.flatMap { TextFold.words(in: $0, limit: 8) })
        var thanked = false
        var rest = words[...]
        while let word = rest.first {
            if let length = ThankYouWords.thanks.longestMatch(at: rest) {
                thanked = true
                rest = rest.dropFirst(length)
            } else if let length = ThankYouWords.courtesies.longestMatch(at: rest) {
                rest = rest.dropFirst(length)
            } else if nameWords.contains(word) {
                rest = rest.dropFirst()
            } else {
                return .saysMore(.otherWords)
            }
        }
        return thanked ? .thanksAlone : .saysMore(.noThanks)
    }
}
