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

    /// `$1` from, `$2` to, `$3` team, `$4` agent, `$5` viewer, `$6` kind.
    func parameters(_ viewer: Viewer) -> [any SQLBindable] {
        [from, to, team?.rawValue ?? "", agent?.rawValue ?? "", viewer, kind]
    }
}

/// Answers and invitations within a period.
public struct ScoreReport: Hashable, Sendable {
    public let summary: ScoreSummary
    /// Invitations sent within the period, answered or not.
    public let sent: Int
    /// Of these, how many were answered so far: the response rate is theirs.
    public let responded: Int

    public init(summary: ScoreSummary, sent: Int, responded: Int) {
        self.summary = summary
        self.sent = sent
        self.responded = responded
    }

    /// Nil when nobody was asked.
    public var responseRate: Double? {
        sent > 0 ? Double(responded) / Double(sent) : nil
    }
}

/// By what answers are told apart.
public enum ScoreDimension: String, Hashable, Sendable, CaseIterable {
    case agent, team, channel, topic
}

/// The answers about one agent, team, channel or topic.
public struct ScoreShare: Hashable, Sendable {
    public let key: String
    public let report: ScoreReport
}

extension StoreReader {
    static let answersQuery = """
        SELECT i.score, COUNT(*) FROM invitations i
        WHERE i.answered_at >= $1 AND i.answered_at < $2
          AND \(ReportFilter.invitationCondition) AND i.kind = $6
        GROUP BY i.score ORDER BY i.score
        """

    static let askedQuery = """
        SELECT COUNT(*), SUM(CASE WHEN i.answered_at IS NULL THEN 0 ELSE 1 END)
        FROM invitations i
        WHERE i.asked_at >= $1 AND i.asked_at < $2
          AND \(ReportFilter.invitationCondition) AND i.kind = $6
        """

    /// How content customers were. Answers count at the time they were given, for the team and agent who were asked about;
    /// those about tickets hidden from the viewer do not count.
    public func scoreReport(
        _ filter: ScoreFilter, viewer: Viewer
    ) throws(StoreError) -> ScoreReport {
        var counts: [Int: Int] = [:]
        try connection.rows(Self.answersQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            counts[Int(clamping: try row.integer(0))] = Int(clamping: try row.integer(1))
            return .next
        }
        let asked = try connection.first(Self.askedQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            (Int(clamping: try row.integer(0)), Int(clamping: row.optionalInteger(1) ?? 0))
        }
        return ScoreReport(
            summary: ScoreSummary(kind: filter.kind, counts: counts), sent: asked?.0 ?? 0,
            responded: asked?.1 ?? 0)
    }

    /// The same for each agent, team, channel or topic, at most 500, the most answered first. An answer about a ticket
    /// with several topics counts for each.
    public func scores(
        by dimension: ScoreDimension, _ filter: ScoreFilter, viewer: Viewer
    ) throws(StoreError) -> [ScoreShare] {
        var counts: [String: [Int: Int]] = [:]
        try connection.rows(Self.answersQuery(by: dimension), filter.parameters(viewer)) {
            row throws(StoreError) in
            guard let key = row.optionalText(0) else { return .next }
            counts[key, default: [:]][Int(clamping: try row.integer(1))] =
                Int(clamping: try row.integer(2))
            return .next
        }
        var asked: [String: (sent: Int, responded: Int)] = [:]
        try connection.rows(Self.askedQuery(by: dimension), filter.parameters(viewer)) {
            row throws(StoreError) in
            guard let key = row.optionalText(0) else { return .next }
            asked[key] = (
                Int(clamping: try row.integer(1)), Int(clamping: row.optionalInteger(2) ?? 0)
            )
            return .next
        }
        let shares = Set(counts.keys).union(asked.keys).map { key in
            ScoreShare(
                key: key,
                report: ScoreReport(
                    summary: ScoreSummary(kind: filter.kind, counts: counts[key] ?? [:]),
                    sent: asked[key]?.sent ?? 0, responded: asked[key]?.responded ?? 0))
        }
        return Array(
            shares.sorted {
                ($1.report.summary.total, $0.key) < ($0.report.summary.total, $1.key)
            }.prefix(500))
    }

    private static func answersQuery(by dimension: ScoreDimension) -> String {
        """
        SELECT \(key(dimension)), i.score, COUNT(*) FROM invitations i\(join(dimension))
        WHERE i.answered_at >= $1 AND i.answered_at < $2
          AND \(ReportFilter.invitationCondition) AND i.kind = $6
        GROUP BY 1, 2
        """
    }

    private static func askedQuery(by dimension: ScoreDimension) -> String {
        """
        SELECT \(key(dimension)), COUNT(*),
          SUM(CASE WHEN i.answered_at IS NULL THEN 0 ELSE 1 END)
        FROM invitations i\(join(dimension))
        WHERE i.asked_at >= $1 AND i.asked_at < $2
          AND \(ReportFilter.invitationCondition) AND i.kind = $6
        GROUP BY 1
        """
    }

    private static func key(_ dimension: ScoreDimension) -> String {
        switch dimension {
        case .agent: "i.agent"
        case .team: "i.team"
        case .channel: "f.channel"
        case .topic: "g.tag"
        }
    }

    private static func join(_ dimension: ScoreDimension) -> String {
        switch dimension {
        case .agent, .team: ""
        case .channel: " JOIN ticket_figures f ON f.ticket = i.ticket"
        case .topic: " JOIN ticket_tags g ON g.ticket = i.ticket"
        }
    }
}
