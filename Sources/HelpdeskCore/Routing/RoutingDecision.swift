/// What the router decided about one ticket, and why: every candidate with a score or with the reason for passing
/// them over. Stored in the event and printed by `hamdel ticket explain`; holds ids, words of ours, numbers and
/// times only, and grows by addition.
public struct RoutingDecision: Hashable, Sendable, Codable {
    public var at: Instant
    /// The team the ticket was routed in.
    public var team: TeamID
    public var work: WorkKind
    /// With the customer's standing taken in.
    public var priority: TicketPriority
    public var outcome: RoutingOutcome
    /// Preferred agents and what became of each, in the order they were considered; at most two.
    public var preferred: [PreferredAgent]
    /// Who could take it, best first; then who could not, by id. An agent of both teams stands here twice when the
    /// overflow team was asked.
    public var candidates: [RoutingCandidate]
    /// When time alone may change the answer: the end of a wait, or a shift that begins. `nil`: only an event can.
    public var lookAgainAt: Instant?

    public init(
        at: Instant, team: TeamID, work: WorkKind, priority: TicketPriority,
        outcome: RoutingOutcome, preferred: [PreferredAgent], candidates: [RoutingCandidate],
        lookAgainAt: Instant?
    ) {
        self.at = at
        self.team = team
        self.work = work
        self.priority = priority
        self.outcome = outcome
        self.preferred = preferred
        self.candidates = candidates
        self.lookAgainAt = lookAgainAt
    }

    enum CodingKeys: String, CodingKey {
        case at, team, work, priority, outcome, preferred, candidates
        case lookAgainAt = "look_again_at"
    }
}
