public import HelpdeskAPI
public import HelpdeskCore

/// One thing in a ticket's thread: what was said, or what happened.
public enum ThreadItem: Hashable, Sendable {
    case message(API.Message)
    case event(API.Event)

    /// What a place in the thread holds on to when the thread is read again.
    public enum ID: Hashable, Sendable {
        case message(MessageID)
        case event(Position)
    }

    var id: ID {
        switch self {
        case .message(let message): .message(message.id)
        case .event(let event): .event(event.position)
        }
    }

    var at: Instant {
        switch self {
        case .message(let message): message.receivedAt.instant
        case .event(let event): event.at.instant
        }
    }

    /// Where an event carries the words of a brief, which the stream itself has only a reference to.
    static let briefWords = "brief_words"

    /// The last handing over with what the next team should know.
    static func withBrief(_ event: API.Event, _ handover: API.Handover?) -> API.Event {
        guard let handover, handover.position == event.position, let brief = handover.brief,
            case .object(let members) = event.data
        else { return event }
        var told = event
        told.data = .object(members + [JSONMember(briefWords, .string(brief))])
        return told
    }

    /// Everything in the order in which it happened; events that a message shows already are left out.
    static func items(_ messages: [API.Message], _ events: [API.Event]) -> [ThreadItem] {
        let shown = events.filter { EventSentence.isShown($0) }
        let all = messages.map(ThreadItem.message) + shown.map(ThreadItem.event)
        return all.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}
