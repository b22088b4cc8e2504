public import HelpdeskCore

/// Somebody whose identity was proved: by token, or by the peer credentials of the socket.
public struct Caller: Hashable, Sendable {
    public let agent: AgentID
    public let role: AgentRole

    public init(agent: AgentID, role: AgentRole) {
        self.agent = agent
        self.role = role
    }

    public var viewer: Viewer { .agent(agent) }
    var actor: Actor { .agent(agent) }
}
