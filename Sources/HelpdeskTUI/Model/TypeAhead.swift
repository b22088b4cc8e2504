internal import HelpdeskCore
internal import Terminal

/// What an agent asked for on a thread that is still on its way, and what they typed since: done in order once the
/// thread is there, so that nobody need watch for it, and the words of a reply are never taken for commands.
struct TypeAhead: Hashable, Sendable {
    /// What is done with the thread.
    enum Intent: Hashable, Sendable {
        case command(Command)
        /// Going on with the draft of this key.
        case draft(String)
    }

    enum Input: Hashable, Sendable {
        case key(KeyPress)
        case paste(String)
    }

    let ticket: TicketNumber
    let intent: Intent
    private(set) var inputs: [Input] = []
    /// Keys, and bytes of what was pasted.
    private var size = 0

    /// What goes beyond it stays out: a screenful of text, typed blindly, is more than anybody means.
    static let limit = 65_536

    init(_ ticket: TicketNumber, _ intent: Intent) {
        self.ticket = ticket
        self.intent = intent
    }

    mutating func append(_ input: Input) {
        let added =
            switch input {
            case .key: 1
            case .paste(let text): text.utf8.count
            }
        guard size + added <= TypeAhead.limit else { return }
        size += added
        inputs.append(input)
    }
}
