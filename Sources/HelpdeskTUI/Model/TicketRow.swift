public import HelpdeskAPI
internal import HelpdeskCore

/// A ticket as a long list keeps it: what every ticket has stands in the row, what few have in a box beside it. A third
/// of an `API.Ticket`, and nothing is lost.
struct TicketRow: Hashable, Sendable {
    let number: TicketNumber
    private let version: Int64
    private let subject: String?
    private let customer: CustomerID
    private let customerName: String?
    private let team: TeamID
    private let assignee: AgentID?
    private let inbox: InboxID
    private let channels: [ChannelKind]
    private let createdAt: Instant
    private let updatedAt: Instant
    private let lastMessageAt: Instant?
    private let sla: [API.Ticket.SLAClock]
    /// Nil: as it is with most tickets.
    private let rare: Rare?
    private let lastDirection: MessageDirection?
    private let status: TicketStatus
    private let priority: TicketPriority
    private let isVIP: Bool

    /// - Parameter shared: texts and lists that many rows have alike.
    init(_ ticket: API.Ticket, _ shared: inout SharedWords) {
        number = ticket.number
        version = ticket.version
        subject = ticket.subject
        customer = ticket.customer.id
        customerName = ticket.customer.name
        team = TeamID(rawValue: shared.word(ticket.team.rawValue))
        assignee = ticket.assignee.map { AgentID(rawValue: shared.word($0.rawValue)) }
        inbox = InboxID(rawValue: shared.word(ticket.inbox.rawValue))
        channels = shared.channels(ticket.channels)
        createdAt = ticket.createdAt.instant
        updatedAt = ticket.updatedAt.instant
        lastMessageAt = ticket.lastMessageAt?.instant
        sla = ticket.sla
        rare = Rare(ticket)
        lastDirection = ticket.lastDirection
        status = ticket.status
        priority = ticket.priority
        isVIP = ticket.customer.vip
    }

    /// The whole ticket.
    var ticket: API.Ticket {
        var ticket = API.Ticket(
            number: number, subject: subject, status: status, priority: priority, team: team,
            assignee: assignee,
            customer: API.CustomerSummary(id: customer, name: customerName, vip: isVIP),
            spam: false, ticketClass: .regular, inbox: inbox, channels: channels, origin: .live,
            createdAt: Timestamp(createdAt), updatedAt: Timestamp(updatedAt),
            lastMessageAt: Timestamp(lastMessageAt), lastDirection: lastDirection, sla: sla,
            version: version)
        rare?.put(into: &ticket)
        return ticket
    }

    /// Immutable; shared by copies of its row.
    private final class Rare: Hashable, Sendable {
        private let tags: [String]
        private let spam: Bool
        private let ticketClass: TicketClass
        private let participants: [API.Ticket.Participant]
        private let related: [API.Ticket.RelatedTicket]
        private let origin: Origin
        private let closedAt: Timestamp?
        private let closingReason: ClosingReason?
        private let snoozedUntil: Timestamp?
        private let snoozeNote: String?
        private let watchers: [AgentID]
        private let callback: API.Ticket.Callback?
        private let promise: API.Ticket.ToldTime?
        private let score: Int?
        private let mergedInto: TicketNumber?

        /// Nil when there is nothing to keep.
        init?(_ ticket: API.Ticket) {
            tags = ticket.tags
            spam = ticket.spam
            ticketClass = ticket.ticketClass
            participants = ticket.participants
            related = ticket.related
            origin = ticket.origin
            closedAt = ticket.closedAt
            closingReason = ticket.closingReason
            snoozedUntil = ticket.snoozedUntil
            snoozeNote = ticket.snoozeNote
            watchers = ticket.watchers
            callback = ticket.callback
            promise = ticket.promise
            score = ticket.score
            mergedInto = ticket.mergedInto
            let isUsual =
                tags.isEmpty && !spam && ticketClass == .regular && participants.isEmpty
                && related.isEmpty && origin == .live && watchers.isEmpty && closedAt == nil
                && closingReason == nil && snoozedUntil == nil && snoozeNote == nil
                && callback == nil && promise == nil && score == nil && mergedInto == nil
            if isUsual { return nil }
        }

