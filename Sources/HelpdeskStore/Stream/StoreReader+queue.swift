public import HelpdeskCore

/// A place in a team's queue, between two of its pages.
public struct QueuePlace: Hashable, Sendable {
    let priority: TicketPriority
    let ticket: TicketNumber

    public init(_ waiting: WaitingTicket) {
        priority = waiting.priority
        ticket = waiting.ticket
    }
}

extension StoreReader {
    /// Tickets of a team that wait for somebody, by priority and number, at most `limit` of those behind a place.
    public func queuedTickets(
        of team: TeamID, after place: QueuePlace? = nil, limit: Int
    ) throws(StoreError) -> [WaitingTicket] {
        let rank = place?.priority.rank ?? Int(Int32.max)
        return try connection.all(
            """
            SELECT t.number, t.priority, r.standing, t.opened_at,
              (SELECT MIN(s.due) FROM sla_clocks s
               WHERE s.ticket = t.number AND s.breached_at IS NULL)
            FROM tickets t LEFT JOIN customers c ON c.id = t.customer
            LEFT JOIN customers r ON r.id = c.root
            WHERE t.team = $1 AND t.queued = 1 AND t.priority <= $2
              AND (t.priority < $2 OR t.number > $3)
            ORDER BY t.priority DESC, t.number LIMIT $4
            """, [team, rank, place?.ticket ?? TicketNumber(rawValue: 0), limit]
        ) { row throws(StoreError) in
            WaitingTicket(
                ticket: try row.number(0),
                priority: try TicketRow.priority(rank: try row.integer(1)),
                standing: row.optionalWord(2) ?? .regular, deadline: row.optionalInstant(4),
                since: try row.instant(3))
        }
    }
}

/// What the stream says of a ticket that is in nobody's hands.
public struct WaitingPast: Hashable, Sendable {
    /// The first decision of this wait.
    public var since: Instant?
    /// Whom the last decision waits for.
    public var awaited: AgentID?
    /// Who gave it back, or had it taken from them: last by a person, and each time that time ran out.
    public var exclusions: [PastExclusion] = []

    public init() {}
}

extension StoreReader {
    /// Reads back to where the ticket was last opened; at most 100 events. Whoever a person took it from counts only where that
    /// began this wait; who let it time out counts as long as the policy remembers.
    public func waitingPast(of ticket: TicketNumber) throws(StoreError) -> WaitingPast {
        var past = WaitingPast()
        var isLatest = true
        var isThisWait = true
        try connection.rows(
            """
            SELECT type, at, actor_kind, actor_id, data FROM events
            WHERE ticket = $1 AND type IN ('ticket_queued', 'ticket_assigned',
              'ticket_unassigned', 'ticket_transferred', 'ticket_status_changed')
            ORDER BY position DESC LIMIT 100
            """, [ticket]
        ) { row throws(StoreError) in
            switch try EventCodec.decode(type: try row.text(0), data: try row.text(4)) {
            case .ticket(.queued(let queued)):
                guard isThisWait else { return .next }
                past.since = try row.instant(1)
                if isLatest, case .waiting(let agent, _) = queued.decision.outcome {
                    past.awaited = agent
                }
                isLatest = false
                return .next
            case .ticket(.unassigned(let change)):
                let why: RoutingExclusion? =
                    switch change.reason {
                    case .timeout: .timedOut
                    case .agent where isThisWait:
                        row.optionalText(3) == change.previous.rawValue ? .gaveBack : .byHand
                    case .agent, .transfer, .spam, .unavailable: nil
                    }
                if let why {
                    past.exclusions.append(
                        PastExclusion(agent: change.previous, why: why, at: try row.instant(1)))
                }
                isThisWait = false
                return .next
            case .ticket(.statusChanged(let change)) where change.from == .closed:
                return .stop
            case .ticket(.statusChanged(let change)) where change.to != .closed:
                // What waits may be new, open or pending: it waits all the same.
                return .next
            default:
                isThisWait = false
                return .next
            }
        }
        return past
    }

    /// What the customer first said in a ticket, and from where; nil when nobody did, without text where it was erased.
    public func firstWords(
        of ticket: TicketNumber
    ) throws(StoreError) -> (text: String?, sender: IdentityAddress?)? {
        let first = try connection.first(
            """
            SELECT m.content, i.kind, i.value FROM messages m
            LEFT JOIN identities i ON i.id = m.identity
            WHERE m.ticket = $1 AND m.direction = 'in' AND m.author_kind = 'customer'
            ORDER BY m.id LIMIT 1
            """, [ticket]
        ) { row throws(StoreError) in
            (
                content: try row.number(0, as: ContentID.self), kind: row.optionalText(1),
                value: row.optionalText(2)
            )
        }
        guard let first else { return nil }
        var sender: IdentityAddress?
        if let kind = first.kind, let value = first.value {
            sender = IdentityAddress(kind: kind, value: value)
        }
        return (try messageContent(first.content)?.text, sender)
    }
}
