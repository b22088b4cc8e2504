public import HelpdeskCore

extension API {
    /// A program that hears of events.
    public struct Webhook: Hashable, Sendable, Codable {
        public var name: String
        /// `active`, `down` (asked again before long) or `stopped` (it wanted no more).
        public var state: String
        /// Everything up to here was taken, waits or was given up; nil: nothing was sent yet.
        public var position: Position?
        /// Events that it has not come to.
        public var behind: Int64
        /// Events that it did not take yet; tried again for three days.
        public var waiting: Int
        /// Events that were given up.
        public var dead: Int
        public var detail: String?

        public init(
            name: String, state: String, position: Position?, behind: Int64, waiting: Int,
            dead: Int, detail: String?
        ) {
            self.name = name
            self.state = state
            self.position = position
            self.behind = behind
            self.waiting = waiting
            self.dead = dead
            self.detail = detail
        }
    }

    /// An event that was given up.
    public struct DeadLetter: Hashable, Sendable, Codable {
        public var position: Position
        public var type: String
        public var ticket: TicketNumber?
        public var attempts: Int
        public var since: Timestamp
        public var detail: String?

        public init(
            position: Position, type: String, ticket: TicketNumber?, attempts: Int,
            since: Timestamp, detail: String?
        ) {
            self.position = position
            self.type = type
            self.ticket = ticket
            self.attempts = attempts
            self.since = since
            self.detail = detail
        }
    }

    /// POST /webhooks/{name}/retry: what was given up; one event, or all.
    public struct WebhookRetryRequest: Hashable, Sendable, Codable {
        public var position: Position?
        public init(position: Position? = nil) { self.position = position }
    }

    /// POST /webhooks/{name}/replay: everything behind a position once more.
    public struct WebhookReplayRequest: Hashable, Sendable, Codable {
        public var after: Position
        public init(after: Position) { self.after = after }
    }
}

extension API.Webhook: ListItem { public static var listName: String { "webhooks" } }
extension API.DeadLetter: ListItem { public static var listName: String { "dead_letters" } }
