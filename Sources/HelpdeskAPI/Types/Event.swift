public import HelpdeskCore

extension API {
    /// What happened, as the stream has it: ids, enums, numbers and times. The same in
    /// `/events`, `/stream`, `watch` and webhooks out.
    public struct Event: Hashable, Sendable, Codable {
        /// The place in the one stream; gaps are events that the viewer may not see.
        public var position: Position
        /// Unique for ever; what `webhook-id` and `id:` in the stream are made of.
        public var id: String
        /// `ticket_opened`, `message_received`, …; new ones may come at any time.
        public var type: String
        /// The version of `data` for this type.
        public var schema: Int
        public var at: Timestamp
        public var actor: Actor
        /// The `Idempotency-Key` of the request that led to it.
        public var commandID: String?
        /// The event that led to it.
        public var cause: Position?
        public var ticket: TicketNumber?
        public var customer: CustomerID?
        public var data: JSONValue

        /// Who caused it.
        public struct Actor: Hashable, Sendable, Codable {
            /// `customer`, `agent`, `bot`, `system` or `operator`.
            public var kind: String
            public var id: PartyID?

            public init(kind: String, id: PartyID? = nil) {
                self.kind = kind
                self.id = id
            }
        }

        public init(
            position: Position, id: String, type: String, schema: Int, at: Timestamp,
            actor: Actor, commandID: String? = nil, cause: Position? = nil,
            ticket: TicketNumber? = nil, customer: CustomerID? = nil, data: JSONValue
        ) {
            self.position = position
            self.id = id
            self.type = type
            self.schema = schema
            self.at = at
            self.actor = actor
            self.commandID = commandID
            self.cause = cause
            self.ticket = ticket
            self.customer = customer
            self.data = data
        }

        enum CodingKeys: String, CodingKey {
            case position, id, type, schema, at, actor
            case commandID = "command_id"
            case cause, ticket, customer, data
        }
    }
}
