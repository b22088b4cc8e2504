public import HelpdeskCore

/// The time that a customer was told last.
public struct OpenPromise: Hashable, Sendable {
    public let until: Instant
    /// How often a new time was told before it.
    public let revisions: Int
    public let reviseAt: Instant?
}

/// What a customer was told last, and what came of it.
public struct ToldTime: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case open, kept, broken }

    public let until: Instant
    public let state: State
    public let revisions: Int
}

extension StoreReader {
    public func slaClocks(of ticket: TicketNumber) throws(StoreError) -> SLAClocks {
        SLAClocks(
            try connection.all(
                "SELECT \(SLAClock.columns) FROM sla_clocks WHERE ticket = $1", [ticket]
            ) { row throws(StoreError) in try SLAClock(row: row, from: 0) })
    }

    /// The earliest deadline that runs, for the router; nil when nothing is promised.
    public func slaDeadline(of ticket: TicketNumber) throws(StoreError) -> Instant? {
        try connection.first(
            "SELECT MIN(due) FROM sla_clocks WHERE ticket = $1 AND breached_at IS NULL", [ticket]
        ) { row throws(StoreError) in row.optionalInstant(0) } ?? nil
    }

    /// Tickets with a warning, a breach or a told time that has come, each once, at most `limit` of each kind.
    public func promisesDue(at now: Instant, limit: Int) throws(StoreError) -> [TicketNumber] {
        let clocks = try connection.all(
            """
            SELECT ticket FROM sla_clocks WHERE next_at IS NOT NULL AND next_at <= $1
            ORDER BY next_at LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        let told = try connection.all(
            """
            SELECT ticket FROM promises WHERE state = 'open' AND until < $1
            ORDER BY until LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        let later = try connection.all(
            """
            SELECT ticket FROM promises
            WHERE state = 'open' AND revise_at IS NOT NULL AND revise_at <= $1
            ORDER BY revise_at LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        var seen: Set<TicketNumber> = []
        return (clocks + told + later).filter { seen.insert($0).inserted }
    }

    public func openPromise(of ticket: TicketNumber) throws(StoreError) -> OpenPromise? {
        try connection.first(
            """
            SELECT until, revisions, revise_at FROM promises WHERE ticket = $1 AND state = 'open'
            """, [ticket]
        ) { row throws(StoreError) in
            OpenPromise(
                until: try row.instant(0), revisions: Int(try row.integer(1)),
                reviseAt: row.optionalInstant(2))
        }
    }

    public func toldTime(of ticket: TicketNumber) throws(StoreError) -> ToldTime? {
        try connection.first(
            "SELECT until, state, revisions FROM promises WHERE ticket = $1", [ticket]
        ) { row throws(StoreError) in
            ToldTime(
                until: try row.instant(0), state: try row.word(1),
                revisions: Int(try row.integer(2)))
        }
    }

    /// Whether an answer of ours waits to go out, or may be on its way.
    public func isAnswering(_ ticket: TicketNumber) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM outbox
            WHERE ticket = $1 AND state IN ('queued', 'sending', 'retrying', 'uncertain')
              AND purpose = 'reply' LIMIT 1
            """, [ticket])
    }

    /// When a delivery of this ticket went out: the moment at which its answer was counted. Nil when it never did.
    public func sentAt(
        _ delivery: DeliveryID, of ticket: TicketNumber
    ) throws(StoreError) -> Instant? {
        let stored = try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events WHERE ticket = $1 AND type = 'delivery_settled'
            ORDER BY position DESC LIMIT 500
            """, [ticket], Self.storedEvent)
        for event in stored {
            if case .delivery(.settled(let settled)) = try event.recorded()?.event,
                settled.delivery == delivery, settled.state == .sent
            {
                return event.at
            }
        }
        return nil
    }
}
