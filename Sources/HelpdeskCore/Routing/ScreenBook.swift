/// Whose screens are open, worked out of connections that come and go. Pure. What is written down changes only when an agent's
/// first connection begins, or the last has been gone for longer than a grace: a client that comes back in time, after
/// a restart of the daemon too, writes nothing. Two events for each agent and grace at the most.
public struct ScreenBook: Sendable {
    private var connections: [AgentID: Int] = [:]
    /// Since when agents who are written down as open have had no connection.
    private var gone: [AgentID: Instant] = [:]
    private var written: Set<AgentID> = []

    public init() {}

    /// Takes over what an earlier run of the daemon wrote down: whoever does not come back within the grace is gone.
    public mutating func takeOver(_ open: Set<AgentID>, at now: Instant) {
        written.formUnion(open)
        for agent in open where connections[agent] == nil { gone[agent] = now }
    }

    public mutating func connected(_ agent: AgentID) {
        connections[agent, default: 0] += 1
        gone[agent] = nil
    }

    public mutating func disconnected(_ agent: AgentID, at now: Instant) {
        let left = (connections[agent] ?? 1) - 1
        connections[agent] = left > 0 ? left : nil
        if left <= 0 { gone[agent] = now }
    }

    /// What has to be written down now, ascending by agent.
    public func changes(at now: Instant, grace: TimeSpan) -> [ScreenChanged] {
        let opened = connections.keys.filter { !written.contains($0) }
            .map { ScreenChanged(agent: $0, screen: .open) }
        let closed = gone.filter { written.contains($0.key) && $0.value + grace <= now }
            .map { ScreenChanged(agent: $0.key, screen: .closed) }
        return (opened + closed).sorted { $0.agent < $1.agent }
    }

    /// These were written down.
    public mutating func wrote(_ changes: [ScreenChanged]) {
        for change in changes {
            switch change.screen {
            case .open: written.insert(change.agent)
            case .closed:
                written.remove(change.agent)
                gone[change.agent] = nil
            }
        }
        // Who came and went between two looks leaves nothing behind.
        gone = gone.filter { written.contains($0.key) }
    }
}
