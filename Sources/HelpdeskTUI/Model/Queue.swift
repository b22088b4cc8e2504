internal import HelpdeskAPI
public import HelpdeskCore

/// Which tickets the queue shows.
public struct QueueRequest: Hashable, Sendable {
    /// The name of a view; nil: all active tickets.
    public var view: String?
    /// Words to search for within it.
    public var words: String?
    /// Nil: from the first.
    public var cursor: String?
    public var limit: Int

    public init(view: String?, words: String? = nil, cursor: String? = nil, limit: Int = 100) {
        self.view = view
        self.words = words
        self.cursor = cursor
        self.limit = limit
    }
}

/// The list of tickets, its cursor and its window.
///
/// The cursor stands on a ticket, not on a row: whatever the daemon sends, it stays there. A ticket that has left the
/// view stays as a ghost until the cursor moves on.
public struct Queue: Hashable, Sendable {
    public private(set) var tickets = TicketRows()
    public private(set) var selected: TicketNumber?
    /// The first row shown.
    public private(set) var top = 0
    /// A row that is only still there because the cursor is on it.
    public private(set) var ghost: TicketNumber?
    /// Tickets that came in above the window since it was last at the top.
    public private(set) var newAbove = 0
    public var nextCursor: String?
    public var view: String?
    public var words: String?
    public var isLoaded = false
    /// More is on its way.
    var isLoadingMore = false
    /// Tickets marked to do something with all of them.
    public private(set) var marks: Set<TicketNumber> = []

    /// What one page asks for, and the most that a reload does.
    static let pageLimit = 100
    static let reloadLimit = 500

    var selectedIndex: Int? { selected.flatMap { number in index(of: number) } }
    var selectedTicket: API.Ticket? { selectedIndex.map { tickets[$0] } }

    func index(of number: TicketNumber) -> Int? { tickets.index(of: number) }

    /// The marked tickets in the order of the list.
    var markedTickets: [TicketNumber] { tickets.numbers.filter(marks.contains) }

    mutating func toggleMark() {
        guard let selected else { return }
        if marks.remove(selected) == nil { marks.insert(selected) }
    }

    /// Marks all that are loaded; none, when all are.
    mutating func toggleAllMarks() {
        let all = Set(tickets.numbers)
        marks = marks == all ? [] : all
    }

    mutating func unmark() { marks = [] }

    /// A reload brings at least as much as is there.
    var reload: QueueRequest {
        QueueRequest(
            view: view, words: words,
            limit: min(max(tickets.count, Queue.pageLimit), Queue.reloadLimit))
    }

    /// Another view or search: everything is forgotten.
    mutating func show(view: String?, words: String?) {
        self = Queue()
        self.view = view
        self.words = words
    }

    /// Takes over a reloaded list. The selected ticket stays where it is on the screen.
    mutating func replace(with page: API.Page<API.Ticket>) {
        let known = Set(tickets.numbers)
        let topNumber = number(at: top)
        let rowOnScreen = selectedIndex.map { $0 - top } ?? 0
        let old = selectedIndex.map { ($0, tickets[$0]) }
        // What a reload did not reach stays as it was read before.
        let keepsRest = page.nextCursor != nil && tickets.count > page.items.count
        tickets.replaceBeginning(with: page.items, keepsRest: keepsRest)
        if tickets.count == page.items.count { nextCursor = page.nextCursor }
        isLoadingMore = false
        ghost = nil
        if let (place, ticket) = old, index(of: ticket.number) == nil {
            tickets.insert(ticket, at: place)
            ghost = ticket.number
        }
        marks.formIntersection(tickets.numbers)
        if selected == nil || selectedIndex == nil { selected = number(at: 0) }
        top = max((selectedIndex ?? 0) - rowOnScreen, 0)
        if isLoaded { countNew(beyond: known, above: topNumber) }
        isLoaded = true
    }

    private func number(at index: Int) -> TicketNumber? {
        let numbers = tickets.numbers
        return tickets.indices.contains(index) ? numbers[index] : nil
    }

    private mutating func countNew(beyond known: Set<TicketNumber>, above number: TicketNumber?) {
        let above = tickets.numbers.prefix(top).count { !known.contains($0) }
        newAbove = top == 0 ? 0 : newAbove + above
    }

    /// Adds the next page.
    mutating func append(_ page: API.Page<API.Ticket>) {
        let known = Set(tickets.numbers)
        for ticket in page.items where !known.contains(ticket.number) { tickets.append(ticket) }
        nextCursor = page.nextCursor
        isLoadingMore = false
    }

    /// Shows a ticket as it is now, where it is in the list.
    mutating func update(_ ticket: API.Ticket) {
        if let place = index(of: ticket.number) { tickets.set(ticket, at: place) }
    }

    /// Moves the cursor, `height` rows being in sight.
    mutating func move(to index: Int, height: Int) {
        guard !tickets.isEmpty else { return }
        var target = min(max(index, 0), tickets.count - 1)
        if let ghost, let place = self.index(of: ghost), place != target {
            tickets.remove(at: place)
            if place < target { target -= 1 }
            self.ghost = nil
        }
        guard !tickets.isEmpty else {
            selected = nil
            return
        }
        target = min(target, tickets.count - 1)
        selected = number(at: target)
        keepInSight(height: height)
    }

    /// Moves the window so that the cursor is in it.
    mutating func keepInSight(height: Int) {
        let place = selectedIndex ?? 0
        let height = max(height, 1)
        top = min(max(top, place - height + 1), place)
        top = max(min(top, tickets.count - height), 0)
        if top == 0 { newAbove = 0 }
    }

    /// Whether the end of what is loaded comes near.
    var wantsMore: Bool {
        nextCursor != nil && !isLoadingMore && (selectedIndex ?? 0) + 30 >= tickets.count
    }
}
