public import HelpdeskCore

extension API {
    /// A team.
    public struct Team: Hashable, Sendable, Codable {
        public var name: TeamID
        public var isPrivate: Bool
        public var businessHours: String?
        public var overflow: TeamID?
        public var members: [AgentID]
        /// Active tickets of it that nobody holds.
        public var waiting: Int

        public init(
            name: TeamID, isPrivate: Bool, businessHours: String? = nil, overflow: TeamID? = nil,
            members: [AgentID] = [], waiting: Int
        ) {
            self.name = name
            self.isPrivate = isPrivate
            self.businessHours = businessHours
            self.overflow = overflow
            self.members = members
            self.waiting = waiting
        }

        enum CodingKeys: String, CodingKey {
            case name
            case isPrivate = "private"
            case businessHours = "business_hours"
            case overflow, members, waiting
        }
    }
}
