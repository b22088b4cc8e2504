public import HelpdeskCore

/// How often something was counted under a name.
public struct NamedCount: Hashable, Sendable {
    public let name: String
    public let count: Int
}

/// Ended promises of one policy and target.
public struct PromiseFigures: Hashable, Sendable {
    public let policy: String
    public let target: String
    public let met: Int
    public let missed: Int
}

/// What is open now, by age.
public struct BacklogFigures: Hashable, Sendable {
    /// The upper end of each step of age but the last, which has none.
    public static let steps: [TimeSpan] = [.hours(4), .days(1), .days(3), .days(7), .days(30)]

    public let status: TicketStatus
    /// One for each step and one beyond.
    public let counts: [Int]
}

extension StoreReader {
    static let channelQuery = """
        SELECT f.channel, COUNT(*) FROM ticket_figures f
        WHERE f.counted = 1 AND f.opened_at >= $1 AND f.opened_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        GROUP BY f.channel ORDER BY 2 DESC, 1
        """

    /// Opened tickets by the channel of their first message.
    public func channelMix(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [NamedCount] {
        try connection.all(Self.channelQuery, filter.parameters(viewer), Self.named)
    }

    static let topicQuery = """
        SELECT g.tag, COUNT(*) FROM ticket_figures f JOIN ticket_tags g ON g.ticket = f.ticket
        WHERE f.counted = 1 AND f.opened_at >= $1 AND f.opened_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        GROUP BY g.tag ORDER BY 2 DESC, 1 LIMIT 100
        """

    /// Opened tickets by topic, the 100 most frequent.
    public func topics(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [NamedCount] {
        try connection.all(Self.topicQuery, filter.parameters(viewer), Self.named)
    }

    /// Quarters of an hour, which every time zone's hours are made of.
    public static let quarter = TimeSpan.minutes(15)

    static let hoursQuery = """
        SELECT f.opened_at / 900000, COUNT(*) FROM ticket_figures f
        WHERE f.counted = 1 AND f.opened_at >= $1 AND f.opened_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        GROUP BY 1 ORDER BY 1
        """

    /// Opened tickets by quarter of an hour since 1970.
    public func openedByQuarter(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [(start: Instant, count: Int)] {
        try connection.all(Self.hoursQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            (
                Instant(milliseconds: try row.integer(0) * Self.quarter.milliseconds),
                Int(clamping: try row.integer(1))
            )
        }
    }

    static let endedClocksQuery = """
        SELECT c.policy, c.target,
          SUM(CASE WHEN c.phase = 'met' THEN 1 ELSE 0 END),
          SUM(CASE WHEN c.phase = 'missed' THEN 1 ELSE 0 END)
        FROM sla_clocks c JOIN ticket_figures f ON f.ticket = c.ticket
        WHERE c.phase IN ('met', 'missed') AND c.phase_at >= $1 AND c.phase_at < $2
          AND f.counted = 1 AND \(ReportFilter.condition(agent: "f.agent"))
        GROUP BY c.policy, c.target ORDER BY c.policy, c.target LIMIT 500
        """

    /// SLA clocks that ended within a period.
    public func endedClocks(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [PromiseFigures] {
        try connection.all(Self.endedClocksQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            PromiseFigures(
                policy: try row.text(0), target: try row.text(1),
                met: Int(clamping: try row.integer(2)), missed: Int(clamping: try row.integer(3)))
        }
    }

    static let promisesQuery = """
        SELECT p.state, COUNT(*), SUM(p.revisions)
        FROM promises p JOIN ticket_figures f ON f.ticket = p.ticket
        WHERE p.until >= $1 AND p.until < $2
          AND f.counted = 1 AND \(ReportFilter.condition(agent: "f.agent"))
        GROUP BY p.state
        """

    /// Times that customers were told and that came within a period: how many were kept, broken, are open, and how often
    /// they had been revised.
    public func toldTimes(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> (kept: Int, broken: Int, open: Int, revisions: Int) {
        var told = (kept: 0, broken: 0, open: 0, revisions: 0)
        try connection.rows(Self.promisesQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            let count = Int(clamping: try row.integer(1))
            told.revisions += Int(clamping: try row.integer(2))
            switch try row.text(0) {
            case "kept": told.kept += count
            case "broken": told.broken += count
            default: told.open += count
            }
            return .next
        }
        return told
    }

    static let backlogQuery = """
        SELECT t.status, t.opened_at FROM tickets t
        WHERE t.class = 'regular' AND t.status = $1 AND t.origin <> 'history'
          AND ($2 = '' OR t.team = $2) AND ($3 = '' OR t.assignee = $3)
          AND (t.hidden = 0 OR $4 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $4 AND a.team = t.team))
        """

    /// Tickets that are not closed, by status and age.
    public func backlog(
        team: TeamID?, agent: AgentID?, at now: Instant, viewer: Viewer
    ) throws(StoreError) -> [BacklogFigures] {
        var figures: [BacklogFigures] = []
        for status in [TicketStatus.new, .open, .pending] {
            var counts = [Int](repeating: 0, count: BacklogFigures.steps.count + 1)
            try connection.rows(
                Self.backlogQuery,
                [status, team?.rawValue ?? "", agent?.rawValue ?? "", viewer]
            ) { row throws(StoreError) in
                let age = now.since(try row.instant(1))
                let step = BacklogFigures.steps.firstIndex { age < $0 }
                counts[step ?? BacklogFigures.steps.count] += 1
                return .next
            }
            figures.append(BacklogFigures(status: status, counts: counts))
        }
        return figures
    }

    private static func named(_ row: borrowing SQLRow) throws(StoreError) -> NamedCount {
        NamedCount(name: try row.text(0), count: Int(clamping: try row.integer(1)))
    }
}
