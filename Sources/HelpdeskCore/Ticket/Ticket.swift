/// The state of one ticket, folded from its events. `decide` says what a command leads to, `applying` folds an
/// event; neither does anything else.
public struct Ticket: Hashable, Sendable {
    public var number: TicketNumber
    public var customer: CustomerID
    public var inbox: InboxID
    public var channel: ChannelKind
    public var team: TeamID
    public var status: TicketStatus
    public var priority: TicketPriority
    public var ticketClass: TicketClass
    public var origin: Origin
    public var assignee: AgentID?
    public var tags: [String]
    public var snoozedUntil: Instant?
    public var openedAt: Instant
    public var closedAt: Instant?
    public var closingReason: ClosingReason?
    /// A human reply was written; "answered" for the survey policy.
    public var answer: Answer
    public var callback: Callback
    /// Grows by one with every event but those that concern one agent alone: what `ETag` shows and `If-Match` compares.
    public var version: Int64
    /// The ticket that this one's messages are in; until that is undone, everything happens there.
    public var mergedInto: TicketNumber?

    public enum Answer: Hashable, Sendable {
        case unanswered
        case answered(first: Instant, last: Instant, by: AgentID)
    }

    public enum Callback: Hashable, Sendable {
        case none
        case due(Instant, calls: Int)
        case done
    }

    /// A ticket comes to be by its first event only.
    public init(_ opened: TicketOpened, number: TicketNumber, at: Instant) {
        self.number = number
        customer = opened.customer
        inbox = opened.inbox
        channel = opened.channel
        team = opened.team
        status = opened.status
        priority = opened.priority
        ticketClass = opened.ticketClass
        origin = opened.origin
        assignee = nil
        tags = []
        snoozedUntil = nil
        openedAt = at
        closedAt = opened.status == .closed ? at : nil
        closingReason = nil
        answer = .unanswered
        callback = .none
        version = 1
        mergedInto = nil
    }

    /// From the projection's row.
    public init(
        number: TicketNumber, customer: CustomerID, inbox: InboxID, channel: ChannelKind,
        team: TeamID, status: TicketStatus, priority: TicketPriority, ticketClass: TicketClass,
        origin: Origin, assignee: AgentID?, tags: [String], snoozedUntil: Instant?,
        openedAt: Instant, closedAt: Instant?, closingReason: ClosingReason?, answer: Answer,
        callback: Callback, version: Int64, mergedInto: TicketNumber? = nil
    ) {
        self.number = number
        self.customer = customer
        self.inbox = inbox
        self.channel = channel
        self.team = team
        self.status = status
        self.priority = priority
        self.ticketClass = ticketClass
        self.origin = origin
        self.assignee = assignee
        self.tags = tags
        self.snoozedUntil = snoozedUntil
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.closingReason = closingReason
        self.answer = answer
        self.callback = callback
        self.version = version
        self.mergedInto = mergedInto
    }

    /// Whether the router may give it to somebody: live, active, regular work.
    public var isRoutable: Bool {
        status.isActive && ticketClass == .regular && origin != .history
    }
}