        func put(into ticket: inout API.Ticket) {
            ticket.tags = tags
            ticket.spam = spam
            ticket.ticketClass = ticketClass
            ticket.participants = participants
            ticket.related = related
            ticket.origin = origin
            ticket.closedAt = closedAt
            ticket.closingReason = closingReason
            ticket.snoozedUntil = snoozedUntil
            ticket.snoozeNote = snoozeNote
            ticket.watchers = watchers
            ticket.callback = callback
            ticket.promise = promise
            ticket.score = score
            ticket.mergedInto = mergedInto
        }

        private var ticket: API.Ticket {
            var ticket = API.Ticket(
                number: TicketNumber(rawValue: 0), status: .new, priority: .normal,
                team: TeamID(rawValue: ""),
                customer: API.CustomerSummary(id: CustomerID(rawValue: 0), vip: false),
                spam: false, ticketClass: .regular, inbox: InboxID(rawValue: ""), origin: .live,
                createdAt: Timestamp(Instant(milliseconds: 0)),
                updatedAt: Timestamp(Instant(milliseconds: 0)), version: 0)
            put(into: &ticket)
            return ticket
        }

        static func == (left: Rare, right: Rare) -> Bool {
            left === right || left.ticket == right.ticket
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(tags)
            hasher.combine(closedAt)
        }
    }
}

/// A list of tickets in rows. Reads like an array of tickets; numbers are had without unpacking.
public struct TicketRows: RandomAccessCollection, Hashable, Sendable {
    private var rows: [TicketRow] = []
    private var shared = SharedWords()

    init() {}

    public var startIndex: Int { 0 }
    public var endIndex: Int { rows.count }
    public subscript(index: Int) -> API.Ticket { rows[index].ticket }

    var numbers: LazyMapCollection<[TicketRow], TicketNumber> { rows.lazy.map(\.number) }

    func index(of number: TicketNumber) -> Int? { rows.firstIndex { $0.number == number } }

    mutating func append(_ ticket: API.Ticket) { rows.append(TicketRow(ticket, &shared)) }

    mutating func set(_ ticket: API.Ticket, at index: Int) {
        guard rows.indices.contains(index) else { return }
        rows[index] = TicketRow(ticket, &shared)
    }

    mutating func insert(_ ticket: API.Ticket, at index: Int) {
        rows.insert(TicketRow(ticket, &shared), at: Swift.min(Swift.max(index, 0), rows.count))
    }

    mutating func remove(at index: Int) {
        if rows.indices.contains(index) { rows.remove(at: index) }
    }

    /// Others at the beginning, and of what was there what lies behind as many and is not among them.
    mutating func replaceBeginning(with tickets: [API.Ticket], keepsRest: Bool) {
        let rest = keepsRest ? rows.dropFirst(tickets.count) : []
        let fresh = Set(tickets.map(\.number))
        var next = tickets.map { TicketRow($0, &shared) }
        next += rest.lazy.filter { !fresh.contains($0.number) }
        rows = next
    }
}

/// One copy of what many rows have alike: names of teams and agents, lists of channels. Texts of up to 15 bytes cost
/// nothing anyway.
struct SharedWords: Hashable, Sendable {
    private static let limit = 1_000
    private var words: [String: String] = [:]
    private var lists: [[ChannelKind]: [ChannelKind]] = [:]

    mutating func word(_ word: String) -> String {
        guard word.utf8.count > 15 else { return word }
        if let known = words[word] { return known }
        if words.count < SharedWords.limit { words[word] = word }
        return word
    }

    mutating func channels(_ list: [ChannelKind]) -> [ChannelKind] {
        if let known = lists[list] { return known }
        if lists.count < SharedWords.limit { lists[list] = list }
        return list
    }
}
