public import HelpdeskCore

/// Where a message is, and from whose address it came.
public struct MessagePlace: Hashable, Sendable {
    public let ticket: TicketNumber
    public let identity: IdentityID?
}

extension StoreReader {
    public func place(of message: MessageID) throws(StoreError) -> MessagePlace? {
        try connection.first("SELECT ticket, identity FROM messages WHERE id = $1", [message]) {
            row throws(StoreError) in
            MessagePlace(ticket: try row.number(0), identity: row.optionalNumber(1))
        }
    }

    /// Whether a ticket holds anything a customer or agent wrote; notes do not count.
    public func hasMessages(_ ticket: TicketNumber) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM messages WHERE ticket = $1 AND direction <> 'note' LIMIT 1", [ticket])
    }

    public func isActive(_ agent: AgentID) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM agents WHERE login = $1 AND state = 'active'", [agent])
    }

    /// Whether a customer exists for this viewer: somebody known only from private tickets of others does not.
    public func customerExists(
        _ id: CustomerID, viewer: Viewer
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM customers c WHERE c.id = $1 AND (
              $2 = '' OR NOT EXISTS (SELECT 1 FROM tickets t WHERE t.customer = c.id)
              OR EXISTS (
                SELECT 1 FROM tickets t WHERE t.customer = c.id AND (t.hidden = 0 OR EXISTS
                  (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))))
            """, [id, viewer])
    }

    /// The private team that alone knows a customer; nil when a ticket of theirs is open to all, or there is none. Of several
    /// private teams the first by name.
    public func onlyPrivateTeam(of customer: CustomerID) throws(StoreError) -> TeamID? {
        try connection.first(
            """
            SELECT MIN(t.team) FROM tickets t WHERE t.customer = $1 HAVING MIN(t.hidden) = 1
            """, [customer]
        ) { row throws(StoreError) in row.optionalWord(0, as: TeamID.self) } ?? nil
    }

    /// Tickets whose wait or wrap-up is over, whose snooze ended, whose agent did nothing in time, at most `limit` each.
    public func ticketsDue(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [TicketNumber] {
        let waiting = try connection.all(
            """
            SELECT number FROM tickets WHERE waits_until IS NOT NULL AND waits_until <= $1
            ORDER BY waits_until LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        let snoozed = try connection.all(
            """
            SELECT number FROM tickets WHERE snoozed_until IS NOT NULL AND snoozed_until <= $1
            ORDER BY snoozed_until LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        let untouched = try connection.all(
            """
            SELECT number FROM tickets WHERE act_by IS NOT NULL AND act_by <= $1
            ORDER BY act_by LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.number(0, as: TicketNumber.self) }
        var seen: Set<TicketNumber> = []
        return (waiting + snoozed + untouched).filter { seen.insert($0).inserted }
    }
}

extension StoreReader {
    public func customerAttributes(_ id: CustomerID) throws(StoreError) -> [String: String] {
        let content =
            try connection.first(
                "SELECT attributes FROM customers WHERE id = $1", [id]
            ) { row throws(StoreError) in row.optionalNumber(0, as: ContentID.self) } ?? nil
        guard let content, let body = try self.content(content) else { return [:] }
        return try ContentSeal.decode([String: String].self, from: body)
    }
}
