/// A ticket that once needed an agent, with all that is needed to ask the router again.
public struct PastArrival: Hashable, Sendable {
    public var ticket: TicketNumber
    public var at: Instant
    public var customer: CustomerID
    /// What was known when it came in. Its `lastServed` is who had served the customer before the first arrival of
    /// the replay; within the replay that follows from the replay itself.
    public var request: RoutingRequest
    /// What the rules are asked about.
    public var subject: RuleSubject
    /// How long it weighed on whoever had it; at most `DryRun.longestInHand` counts.
    public var inHand: TimeSpan

    public init(
        ticket: TicketNumber, at: Instant, customer: CustomerID, request: RoutingRequest,
        subject: RuleSubject = RuleSubject(), inHand: TimeSpan
    ) {
        self.ticket = ticket
        self.at = at
        self.customer = customer
        self.request = request
        self.subject = subject
        self.inHand = inHand
    }
}

/// An agent who set their presence during the time that is replayed.
public struct PastPresence: Hashable, Sendable {
    public var agent: AgentID
    public var presence: Presence?
    public var at: Instant

    public init(agent: AgentID, presence: Presence?, at: Instant) {
        self.agent = agent
        self.presence = presence
        self.at = at
    }
}

/// What is tried: agents, teams and what they had in hand at the beginning, the policy and the rules.
public struct DryRunPlan: Sendable {
    public var snapshot: RoutingSnapshot
    public var policy: RoutingPolicy
    public var rules: RuleBook<RoutingEffect>

    public init(
        snapshot: RoutingSnapshot, policy: RoutingPolicy,
        rules: RuleBook<RoutingEffect> = RuleBook([])
    ) {
        self.snapshot = snapshot
        self.policy = policy
        self.rules = rules
    }
}
