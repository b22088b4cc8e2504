extension API {
    /// A ticket with everything said in it: the members of `Ticket`, and `messages`.
    public struct TicketDetail: Hashable, Sendable, Codable {
        public var ticket: Ticket
        /// Oldest first.
        public var messages: [Message]

        public init(ticket: Ticket, messages: [Message]) {
            self.ticket = ticket
            self.messages = messages
        }

        private enum CodingKeys: String, CodingKey { case messages }

        public init(from decoder: any Decoder) throws {
            ticket = try Ticket(from: decoder)
            messages = try decoder.container(keyedBy: CodingKeys.self)
                .decode([Message].self, forKey: .messages)
        }

        public func encode(to encoder: any Encoder) throws {
            try ticket.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(messages, forKey: .messages)
        }
    }
}
