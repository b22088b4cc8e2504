extension RoutingSnapshot {
    /// Whether deferred work reaches an agent now: not when they are off by hand, else by their shift, else by the hours
    /// of a team of theirs; always, where there are none (DESIGN "Routing"). Nobody knows an unknown agent's hours.
    public func isOnDuty(_ id: AgentID, at now: Instant) -> Bool {
        guard let agent = agent(id), agent.account == .active, agent.presence != .offline else {
            return false
        }
        switch agent.duty {
        case .shift(let shift): return shift.isOnDuty(at: now)
        case .team:
            let hours = agent.teams.map { teams[$0]?.hours }
            return hours.isEmpty || hours.contains { $0?.isOpen(at: now) ?? true }
        }
    }
}
