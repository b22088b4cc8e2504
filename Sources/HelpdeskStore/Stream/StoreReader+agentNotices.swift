internal import FoundationEssentials
public import HelpdeskCore

/// Something an agent was told.
public struct NoticeEntry: Hashable, Sendable {
    /// Stands for what is no kind of its own: several of them in one.
    static let digest = "digest"

    public let position: Position
    public let ticket: TicketNumber?
    /// Nil for a digest.
    public let kind: NoticeKind?
    public let at: Instant

    static func word(_ went: NoticeCircumstances.Earlier.Went) -> String {
        switch went {
        case .out: "out"
        case .held: "held"
        case .onlyToScreen: "screen"
        }
    }

    static func went(_ word: String) -> NoticeCircumstances.Earlier.Went {
        switch word {
        case "out": .out
        case "held": .held
        default: .onlyToScreen
        }
    }
}

extension StoreReader {
    /// What an agent was told since a moment, oldest first, at most a thousand.
    public func noticesTold(
        _ agent: AgentID, since: Instant
    ) throws(StoreError) -> [NoticeCircumstances.Earlier] {
        try connection.all(
            """
            SELECT ticket, kind, at, went FROM agent_notices WHERE agent = $1 AND at >= $2
            ORDER BY at LIMIT 1000
            """, [agent, since]
        ) { row throws(StoreError) in
            NoticeCircumstances.Earlier(
                ticket: row.optionalNumber(0), kind: NoticeKind(rawValue: try row.text(1)),
                at: try row.instant(2), went: NoticeEntry.went(try row.text(3)))
        }
    }

    /// When what waits for an agent goes; nil when nothing waits.
    public func noticesHeld(for agent: AgentID) throws(StoreError) -> Instant? {
        try connection.first(
            "SELECT MAX(held_until) FROM agent_notices WHERE agent = $1 AND held_until IS NOT NULL",
            [agent]
        ) { row throws(StoreError) in row.optionalInstant(0) } ?? nil
    }

    /// Agents whose digest is due, in order, at most `limit`.
    public func digestsDue(at now: Instant, limit: Int) throws(StoreError) -> [AgentID] {
        try connection.all(
            """
            SELECT agent FROM agent_notices WHERE held_until IS NOT NULL
            GROUP BY agent HAVING MAX(held_until) <= $1 ORDER BY agent LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in try row.word(0) }
    }

    /// What waits for an agent, oldest first, at most a thousand; the rest goes uncounted.
    public func heldNotices(for agent: AgentID) throws(StoreError) -> [NoticeDigest.Line] {
        var lines: [NoticeDigest.Line] = []
        try connection.rows(
            """
            SELECT n.ticket, n.kind, e.customer FROM agent_notices n
            JOIN events e ON e.position = n.position
            WHERE n.agent = $1 AND n.held_until IS NOT NULL
            ORDER BY n.position LIMIT 1000
            """, [agent]
        ) { row throws(StoreError) in
            let ticket = row.optionalNumber(0, as: TicketNumber.self)
            let customer = row.optionalNumber(2, as: CustomerID.self)
            let about: NoticeText.Subject? =
                ticket.map { .ticket($0) } ?? customer.map { .customer($0) }
            if let about {
                lines.append(NoticeDigest.Line(about: about, kind: try row.word(1)))
            }
            return .next
        }
        return lines
    }

    /// What an agent was told, newest first.
    public func notices(
        of agent: AgentID, before position: Position?, limit: Int
    ) throws(StoreError) -> Page<NoticeEntry, Position> {
        let limit = PageLimit.bounded(limit)
        let entries = try connection.all(
            """
            SELECT position, ticket, kind, at FROM agent_notices
            WHERE agent = $1 AND position < $2 ORDER BY position DESC LIMIT $3
            """, [agent, position ?? Position(rawValue: .max), limit + 1]
        ) { row throws(StoreError) in
            NoticeEntry(
                position: try row.number(0), ticket: row.optionalNumber(1),
                kind: NoticeKind(rawValue: try row.text(2)), at: try row.instant(3))
        }
        return Page(oneMore: entries, limit: limit) { $0.position }
    }

    /// What an agent chose; untouched where they chose nothing.
    public func noticeSettings(of agent: AgentID) throws(StoreError) -> NoticeSettings {
        let found = try connection.first(
            "SELECT ways, quiet FROM agent_notice_settings WHERE agent = $1", [agent]
        ) { row throws(StoreError) in (ways: try row.text(0), quiet: row.optionalText(1)) }
        guard let found else { return .untouched }
        var settings = NoticeSettings()
        do {
            settings.ways = try JSONDecoder().decode(
                [NoticeKind: Set<NoticeWay>].self, from: Data(found.ways.utf8))
        } catch {
            throw .damaged("agent_notice_settings of \(agent.rawValue): \(error)")
        }
        settings.quiet = found.quiet.flatMap {
            try? QuietHours($0.split(separator: ",").map(String.init))
        }
        return settings
    }
}

extension StoreTransaction {
    public func keep(
        _ settings: NoticeSettings, of agent: AgentID
    ) throws(StoreError) {
        let ways = settings.ways.mapValues { $0.sorted() }
        let text: String
        do { text = try JSONText.text(of: ways) } catch {
            throw .statement(code: 0, message: "cannot encode notice settings: \(error)")
        }
        try execute(
            """
            INSERT INTO agent_notice_settings (agent, ways, quiet) VALUES ($1, $2, $3)
            ON CONFLICT (agent) DO UPDATE SET ways = excluded.ways, quiet = excluded.quiet
            """, [agent, text, settings.quiet.map { $0.texts.joined(separator: ",") }])
    }
}
