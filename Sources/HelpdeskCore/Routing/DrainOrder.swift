/// A ticket in a team's queue.
public struct WaitingTicket: Hashable, Sendable {
    public var ticket: TicketNumber
    public var priority: TicketPriority
    public var standing: CustomerUpdated.Standing
    /// The earliest deadline of its SLA clocks.
    public var deadline: Instant?
    /// When it was opened, or reopened.
    public var since: Instant

    public init(
        ticket: TicketNumber, priority: TicketPriority,
        standing: CustomerUpdated.Standing = .regular,
        deadline: Instant?, since: Instant
    ) {
        self.ticket = ticket
        self.priority = priority
        self.standing = standing
        self.deadline = deadline
        self.since = since
    }
}

/// The order in which a queue is drained when capacity, presence or a shift changes: priority, then the earliest
/// deadline (none comes last), then age, then number.
public func drainOrder(_ waiting: [WaitingTicket], policy: RoutingPolicy) -> [WaitingTicket] {
    let keyed = waiting.map {
        (ticket: $0, rank: policy.effectivePriority($0.priority, standing: $0.standing).rank)
    }
    return keyed.sorted { left, right in
        if left.rank != right.rank { return left.rank > right.rank }
        let leftDeadline = left.ticket.deadline ?? .distantFuture
        let rightDeadline = right.ticket.deadline ?? .distantFuture
        if leftDeadline != rightDeadline { return leftDeadline < rightDeadline }
        if left.ticket.since != right.ticket.since { return left.ticket.since < right.ticket.since }
        return left.ticket.ticket < right.ticket.ticket
    }.map(\.ticket)
}
