/// What becomes of the ticket.
public enum RoutingOutcome: Hashable, Sendable {
    /// `team` is the team the agent takes it for: the overflow team where that was asked.
    case assigned(AgentID, team: TeamID, by: Criterion)
    case waiting(for: AgentID, until: Instant)
    case queued(TeamID, because: QueueReason)

    /// What decided in favour of the agent.
    public enum Criterion: String, Sendable, Codable, Hashable {
        case holder
        case lastServed = "last_served"
        case skill
        case load
        case idle
        /// Everything else was equal.
        case id
        /// Nobody else could take it.
        case onlyOne = "only_one"
    }

    /// What would have to change first.
    public enum QueueReason: String, Sendable, Codable, Hashable {
        case noMembers = "no_members"
        case nobodyQualified = "nobody_qualified"
        case nobodyOnDuty = "nobody_on_duty"
        case nobodyPresent = "nobody_present"
        case everybodyFull = "everybody_full"
    }
}
