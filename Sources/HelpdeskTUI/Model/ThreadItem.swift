public import HelpdeskAPI
public import HelpdeskCore

/// One thing in a ticket's thread: what was said, or what happened.
public enum ThreadItem: Hashable, Sendable {
    case message(API.Message)
    case event(Happening)

    /// What happened, in a few words: of an event that is all that is shown.
    public struct Happening: Hashable, Sendable {
        public let position: Position
        public let at: Instant
        public let sentence: String
        /// What an agent said to it: the brief of a handing over.
        public let words: String?
    }

    /// What a place in the thread holds on to when the thread is read again.
    public enum ID: Hashable, Sendable {
        case message(MessageID)
        case event(Position)
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
}

/// A thread in rows: everything in the order in which it happened. Reads like an array of items; ids, times and kinds
/// are had without unpacking.
public struct ThreadItems: RandomAccessCollection, Hashable, Sendable {
    private enum Row: Hashable, Sendable {
        case message(MessageRow)
        case event(ThreadItem.Happening)

        var at: Instant {
            switch self {
            case .message(let row): row.receivedAt
            case .event(let event): event.at
            }
        }
    }

    private var rows: [Row] = []

    public var startIndex: Int { 0 }
    public var endIndex: Int { rows.count }

    public subscript(index: Int) -> ThreadItem {
        switch rows[index] {
        case .message(let row): .message(row.message)
        case .event(let event): .event(event)
        }
    }

    func id(at index: Int) -> ThreadItem.ID {
        switch rows[index] {
        case .message(let row): .message(row.id)
        case .event(let event): .event(event.position)
        }
    }

    func time(at index: Int) -> Instant { rows[index].at }

    func isEvent(at index: Int) -> Bool {
        if case .event = rows[index] { true } else { false }
    }

    func index(of id: ThreadItem.ID) -> Int? {
        rows.firstIndex { row in
            switch (row, id) {
            case (.message(let message), .message(let wanted)): message.id == wanted
            case (.event(let event), .event(let wanted)): event.position == wanted
            default: false
            }
        }
    }

    /// The newest message, or the newest of one direction.
    func lastMessage(_ direction: MessageDirection? = nil) -> API.Message? {
        for row in rows.reversed() {
            if case .message(let message) = row, direction ?? message.direction == message.direction
            {
                return message.message
            }
        }
        return nil
    }

    /// One after the other, unpacked as they are asked for.
    var messages: some BidirectionalCollection<API.Message> {
        rows.lazy.compactMap { row -> API.Message? in
            if case .message(let message) = row { message.message } else { nil }
        }
    }

    /// What messages bring along, without unpacking those that bring nothing.
    var attachments: [API.Attachment] {
        rows.flatMap { row -> [API.Attachment] in
            if case .message(let message) = row { message.attachments } else { [] }
        }
    }

    /// Takes what is read, piece by piece, and puts it in order.
    struct Gathering {
        private var messages: [Row] = []
        private var events: [Row] = []
        private var shared = SharedWords()

        mutating func add(_ message: API.Message) {
            messages.append(.message(MessageRow(message, &shared)))
        }

        /// Events that a message shows already are left out.
        mutating func add(_ event: API.Event) {
            guard EventSentence.isShown(event) else { return }
            events.append(
                .event(
                    ThreadItem.Happening(
                        position: event.position, at: event.at.instant,
                        sentence: EventSentence.of(event),
                        words: event.data[ThreadItem.briefWords]?.text)))
        }

        /// At one moment messages stand before events, and each in their order.
        var items: ThreadItems {
            var items = ThreadItems()
            items.rows.reserveCapacity(messages.count + events.count)
            // Mostly they are in order already.
            let said = sorted(messages)
            let happened = sorted(events)
            var next = 0
            for message in said {
                while next < happened.count, happened[next].at < message.at {
                    items.rows.append(happened[next])
                    next += 1
                }
                items.rows.append(message)
            }
            items.rows += happened[next...]
            return items
        }

        private func sorted(_ rows: [Row]) -> [Row] {
            let isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.at <= $1.at }
            if isSorted { return rows }
            return rows.enumerated().sorted {
                ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
            }
            .map(\.element)
        }
    }
}
