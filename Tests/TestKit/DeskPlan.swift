public import ChannelKit
public import HelpdeskCore
public import HelpdeskEngine

/// What a test desk is made of: teams, inboxes, policies, agents. Starts from the standard one; change what the test is about.
public struct DeskPlan: Sendable {
    public var teams: [TeamPolicy]
    public var inboxes: [InboxPolicy]
    public var agents: [AgentProfile]
    public var shifts: [AgentID: Shift] = [:]
    /// Shifts in the agent's own time zone, of those that `zones` knows.
    public var weeks: [AgentID: WeekHours] = [:]
    public var zones: [String: ZoneRules] = [:]
    public var routing = RoutingPolicy.standard
    public var rules: [Rule<RoutingEffect>] = []
    public var screenGrace = TimeSpan.seconds(30)
    public var survey = SurveyPolicy()
    public var surveyPolicies: [SurveyPolicy] = []
    public var acknowledgement = AcknowledgementPolicy()
    public var notices = NoticePolicy()
    public var forwarding: [ForwardingEndpoint] = []
    public var retention = RetentionPolicy()
    public var ticketsPerSenderHour = 30
    public var sla: [SLAPolicy] = []

    public init(teams: [TeamPolicy], inboxes: [InboxPolicy], agents: [AgentProfile]) {
        self.teams = teams
        self.inboxes = inboxes
        self.agents = agents
    }

    /// Teams support, second-line and people (private); two support mailboxes, one of the private team, a chat, a
    /// messenger and a phone log; agents nima and leila and a lead in support, hami in people. Always on duty.
    public static var standard: DeskPlan {
        DeskPlan(
            teams: [
                TeamPolicy(team: RoutingTeam(id: .support)),
                TeamPolicy(team: RoutingTeam(id: .secondLine)),
                TeamPolicy(team: RoutingTeam(id: .people), privacy: .restricted),
            ],
            inboxes: [
                .mail(.supportMail, address: "support@desk.example"),
                .mail(.salesMail, address: "sales@desk.example"),
                .mail(.peopleMail, address: "people@desk.example", team: .people),
                .other(.siteChat, .chatWebhook, .chat),
                .other(.messenger, .chatWebhook, .messenger),
                .other(.phones, .phoneLog, .phones),
            ],
            agents: [
                AgentProfile(login: .nima, extension: "101", teams: [.support]),
                AgentProfile(login: .leila, extension: "102", teams: [.support]),
                AgentProfile(login: .lead, role: .lead, capacity: 0, teams: [.support]),
                AgentProfile(login: .hami, teams: [.people]),
            ])
    }

    /// The standard desk with one agent in support.
    public static var oneAgent: DeskPlan {
        var plan = standard
        plan.agents = [
            AgentProfile(login: .nima, extension: "101", teams: [.support]),
            AgentProfile(login: .hami, teams: [.people]),
        ]
        return plan
    }

    public mutating func change(_ inbox: InboxID, _ change: (inout InboxPolicy) -> Void) {
        for index in inboxes.indices where inboxes[index].id == inbox { change(&inboxes[index]) }
    }

    public mutating func change(_ agent: AgentID, _ change: (inout AgentProfile) -> Void) {
        for index in agents.indices where agents[index].login == agent { change(&agents[index]) }
    }

    public mutating func change(_ team: TeamID, _ change: (inout TeamPolicy) -> Void) {
        for index in teams.indices where teams[index].team.id == team { change(&teams[index]) }
    }

    private var book: ShiftBook {
        let fixed = shifts.mapValues { $0.calendars.map { ShiftBook.Hours.fixed($0) } }
        let own = weeks.mapValues { [ShiftBook.Hours.week($0)] }
        return ShiftBook(fixed.merging(own, uniquingKeysWith: +)) { [zones] in zones[$0] }
    }

    public var policy: DeskPolicy {
        DeskPolicy(
            teams: teams, inboxes: inboxes, shifts: book, routing: routing,
            rules: RuleBook(rules), screenGrace: screenGrace, survey: survey,
            acknowledgement: acknowledgement, sla: SLABook(sla), notices: notices,
            forwarding: forwarding, retention: retention,
            publicURL: "https://desk.example",
            ticketsPerSenderHour: ticketsPerSenderHour, surveyPolicies: surveyPolicies)
    }
}

extension InboxPolicy {
    public static func mail(
        _ id: InboxID, address: String, team: TeamID = .support
    ) -> InboxPolicy {
        InboxPolicy(
            id: id, channel: .email, team: team, capabilities: .mail,
            threading: ThreadingPolicy(), address: .email(address))
    }

    /// With the continuity its capabilities name.
    public static func other(
        _ id: InboxID, _ channel: ChannelKind, _ capabilities: ChannelCapabilities,
        team: TeamID = .support
    ) -> InboxPolicy {
        InboxPolicy(
            id: id, channel: channel, team: team, capabilities: capabilities,
            threading: ThreadingPolicy(continuity: capabilities.continuity))
    }
}
