/// One agent who was considered.
public struct RoutingCandidate: Hashable, Sendable, Codable {
    public var agent: AgentID
    /// The team as whose member the agent was considered.
    public var team: TeamID
    public var standing: Standing

    public enum Standing: Hashable, Sendable {
        case eligible(RoutingScore)
        case passedOver(PassedOver)
    }

    public init(agent: AgentID, team: TeamID, standing: Standing) {
        self.agent = agent
        self.team = team
        self.standing = standing
    }
}

/// What eligible agents are compared by, in this order; then the agent's id decides.
public struct RoutingScore: Hashable, Sendable, Codable {
    /// Sum of the levels in the required skills: more is better. Somebody unrestricted counts as just good enough.
    public var skill: Int
    /// Share of the capacity in use, in thousandths: less is better.
    public var load: Int
    /// Longest ago is best, never is better still.
    public var lastAssignedAt: Instant?

    public init(skill: Int, load: Int, lastAssignedAt: Instant?) {
        self.skill = skill
        self.load = load
        self.lastAssignedAt = lastAssignedAt
    }

    enum CodingKeys: String, CodingKey {
        case skill, load
        case lastAssignedAt = "last_assigned_at"
    }
}
