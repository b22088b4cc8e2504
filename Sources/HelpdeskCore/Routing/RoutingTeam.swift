/// A team as the router sees it.
public struct RoutingTeam: Hashable, Sendable {
    public var id: TeamID
    /// `nil`: round the clock.
    public var hours: BusinessHours?
    /// Who gets what nobody here can take. One step only: the overflow of an overflow is not asked.
    public var overflow: TeamID?

    public init(id: TeamID, hours: BusinessHours? = nil, overflow: TeamID? = nil) {
        self.id = id
        self.hours = hours
        self.overflow = overflow
    }
}
