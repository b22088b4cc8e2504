/// An agent was told of something, or will be with the next digest. The event's ticket is what it is about.
public struct AgentNoticed: Hashable, Sendable, Codable {
    public var agent: AgentID
    public var kind: NoticeKind
    /// In alphabetical order.
    public var ways: [NoticeWay]
    /// What waits, for what, and until when at the earliest.
    public var held: [NoticeWay]
    public var until: Instant?
    public var because: NoticePlan.Hold?
    public var delivery: DeliveryID?
    public var target: SLATarget?
    public var news: WatchedNews?
    /// Who brought it about, where that was an agent.
    public var author: AgentID?
    public var recovery: RecoveryID?
    /// Of a low score: whose answer, and which.
    public var invitation: InvitationID?
    public var score: Int?

    public init(
        agent: AgentID, kind: NoticeKind, ways: [NoticeWay], held: [NoticeWay] = [],
        until: Instant? = nil, because: NoticePlan.Hold? = nil, delivery: DeliveryID? = nil,
        target: SLATarget? = nil, news: WatchedNews? = nil, author: AgentID? = nil,
        recovery: RecoveryID? = nil
    ) {
        self.agent = agent
        self.kind = kind
        self.ways = ways
        self.held = held
        self.until = until
        self.because = because
        self.delivery = delivery
        self.target = target
        self.news = news
        self.author = author
        self.recovery = recovery
    }

    public init(
        _ occasion: NoticeOccasion, to agent: AgentID, _ plan: NoticePlan, delivery: DeliveryID?
    ) {
        self.init(
            agent: agent, kind: occasion.kind, ways: plan.now.sorted(),
            held: plan.held?.ways.sorted() ?? [], until: plan.held?.until,
            because: plan.held?.because, delivery: delivery)
        if case .agent(let author) = occasion.author { self.author = author }
        switch occasion {
        case .slaWarning(let target, _), .slaBreached(let target, _): self.target = target
        case .watched(let news, _, _): self.news = news
        case .recoveryOpened(let low), .lowScore(let low):
            recovery = low.recovery
            invitation = low.invitation
            score = low.score
        case .assigned, .answered, .mentioned, .reminded, .bounced: break
        }
    }
}

/// What had waited for an agent went out together.
public struct NoticesDigested: Hashable, Sendable, Codable {
    public var agent: AgentID
    /// How many notices it tells of.
    public var count: Int
    public var ways: [NoticeWay]
    public var delivery: DeliveryID?

    public init(agent: AgentID, count: Int, ways: [NoticeWay], delivery: DeliveryID?) {
        self.agent = agent
        self.count = count
        self.ways = ways
        self.delivery = delivery
    }
}
