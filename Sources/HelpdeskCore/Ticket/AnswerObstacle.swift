/// What happened to a ticket since an agent looked at it, as far as their answer may be wrong now: it is stopped until they
/// have seen it. A tag, a priority, another holder or a look changes no answer; neither does what they did themselves.
public struct AnswerObstacle: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case customerWrote(MessageID)
        case called(MessageID)
        case answered(MessageID, by: AgentID)
        case noted(MessageID, by: AgentID)
        case closed(ClosingReason?)
        case reopened
        /// Messages came or went: a merge, a split, their undoing, or a join.
        case moved
        /// An answer came back: the customer does not have it.
        case returned
        /// Too much happened to look at each.
        case much
    }

    public var kind: Kind
    public var at: Instant
    /// Nil: not an agent.
    public var agent: AgentID?

    public init(kind: Kind, at: Instant, agent: AgentID?) {
        self.kind = kind
        self.at = at
        self.agent = agent
    }

    /// Events looked at; whoever saw an older version has to look again.
    public static let horizon = 200

    /// The obstacles among events since the version that was seen, in order.
    public static func among(_ events: [RecordedEvent], for answerer: AgentID) -> [AnswerObstacle] {
        events.compactMap { recorded in
            let agent: AgentID? = if case .agent(let agent) = recorded.actor { agent } else { nil }
            guard agent != answerer, case .ticket(let event) = recorded.event,
                let kind = kind(event)
            else { return nil }
            return AnswerObstacle(kind: kind, at: recorded.at, agent: agent)
        }
    }

    private static func kind(_ event: TicketEvent) -> Kind? {
        switch event {
        case .messageReceived(let message):
            // A server's report or an out-of-office note says nothing that an answer must take up.
            if message.author != .customer || message.autoSubmitted != .no { return nil }
            return message.call == nil
                ? .customerWrote(message.message) : .called(message.message)
        case .messageWritten(let message): return .answered(message.message, by: message.agent)
        case .noteWritten(let note): return .noted(note.message, by: note.agent)
        case .messageJoined(let joined): return .customerWrote(joined.message)
        case .messagesMoved, .merged, .mergeUndone, .split, .splitUndone: return .moved
        case .replyReturned: return .returned
        case .statusChanged(let change):
            switch (change.from, change.to, change.cause) {
            // Said by what brought it about.
            case (_, _, .customerMessage), (_, _, .merge), (_, _, .undo), (_, _, .bounce):
                return nil
            case (_, .closed, _): return .closed(change.reason)
            case (.closed, _, _): return .reopened
            default: return nil
            }
        default: return nil
        }
    }

    /// The name of its event in the stream.
    public var word: String {
        switch kind {
        case .customerWrote, .called: "message_received"
        case .answered: "message_written"
        case .noted: "note_written"
        case .closed, .reopened: "ticket_status_changed"
        case .moved: "messages_moved"
        case .returned: "reply_returned"
        case .much: "many"
        }
    }

    public var message: MessageID? {
        switch kind {
        case .customerWrote(let message), .called(let message), .answered(let message, _),
            .noted(let message, _):
            message
        case .closed, .reopened, .moved, .returned, .much: nil
        }
    }

    public var sentence: String {
        switch kind {
        case .customerWrote: "the customer wrote"
        case .called: "the customer rang"
        case .answered(_, let agent): "\(agent.rawValue) answered"
        case .noted(_, let agent): "\(agent.rawValue) wrote a note"
        case .closed(let reason):
            "it was closed" + (reason.map { ", \($0.rawValue)" } ?? "")
                + (agent.map { " by \($0.rawValue)" } ?? "")
        case .reopened: "it was opened again" + (agent.map { " by \($0.rawValue)" } ?? "")
        case .moved: "messages came or went"
        case .returned: "an answer came back: the customer does not have it"
        case .much: "much happened"
        }
    }
}
