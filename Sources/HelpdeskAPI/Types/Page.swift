/// What comes in lists, and what such a list is called: `{"tickets":[…],"next_cursor":…}`.
public protocol ListItem: Codable, Hashable, Sendable {
    static var listName: String { get }
}

extension API {
    /// One page of a list.
    public struct Page<Item: ListItem>: Hashable, Sendable, Codable {
        public var items: [Item]
        /// To be given as `cursor` for the next page; nil: this is the last one.
        public var nextCursor: String?

        public init(_ items: [Item], nextCursor: String? = nil) {
            self.items = items
            self.nextCursor = nextCursor
        }

        private static var nextCursorKey: JSONName { JSONName("next_cursor") }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: JSONName.self)
            items = try container.decode([Item].self, forKey: JSONName(Item.listName))
            nextCursor = try container.decodeIfPresent(String.self, forKey: Self.nextCursorKey)
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: JSONName.self)
            try container.encode(items, forKey: JSONName(Item.listName))
            try container.encodeIfPresent(nextCursor, forKey: Self.nextCursorKey)
        }
    }
}

extension API.Ticket: ListItem { public static var listName: String { "tickets" } }
extension API.Message: ListItem { public static var listName: String { "messages" } }
extension API.Event: ListItem { public static var listName: String { "events" } }
extension API.Customer: ListItem { public static var listName: String { "customers" } }
extension API.TimelineItem: ListItem { public static var listName: String { "timeline" } }
extension API.Agent: ListItem { public static var listName: String { "agents" } }
extension API.Team: ListItem { public static var listName: String { "teams" } }
extension API.Inbox: ListItem { public static var listName: String { "inboxes" } }
extension API.Macro: ListItem { public static var listName: String { "macros" } }
extension API.Reminder: ListItem { public static var listName: String { "reminders" } }
extension API.Draft: ListItem { public static var listName: String { "drafts" } }
extension API.MacroOutcome: ListItem { public static var listName: String { "outcomes" } }
extension API.View: ListItem { public static var listName: String { "views" } }
extension API.OutboxEntry: ListItem { public static var listName: String { "outbox" } }
extension API.QuarantineEntry: ListItem { public static var listName: String { "quarantine" } }
extension API.Recovery: ListItem { public static var listName: String { "recoveries" } }
extension API.SearchHit: ListItem { public static var listName: String { "hits" } }
