public import HelpdeskCore

/// What an agent wants to be told of a ticket at a time.
public struct ReminderEntry: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case waiting, due }

    public let agent: AgentID
    public let ticket: TicketNumber
    public let at: Instant
    public let note: String?
    public let subject: String?
    public let state: State
}

/// Where a page of reminders ended.
public struct ReminderPlace: Hashable, Sendable {
    public let at: Instant
    public let ticket: TicketNumber

    public init(at: Instant, ticket: TicketNumber) {
        self.at = at
        self.ticket = ticket
    }
}

extension StoreReader {
    /// Who asked to hear of a ticket, in alphabetical order.
    public func watchers(of ticket: TicketNumber) throws(StoreError) -> [AgentID] {
        try connection.all(
            "SELECT agent FROM watchers WHERE ticket = $1 ORDER BY agent LIMIT 500", [ticket]
        ) { row throws(StoreError) in try row.word(0) }
    }

    public func isWatching(_ agent: AgentID, _ ticket: TicketNumber) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM watchers WHERE ticket = $1 AND agent = $2", [ticket, agent])
    }

    /// One agent's, earliest first, of tickets that they may see now.
    public func reminders(
        of agent: AgentID, after place: ReminderPlace? = nil, limit: Int = PageLimit.usual
    ) throws(StoreError) -> Page<ReminderEntry, ReminderPlace> {
        let limit = PageLimit.bounded(limit)
        let rows = try connection.all(
            """
            SELECT r.agent, r.ticket, r.at, n.body, s.body, r.state
            FROM reminders r JOIN tickets t ON t.number = r.ticket
            LEFT JOIN contents n ON n.id = r.note LEFT JOIN contents s ON s.id = t.subject
            WHERE r.agent = $1 AND (r.at, r.ticket) > ($2, $3)
              AND (t.hidden = 0 OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $1 AND a.team = t.team))
            ORDER BY r.at, r.ticket LIMIT $4
            """,
            [
                agent, place?.at ?? .distantPast, place?.ticket ?? TicketNumber(rawValue: 0),
                limit + 1,
            ], Self.reminder)
        return Page(oneMore: rows, limit: limit) { ReminderPlace(at: $0.at, ticket: $0.ticket) }
    }

    public func reminder(
        of agent: AgentID, for ticket: TicketNumber
    ) throws(StoreError) -> ReminderEntry? {
        try connection.first(
            """
            SELECT r.agent, r.ticket, r.at, n.body, s.body, r.state
            FROM reminders r JOIN tickets t ON t.number = r.ticket
            LEFT JOIN contents n ON n.id = r.note LEFT JOIN contents s ON s.id = t.subject
            WHERE r.agent = $1 AND r.ticket = $2
            """, [agent, ticket], Self.reminder)
    }

    /// Reminders whose time has come, of everybody.
    public func remindersDue(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [(ticket: TicketNumber, agent: AgentID)] {
        try connection.all(
            """
            SELECT ticket, agent FROM reminders WHERE state = 'waiting' AND at <= $1
            ORDER BY at LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in (try row.number(0), try row.word(1)) }
    }

    private static func reminder(_ row: borrowing SQLRow) throws(StoreError) -> ReminderEntry {
        ReminderEntry(
            agent: try row.word(0), ticket: try row.number(1), at: try row.instant(2),
            note: row.optionalText(3), subject: row.optionalText(4),
            state: row.optionalWord(5) ?? .waiting)
    }

    /// What happened to a ticket since it had a version, oldest first; nil when that is longer ago than is looked at.
    public func changes(
        of ticket: TicketNumber, since version: Int64, now current: Int64, atMost limit: Int
    ) throws(StoreError) -> [RecordedEvent]? {
        let count = current.subtractingReportingOverflow(version)
        guard !count.overflow, (1...Int64(limit)).contains(count.partialValue) else { return nil }
        var missing = count.partialValue
        var changes: [RecordedEvent] = []
        var before = Position(rawValue: .max)
        // Events that leave the version alone (deliveries, clocks) stand between; their number is bounded too.
        for _ in 0..<20 where missing > 0 {
            let page = try connection.all(
                """
                SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
                  cause, data, past
                FROM events WHERE ticket = $1 AND position < $2 ORDER BY position DESC LIMIT $3
                """, [ticket, before, limit], Self.storedEvent)
            for stored in page where missing > 0 {
                guard let recorded = try stored.recorded() else { continue }
                switch recorded.event {
                case .ticket(let event) where !event.isPersonal: changes.append(recorded)
                // A score is shown on the ticket: it counts as a change of it.
                case .survey(.answered): break
                default: continue
                }
                missing -= 1
            }
            guard let last = page.last else { break }
            before = last.position
        }
        return missing == 0 ? changes.reversed() : nil
    }
}
