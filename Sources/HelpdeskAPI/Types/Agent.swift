public import HelpdeskCore

extension API {
    /// Somebody who answers.
    public struct Agent: Hashable, Sendable, Codable {
        public var login: AgentID
        public var name: String
        /// `agent`, `lead` or `admin`.
        public var role: String
        public var teams: [TeamID]
        public var skills: [Skill]
        public var languages: [String]
        /// In weights: a mail weighs 1, a chat 2.
        public var capacity: Int
        /// The weights of what they hold.
        public var load: Int
        /// What they said of themselves; nil: by shift.
        public var presence: Presence?
        /// Whether deferred work reaches them now.
        public var onDuty: Bool
        public var extensionNumber: String?
        public var email: String?
        public var timezone: String?
        public var disabled: Bool

        /// What somebody knows, and how well.
        public struct Skill: Hashable, Sendable, Codable {
            public var name: String
            public var level: Int

            public init(name: String, level: Int) {
                self.name = name
                self.level = level
            }
        }

        public init(
            login: AgentID, name: String, role: String, teams: [TeamID] = [],
            skills: [Skill] = [], languages: [String] = [], capacity: Int, load: Int,
            presence: Presence? = nil, onDuty: Bool, extensionNumber: String? = nil,
            email: String? = nil, timezone: String? = nil, disabled: Bool
        ) {
            self.login = login
            self.name = name
            self.role = role
            self.teams = teams
            self.skills = skills
            self.languages = languages
            self.capacity = capacity
            self.load = load
            self.presence = presence
            self.onDuty = onDuty
            self.extensionNumber = extensionNumber
            self.email = email
            self.timezone = timezone
            self.disabled = disabled
        }

        enum CodingKeys: String, CodingKey {
            case login, name, role, teams, skills, languages, capacity, load, presence
            case onDuty = "on_duty"
            case extensionNumber = "extension"
            case email, timezone, disabled
        }
    }

    /// Who the caller is for the daemon, and what to start from.
    public struct Me: Hashable, Sendable, Codable {
        public var agent: Agent
        /// Actions allowed, as in the permission table.
        public var permissions: [String]
        /// The newest event there is.
        public var position: Position
        /// Of the daemon.
        public var version: String

        public init(agent: Agent, permissions: [String] = [], position: Position, version: String) {
            self.agent = agent
            self.permissions = permissions
            self.position = position
            self.version = version
        }
    }
}
