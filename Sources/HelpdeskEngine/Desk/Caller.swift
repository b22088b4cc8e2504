public import HelpdeskCore

/// Somebody whose identity was proved: by token, or by the peer credentials of the socket.
public struct Caller: Hashable, Sendable {
    public let agent: AgentID
    public let role: AgentRole
    /// Of the token they came with.
    public let scope: TokenScope

    public init(agent: AgentID, role: AgentRole, scope: TokenScope = .full) {
        self.agent = agent
        self.role = role
        self.scope = scope
    }

    public var viewer: Viewer { .agent(agent) }
    var actor: Actor { .agent(agent) }
}
