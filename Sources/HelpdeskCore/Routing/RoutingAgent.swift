/// An agent as the router sees them.
public struct RoutingAgent: Hashable, Sendable {
    public var id: AgentID
    public var teams: Set<TeamID>
    /// Level by skill, from 1. Empty: unrestricted.
    public var skills: [SkillName: Int]
    /// Empty: unrestricted.
    public var languages: Set<LanguageCode>
    /// In units of weight (`RoutingPolicy.weights`); 0 or less takes nothing.
    public var capacity: Int
    public var duty: Duty
    /// What the agent set by hand; `nil`: by shift.
    public var presence: Presence?
    /// What the desk sees of their screen; `nil`: they never had it open, so it tells nothing.
    public var screen: Screen?
    public var account: Account

    /// Whose hours tell when the agent works.
    public enum Duty: Hashable, Sendable {
        case shift(Shift)
        /// The business hours of the team; always, where it has none.
        case team
    }

    public enum Account: Hashable, Sendable { case active, disabled }

    public init(
        id: AgentID, teams: Set<TeamID>, skills: [SkillName: Int] = [:],
        languages: Set<LanguageCode> = [], capacity: Int, duty: Duty = .team,
        presence: Presence? = nil, screen: Screen? = nil, account: Account = .active
    ) {
        self.id = id
        self.teams = teams
        self.skills = skills
        self.languages = languages
        self.capacity = capacity
        self.duty = duty
        self.presence = presence
        self.screen = screen
        self.account = account
    }
}
