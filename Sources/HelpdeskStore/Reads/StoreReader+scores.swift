public import HelpdeskCore

/// Which answers a report counts. `from` is in it, `to` is not.
public struct ScoreFilter: Hashable, Sendable {
    public var kind: SurveyKind
    public var from: Instant
    public var to: Instant
    public var team: TeamID?
    public var agent: AgentID?

    public init(
        kind: SurveyKind = .csat, from: Instant = .distantPast, to: Instant = .distantFuture,
        team: TeamID? = nil, agent: AgentID? = nil
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.team = team
        self.agent = agent
    }
}

/// Answers and invitations within a period.
public struct ScoreReport: Hashable, Sendable {
    public let summary: ScoreSummary
    /// Invitations sent within the period, answered or not.
    public let sent: Int
}

extension StoreReader {
    /// How content customers were. Answers count at the time they were given, for the team and agent who were asked about;
    /// those about tickets hidden from the viewer do not count.
    public func scoreReport(
        _ filter: ScoreFilter, viewer: Viewer
    ) throws(StoreError) -> ScoreReport {
        let parameters: [any SQLBindable] = [
            filter.from, filter.to, filter.kind, filter.team?.rawValue ?? "",
            filter.agent?.rawValue ?? "", viewer,
        ]
        let counts = try connection.all(
            """
            SELECT i.score, COUNT(*) FROM invitations i LEFT JOIN tickets t ON t.number = i.ticket
            WHERE i.answered_at >= $1 AND i.answered_at < $2 AND i.kind = $3
              AND ($4 = '' OR i.team = $4) AND ($5 = '' OR i.agent = $5)
              AND (i.ticket IS NULL OR t.hidden = 0 OR $6 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $6 AND a.team = t.team))
            GROUP BY i.score ORDER BY i.score
            """, parameters
        ) { row throws(StoreError) in
            (Int(clamping: try row.integer(0)), Int(clamping: try row.integer(1)))
        }
        let sent = try connection.first(
            """
            SELECT COUNT(*) FROM invitations i LEFT JOIN tickets t ON t.number = i.ticket
            WHERE i.asked_at >= $1 AND i.asked_at < $2 AND i.kind = $3
              AND ($4 = '' OR i.team = $4) AND ($5 = '' OR i.agent = $5)
              AND (i.ticket IS NULL OR t.hidden = 0 OR $6 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $6 AND a.team = t.team))
            """, parameters
        ) { row throws(StoreError) in Int(clamping: try row.integer(0)) }
        let summary = ScoreSummary(
            kind: filter.kind,
            counts: Dictionary(counts) { first, second in first + second })
        return ScoreReport(summary: summary, sent: sent ?? 0)
    }
}
