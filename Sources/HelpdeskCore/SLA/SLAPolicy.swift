/// What is promised to whom, and in which working time: one `[[sla]]` of the configuration with its calendar.
public struct SLAPolicy: Hashable, Sendable {
    public let name: String
    public let conditions: SLAConditions
    /// Working time for each target that is promised; a target that is not here has no clock.
    public let allowances: [SLATarget: TimeSpan]
    /// The share of an allowance after which its agent is warned, in percent, 1 to 99; `nil`: never.
    public let warningPercent: Int?
    public let hours: BusinessHours

    public init(
        name: String, conditions: SLAConditions = .everything, allowances: [SLATarget: TimeSpan],
        warningPercent: Int? = 80, hours: BusinessHours
    ) {
        self.name = name
        self.conditions = conditions
        self.allowances = allowances.filter { $0.value > .zero }
        self.warningPercent = warningPercent.flatMap { (1...99).contains($0) ? $0 : nil }
        self.hours = hours
    }

    /// The working time after which a warning is due.
    func warning(of allowance: TimeSpan) -> TimeSpan? {
        warningPercent.map { percent in
            // Divided first, so that the longest allowance cannot overflow; what is lost is under 100 ms.
            TimeSpan(milliseconds: allowance.milliseconds / 100 * Int64(percent))
        }
    }
}

/// Which tickets a policy is for. An empty set asks for nothing.
public struct SLAConditions: Hashable, Sendable {
    public var teams: Set<TeamID>
    public var inboxes: Set<InboxID>
    public var priorities: Set<TicketPriority>
    /// Segments of the customer, of which one is enough.
    public var segments: Set<String>

    public static let everything = SLAConditions()

    public init(
        teams: Set<TeamID> = [], inboxes: Set<InboxID> = [], priorities: Set<TicketPriority> = [],
        segments: Set<String> = []
    ) {
        self.teams = teams
        self.inboxes = inboxes
        self.priorities = priorities
        self.segments = segments
    }

    public func hold(for subject: SLASubject) -> Bool {
        (teams.isEmpty || teams.contains(subject.team))
            && (inboxes.isEmpty || inboxes.contains(subject.inbox))
            && (priorities.isEmpty || priorities.contains(subject.priority))
            && (segments.isEmpty || !segments.isDisjoint(with: subject.segments))
    }
}

/// What of a ticket decides its policy.
public struct SLASubject: Hashable, Sendable {
    public var team: TeamID
    public var inbox: InboxID
    public var priority: TicketPriority
    public var segments: Set<String>

    public init(team: TeamID, inbox: InboxID, priority: TicketPriority, segments: Set<String> = [])
    {
        self.team = team
        self.inbox = inbox
        self.priority = priority
        self.segments = segments
    }
}

/// All policies, in the order of the configuration: the first whose conditions hold is a ticket's policy.
public struct SLABook: Hashable, Sendable {
    public let policies: [SLAPolicy]

    public init(_ policies: [SLAPolicy]) { self.policies = policies }

    public func policy(for subject: SLASubject) -> SLAPolicy? {
        policies.first { $0.conditions.hold(for: subject) }
    }

    public func policy(named name: String) -> SLAPolicy? {
        policies.first { $0.name == name }
    }
}
