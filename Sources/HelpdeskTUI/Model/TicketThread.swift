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
    public private(set) var items: ThreadItems
    /// The words looked for in it; nil: none.
    public private(set) var find: String?
    /// The place found last.
    var found: Place?
    public var place = Place.end

    public init(_ detail: API.TicketDetail, events: [API.Event]) {
        var reading = Reading()
        for message in detail.messages { reading.add(message) }
        for event in events { reading.add(event, detail.handover) }
        self = reading.thread(detail.ticket)
    }

    /// A thread on its way here: pieces are made small as they come.
    public struct Reading {
        private var items = ThreadItems.Gathering()

        public init() {}

        public mutating func add(_ message: API.Message) { items.add(message) }

        public mutating func add(_ event: API.Event, _ handover: API.Handover?) {
            items.add(ThreadItem.withBrief(event, handover))
        }

        public func thread(_ ticket: API.Ticket) -> TicketThread {
            TicketThread(ticket, items.items)
        }
    }

    private init(_ ticket: API.Ticket, _ items: ThreadItems) {
        self.ticket = ticket
        self.items = items
    }

    public var number: TicketNumber { ticket.number }

    /// The same thread read again: window and folding stay.
    func reread(_ fresh: TicketThread) -> TicketThread {
        var thread = fresh
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
    var lastFromCustomer: API.Message? { items.lastMessage(.inbound) }
}

/// Threads that were looked at lately, so that going back to one shows it at once.
public struct ThreadShelf: Hashable, Sendable {
    static let limit = 32
    /// Of all threads together, the one put last not counted: the longest of them are not what memory is for.
    static let itemLimit = 5_000
    private var threads: [TicketThread] = []

    subscript(number: TicketNumber) -> TicketThread? { threads.first { $0.number == number } }

    mutating func put(_ thread: TicketThread) {
        threads.removeAll { $0.number == thread.number }
        threads.append(thread)
        while threads.count > 1, threads.count > ThreadShelf.limit || others > ThreadShelf.itemLimit
        {
            threads.removeFirst()
        }
    }

    private var others: Int { threads.dropLast().reduce(0) { $0 + $1.items.count } }

    mutating func remove(_ number: TicketNumber) {
        threads.removeAll { $0.number == number }
    }

    mutating func change(_ number: TicketNumber, _ change: (inout TicketThread) -> Void) {
        guard let place = threads.firstIndex(where: { $0.number == number }) else { return }
        change(&threads[place])
    }
}
