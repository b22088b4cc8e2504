import HelpdeskCore

/// What is wrong with a story, for whoever tells it.
struct StoryTrouble: Error {
    let text: String
}

/// One line: a moment in milliseconds since 1970, what happened, and of what; parted by tabs. `-` is nothing.
struct StoryLine: Sendable {
    let at: Instant
    let verb: String
    let number: Int
    private let words: [String]

    init(_ text: String, number: Int) throws(StoryTrouble) {
        let parts = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let at = Int64(parts[0]) else {
            throw StoryTrouble(text: "line \(number): a moment and a verb are expected")
        }
        self.at = Instant(milliseconds: at)
        self.number = number
        verb = parts[1]
        words = Array(parts.dropFirst(2))
    }

    func trouble(_ text: String) -> StoryTrouble { StoryTrouble(text: "line \(number): \(text)") }

    /// Nil for `-`.
    func maybe(_ place: Int) throws(StoryTrouble) -> String? {
        guard words.indices.contains(place) else {
            throw trouble("\(verb) wants a word \(place + 1)")
        }
        return words[place] == "-" ? nil : words[place]
    }

    func word(_ place: Int) throws(StoryTrouble) -> String {
        guard let word = try maybe(place) else { throw trouble("\(verb): no word \(place + 1)") }
        return word
    }

    func integer(_ place: Int) throws(StoryTrouble) -> Int64 {
        guard let integer = Int64(try word(place)) else {
            throw trouble("\(verb): word \(place + 1) is no number")
        }
        return integer
    }

    func ticket(_ place: Int) throws(StoryTrouble) -> TicketNumber {
        TicketNumber(rawValue: try integer(place))
    }

    func moment(_ place: Int) throws(StoryTrouble) -> Instant {
        Instant(milliseconds: try integer(place))
    }

    func agent(_ place: Int) throws(StoryTrouble) -> AgentID { AgentID(rawValue: try word(place)) }

    func maybeAgent(_ place: Int) throws(StoryTrouble) -> AgentID? {
        try maybe(place).map { AgentID(rawValue: $0) }
    }

    /// A word of a vocabulary.
    func value<Value: RawRepresentable<String>>(
        _ place: Int, as kind: Value.Type = Value.self
    ) throws(StoryTrouble) -> Value {
        let text = try word(place)
        guard let value = Value(rawValue: text) else {
            throw trouble("\(verb): \(text) is no \(kind)")
        }
        return value
    }
}
