public import HelpdeskCore

extension API {
    /// Something an agent was told.
    public struct Notice: Hashable, Sendable, Codable {
        /// Of its event.
        public var position: Position
        public var at: Timestamp
        /// `assigned`, `answered`, `mention`, `watched`, `reminder`, `sla_warning`, `sla_breach`, `recovery`, `low_score`, `bounce`, or `digest`.
        public var kind: String
        /// Nil for a digest, and for a low score that is about no ticket.
        public var ticket: TicketNumber?

        public init(position: Position, at: Timestamp, kind: String, ticket: TicketNumber? = nil) {
            self.position = position
            self.at = at
            self.kind = kind
            self.ticket = ticket
        }
    }

    /// What an agent is told, and how.
    public struct NotificationSettings: Hashable, Sendable, Codable {
        public var agent: AgentID
        /// Of every kind; none: not at all.
        public var ways: [String: [NoticeWay]]
        /// Kinds that they chose themselves; the others are as the desk has them.
        public var chosen: [String]
        /// When mail and webhooks wait, each `22:00-07:00`.
        public var quietHours: [String]
        /// Nil: the quiet hours are the desk's.
        public var ownQuietHours: [String]?
        /// On whose clock; nil: UTC.
        public var timezone: String?

        public init(
            agent: AgentID, ways: [String: [NoticeWay]], chosen: [String], quietHours: [String],
            ownQuietHours: [String]?, timezone: String?
        ) {
            self.agent = agent
            self.ways = ways
            self.chosen = chosen
            self.quietHours = quietHours
            self.ownQuietHours = ownQuietHours
            self.timezone = timezone
        }

        enum CodingKeys: String, CodingKey {
            case agent, ways, chosen
            case quietHours = "quiet_hours"
            case ownQuietHours = "own_quiet_hours"
            case timezone
        }
    }

    /// PUT /agents/{login}/notifications: all that they choose themselves; what is left out is as the desk has it.
    public struct NotificationRequest: Hashable, Sendable, Codable {
        /// By kind; an empty list: not at all.
        public var ways: [String: [NoticeWay]]?
        /// Nil: the desk's; an empty list: none.
        public var quietHours: [String]?

        public init(ways: [String: [NoticeWay]]? = nil, quietHours: [String]? = nil) {
            self.ways = ways
            self.quietHours = quietHours
        }

        enum CodingKeys: String, CodingKey {
            case ways
            case quietHours = "quiet_hours"
        }
    }
}

extension API.Notice: ListItem { public static var listName: String { "notices" } }
