/// One ticket that needs an agent, with what the router must know about it.
public struct RoutingRequest: Hashable, Sendable {
    public var team: TeamID
    public var work: WorkKind
    public var priority: TicketPriority
    public var standing: CustomerUpdated.Standing
    /// Lowest level by skill.
    public var requiredSkills: [SkillName: Int]
    /// The customer's language, where it is known.
    public var language: LanguageCode?
    /// Who holds the ticket, or held it when it was closed.
    public var holder: AgentID?
    public var holderLoad: HolderLoad
    /// Who last answered this customer on whatever channel, else the last assignee.
    public var lastServed: LastServed?
    /// Agents whom this customer just gave a low score: they are not preferred for having served last.
    public var scoredLow: Set<AgentID>
    /// Agents who must not get it.
    public var excluded: [AgentID: RoutingExclusion]
    /// When the first of the exclusions ends by itself (`RoutingPolicy.exclusions`).
    public var exclusionEndsAt: Instant?
    /// Since when the ticket waits for a certain agent: the moment of the first decision that said so.
    public var waitingSince: Instant?
    /// The earliest deadline of the ticket's SLA clocks.
    public var deadline: Instant?

    /// Whether the holder's load has this ticket in it already.
    public enum HolderLoad: Hashable, Sendable { case counted, notCounted }

    public struct LastServed: Hashable, Sendable {
        public var agent: AgentID
        public var at: Instant

        public init(agent: AgentID, at: Instant) {
            self.agent = agent
            self.at = at
        }
    }

    public init(
        team: TeamID, work: WorkKind, priority: TicketPriority = .normal,
        standing: CustomerUpdated.Standing = .regular, requiredSkills: [SkillName: Int] = [:],
        language: LanguageCode? = nil, holder: AgentID? = nil, holderLoad: HolderLoad = .notCounted,
        lastServed: LastServed? = nil, scoredLow: Set<AgentID> = [],
        excluded: [AgentID: RoutingExclusion] = [:], exclusionEndsAt: Instant? = nil,
        waitingSince: Instant? = nil,
        deadline: Instant? = nil
    ) {
        self.team = team
        self.work = work
        self.priority = priority
        self.standing = standing
        self.requiredSkills = requiredSkills
        self.language = language
        self.holder = holder
        self.holderLoad = holderLoad
        self.lastServed = lastServed
        self.scoredLow = scoredLow
        self.excluded = excluded
        self.exclusionEndsAt = exclusionEndsAt
        self.waitingSince = waitingSince
        self.deadline = deadline
    }
}

extension RoutingRequest {
    /// The same ticket after it was handed to another team: nobody holds it there yet, the wait begins anew, and who
    /// passed it on does not get it back, be they of that team too.
    public func transferred(to team: TeamID, by agent: AgentID?) -> RoutingRequest {
        var request = self
        request.team = team
        request.holder = nil
        request.holderLoad = .notCounted
        request.waitingSince = nil
        if let agent { request.excluded[agent] = .gaveBack }
        return request
    }
}
