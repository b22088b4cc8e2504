public import HelpdeskAPI
public import HelpdeskCore

/// One ticket's thread as it is on the screen.
public struct TicketThread: Hashable, Sendable {
    /// Where the window stands.
    public enum Place: Hashable, Sendable {
        /// At the end, and it stays there when something comes.
        case end
        /// With this line of this item at the top.
        case top(ThreadItem.ID, line: Int)
    }

    public private(set) var ticket: API.Ticket
    public private(set) var messages: [API.Message]
    public private(set) var items: [ThreadItem]
    /// The words looked for in it; nil: none.
    public private(set) var find: String?
    /// The place found last.
    var found: Place?
    public var place = Place.end

    public init(_ detail: API.TicketDetail, events: [API.Event]) {
        ticket = detail.ticket
        messages = detail.messages
        items = ThreadItem.items(
            detail.messages, events.map { ThreadItem.withBrief($0, detail.handover) })
    }

    public var number: TicketNumber { ticket.number }

    /// The same thread read again: window and folding stay.
    func reread(_ detail: API.TicketDetail, events: [API.Event]) -> TicketThread {
        var thread = TicketThread(detail, events: events)
        thread.find = find
        thread.found = found
        thread.place = place
        return thread
    }

    mutating func look(for words: String) {
        find = words
        found = nil
    }

    mutating func stopFinding() {
        find = nil
        found = nil
    }

    mutating func update(_ ticket: API.Ticket) {
        if ticket.number == number, ticket.version >= self.ticket.version { self.ticket = ticket }
    }

    /// What the customer wrote last.
    var lastFromCustomer: API.Message? { messages.last { $0.direction == .inbound } }
}

/// Threads that were looked at lately, so that going back to one shows it at once.
public struct ThreadShelf: Hashable, Sendable {
    static let limit = 32
    private var threads: [TicketThread] = []

    subscript(number: TicketNumber) -> TicketThread? { threads.first { $0.number == number } }

    mutating func put(_ thread: TicketThread) {
        threads.removeAll { $0.number == thread.number }
        threads.append(thread)
        if threads.count > ThreadShelf.limit { threads.removeFirst() }
    }

    mutating func remove(_ number: TicketNumber) {
        threads.removeAll { $0.number == number }
    }

    mutating func change(_ number: TicketNumber, _ change: (inout TicketThread) -> Void) {
        guard let place = threads.firstIndex(where: { $0.number == number }) else { return }
        change(&threads[place])
    }
}
