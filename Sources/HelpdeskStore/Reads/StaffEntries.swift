public import HelpdeskCore

/// An agent as lists show them; what they hold is counted by the router.
public struct AgentEntry: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case active, disabled }

    public let login: AgentID
    public let name: String?
    public let email: String?
    public let role: String
    /// Those the viewer may know of, in alphabetical order.
    public let teams: [TeamID]
    public let skills: [Skill]
    public let languages: [String]
    public let capacity: Int
    public let timezone: String?
    public let extensionNumber: String?
    public let state: State
    /// What they said of themselves; nil: by shift.
    public let presence: Presence?
    public let presenceSince: Instant?

    public struct Skill: Hashable, Sendable {
        public let name: String
        public let level: Int
    }
}

/// A team as lists show it.
public struct TeamEntry: Hashable, Sendable {
    public enum Privacy: Hashable, Sendable { case open, hidden }

    public let name: TeamID
    public let privacy: Privacy
    public let members: [AgentID]
    /// Active regular tickets that nobody holds, counted up to `PageLimit.maximum`.
    public let waiting: Int
}
