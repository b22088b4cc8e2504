public import HelpdeskCore

/// Which tickets and answers a report counts.
public struct ReportFilter: Hashable, Sendable {
    public var period: ReportPeriod
    public var team: TeamID?
    public var agent: AgentID?

    public init(period: ReportPeriod, team: TeamID? = nil, agent: AgentID? = nil) {
        self.period = period
        self.team = team
        self.agent = agent
    }

    public var previous: ReportFilter {
        ReportFilter(period: period.previous, team: team, agent: agent)
    }

    /// `$1` from, `$2` to, `$3` team, `$4` agent, `$5` viewer: the order of every query here.
    func parameters(_ viewer: Viewer) -> [any SQLBindable] {
        [period.from, period.to, team?.rawValue ?? "", agent?.rawValue ?? "", viewer]
    }

    /// What may be counted of `ticket_figures f`, with whose work `column` is.
    static func condition(agent column: String) -> String {
        """
        ($3 = '' OR f.team = $3) AND ($4 = '' OR \(column) = $4)
          AND (f.hidden = 0 OR $5 = '' OR EXISTS
            (SELECT 1 FROM agent_teams a WHERE a.agent = $5 AND a.team = f.team))
        """
    }

    /// The same of `invitations i`.
    static let invitationCondition = """
        ($3 = '' OR i.team = $3) AND ($4 = '' OR i.agent = $4)
          AND (i.hidden = 0 OR $5 = '' OR EXISTS
            (SELECT 1 FROM tickets t JOIN agent_teams a ON a.team = t.team
              WHERE t.number = i.ticket AND a.agent = $5))
        """
}
