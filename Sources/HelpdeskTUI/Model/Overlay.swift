public import HelpdeskAPI
public import HelpdeskCore
public import Terminal

/// What lies over the panes and has the keys.
public enum Overlay: Equatable, Sendable {
    case help(scroll: Int)
    /// Nil until it has come.
    case explanation(TicketNumber, API.Explanation?, scroll: Int)
    case timeline(CustomerID, [API.TimelineItem]?, scroll: Int)
    /// A report as lines; nil until it has come.
    case report(API.ReportName, [String]?, scroll: Int)
    case picker(Picker)
    case prompt(Prompt)
    /// Nil until they have come.
    case recoveries([API.Recovery]?, index: Int)
    /// Many tickets at once, or something that cannot be taken back: asked first.
    case confirm(String, [TicketStep], title: String)
    /// Leaving with an unsent text.
    case leaving
}

/// A list to choose from by moving or typing.
public struct Picker: Equatable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case assign([TicketNumber])
        case status([TicketNumber])
        case closing([TicketNumber])
        case priority([TicketNumber])
        case snooze([TicketNumber])
        case transfer([TicketNumber])
        case presence
        case view
        case macro(TicketNumber)
        case similar(TicketNumber)
        case palette
        case drafts
        case folds
        /// Attachments and links of a thread.
        case enclosure(TicketNumber)
        /// What to do with the attachment.
        case use(API.Attachment)
        /// By which inbox the answer goes.
        case route
    }

    public struct Choice: Hashable, Sendable {
        /// What is chosen; for programs.
        public var id: String
        public var title: String
        public var detail: String
        /// Shown below the list while the cursor is on it: what a macro would write, where words were found.
        public var preview: String?
    }

    public let purpose: Purpose
    public internal(set) var choices: [Choice]
    public var filter = TextField(limit: 60)
    public var index = 0
    /// Whether more is on its way.
    var isLoading = false

    init(_ purpose: Purpose, _ choices: [Choice], isLoading: Bool = false) {
        self.purpose = purpose
        self.choices = choices
        self.isLoading = isLoading
    }

    /// The choices that hold what was typed, in their order.
    public var matching: [Choice] {
        let words = TextFold.folded(filter.text)
        guard !words.isEmpty else { return choices }
        let wanted = words.split(separator: " ")
        return choices.filter { choice in
            let text = TextFold.folded("\(choice.id) \(choice.title) \(choice.detail)")
            return wanted.allSatisfy { text.contains($0) }
        }
    }
}

/// One line to be typed at the bottom of the screen.
public struct Prompt: Equatable, Sendable {
    public enum Purpose: Hashable, Sendable {
        case command
        /// In the queue, in the query language.
        case search
        /// In the thread.
        case find
        case tags([TicketNumber])
        case snooze([TicketNumber])
        case outcome(RecoveryID)
        /// A command that gets the text of the message in sight, or an attachment.
        case pipe(API.Attachment?)
        case attach
    }

    public let purpose: Purpose
    public var text: TextField

    init(_ purpose: Purpose, text: String = "") {
        self.purpose = purpose
        self.text = TextField(text, limit: 400)
    }
}
