public import HelpdeskCore

/// When each agent with a shift of their own is on duty.
public struct ShiftBook: Sendable {
    /// Several of one agent add up.
    public enum Hours: Sendable {
        case fixed(BusinessHours)
        /// In the agent's time zone, wherever they are said to live (`hamdeld agent set --timezone`); UTC for who has none.
        case week(WeekHours)
    }

    private let hours: [AgentID: [Hours]]
    private let zone: @Sendable (String) -> ZoneRules?

    /// - Parameter zone: asked with every look at an agent: it remembers.
    public init(
        _ hours: [AgentID: [Hours]] = [:],
        zone: @escaping @Sendable (String) -> ZoneRules? = { _ in nil }
    ) {
        self.hours = hours
        self.zone = zone
    }

    /// Nil for who follows the hours of their team.
    public func shift(of agent: AgentID, timezone: String?) -> Shift? {
        guard let own = hours[agent] else { return nil }
        return Shift(
            own.map { hours in
                switch hours {
                case .fixed(let calendar): calendar
                case .week(let week):
                    BusinessHours(
                        zone: timezone.flatMap(zone) ?? .utc, week: week, holidays: [])
                }
            })
    }
}
