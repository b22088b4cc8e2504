public import HelpdeskCore

/// A notification that went to an agent.
public struct SentNotice: Hashable, Sendable {
    public let delivery: DeliveryID
    public let agent: AgentID
    public let ticket: TicketNumber
    public let at: Instant
    public let purpose: DeliveryPurpose
}

/// Whom a notification would go to.
public struct NoticeAddress: Hashable, Sendable {
    public let agent: AgentID
    public let email: String
    public let role: AgentRole
    public let timezone: String?
}

extension StoreReader {
    public func notice(_ delivery: DeliveryID) throws(StoreError) -> SentNotice? {
        try connection.first(
            """
            SELECT n.delivery, n.agent, n.ticket, n.at, o.purpose
            FROM notices n JOIN outbox o ON o.id = n.delivery WHERE n.delivery = $1
            """, [delivery]
        ) { row throws(StoreError) in
            SentNotice(
                delivery: try row.number(0), agent: try row.word(1), ticket: try row.number(2),
                at: try row.instant(3), purpose: try row.word(4))
        }
    }

    /// An active agent with an address of their own.
    public func noticeAddress(of agent: AgentID) throws(StoreError) -> NoticeAddress? {
        try connection.first(
            """
            SELECT login, email, role, timezone FROM agents
            WHERE login = $1 AND state = 'active' AND email IS NOT NULL
            """, [agent]
        ) { row throws(StoreError) in
            NoticeAddress(
                agent: try row.word(0), email: try row.text(1), role: try row.word(2),
                timezone: row.optionalText(3))
        }
    }

    /// The name of an agent's time zone; nil where none was given.
    public func timezone(of agent: AgentID) throws(StoreError) -> String? {
        try connection.first("SELECT timezone FROM agents WHERE login = $1", [agent]) {
            row throws(StoreError) in row.optionalText(0)
        } ?? nil
    }

    /// Whether an agent was told since a moment that a mail of theirs was not taken.
    public func wasTold(_ agent: AgentID, since: Instant) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM notices n JOIN outbox o ON o.id = n.delivery
            WHERE n.agent = $1 AND n.at >= $2 AND o.purpose = 'notice' LIMIT 1
            """, [agent, since])
    }

    public func noticesAreStopped(for agent: AgentID) throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM notice_stops WHERE agent = $1", [agent])
    }

    /// Agents whose own mail came back, in order, at most 1,000.
    public func stoppedNotices() throws(StoreError) -> [AgentID] {
        try connection.all("SELECT agent FROM notice_stops ORDER BY agent LIMIT 1000", []) {
            row throws(StoreError) in try row.word(0)
        }
    }
}
