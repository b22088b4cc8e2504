extension RoutingSnapshot {
    /// How far ahead the next change of duty is looked for; beyond it one looks again.
    static let dutyHorizon = TimeSpan.days(1)

    /// The first moment after `now` at which any shift, or any hours of a team, begins or ends: until then time alone puts
    /// nobody on duty and takes nobody off. At most a day ahead. One look at the calendar for each agent with a shift
    /// and each team.
    public func nextDutyChange(after now: Instant) -> Instant {
        let limit = now + Self.dutyHorizon
        var next = limit
        func look(_ hours: BusinessHours) {
            next = hours.nextChange(after: now, before: next) ?? next
        }
        for agent in agents {
            if case .shift(let shift) = agent.duty { shift.calendars.forEach(look) }
        }
        for team in teams.values { if let hours = team.hours { look(hours) } }
        return next
    }

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
