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
