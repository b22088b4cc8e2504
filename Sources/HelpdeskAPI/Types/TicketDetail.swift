extension API {
    /// A ticket with everything said in it: the members of `Ticket`, `handover` and `messages`.
    public struct TicketDetail: Hashable, Sendable, Codable {
        public var ticket: Ticket
        /// How a person last handed it to another team; nil: nobody did.
        public var handover: Handover?
        /// Oldest first.
        public var messages: [Message]

        public init(ticket: Ticket, handover: Handover? = nil, messages: [Message]) {
            self.ticket = ticket
            self.handover = handover
            self.messages = messages
        }

        private enum CodingKeys: String, CodingKey { case handover, messages }

        public init(from decoder: any Decoder) throws {
            ticket = try Ticket(from: decoder)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            handover = try container.decodeIfPresent(Handover.self, forKey: .handover)
            messages = try container.decode([Message].self, forKey: .messages)
        }

        public func encode(to encoder: any Encoder) throws {
            try ticket.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(handover, forKey: .handover)
            try container.encode(messages, forKey: .messages)
        }
    }
}
