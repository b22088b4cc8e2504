public import HelpdeskAPI
public import HelpdeskCore
public import Terminal

/// What lies over the panes and has the keys.
public enum Overlay: Equatable, Sendable {
    case help(scroll: Int)
    /// Nil until it has come.
    case explanation(TicketNumber, API.Explanation?, scroll: Int)
    case timeline(CustomerID, [API.TimelineItem]?, scroll: Int)
    case picker(Picker)
    case prompt(Prompt)
    /// Leaving with an unsent text.
    case leaving
}

/// A list to choose from by moving or typing.
public struct Picker: Equatable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case assign(TicketNumber)
        case status(TicketNumber)
        case closing(TicketNumber)
        case presence
        case view
    }

    public struct Choice: Hashable, Sendable {
        /// What is chosen; for programs.
        public var id: String
        public var title: String
        public var detail: String
    }

    public let purpose: Purpose
    public let choices: [Choice]
    public var filter = TextField(limit: 60)
    public var index = 0

    init(_ purpose: Purpose, _ choices: [Choice]) {
        self.purpose = purpose
        self.choices = choices
    }

    /// The choices that hold what was typed, in their order.
    public var matching: [Choice] {
        let words = TextFold.folded(filter.text)
        guard !words.isEmpty else { return choices }
        return choices.filter {
            TextFold.folded($0.id).contains(words) || TextFold.folded($0.title).contains(words)
        }
    }
}

/// One line to be typed at the bottom of the screen.
public struct Prompt: Equatable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case command
        case search
        case tags(TicketNumber)
    }

    public let purpose: Purpose
    public var text: TextField

    init(_ purpose: Purpose, text: String = "") {
        self.purpose = purpose
        self.text = TextField(text, limit: 400)
    }
}
