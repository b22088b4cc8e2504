public import HelpdeskCore

extension API {
    /// One thing in a customer's history, whatever the channel and ticket.
    public struct TimelineItem: Hashable, Sendable, Codable {
        public var at: Timestamp
        /// `message`, `note`, `call`, `opened`, `assigned`, `closed`, `reopened`, `survey`,
        /// `score`, `recovery`, …
        public var kind: String
        public var ticket: TicketNumber?
        public var channel: ChannelKind?
        public var actor: Message.Author?
        /// One plain sentence, or the beginning of the text.
        public var summary: String
        /// The whole message, for message, note and call.
        public var message: Message?
        public var score: Int?

        public init(
            at: Timestamp, kind: String, ticket: TicketNumber? = nil, channel: ChannelKind? = nil,
            actor: Message.Author? = nil, summary: String, message: Message? = nil,
            score: Int? = nil
        ) {
            self.at = at
            self.kind = kind
            self.ticket = ticket
            self.channel = channel
            self.actor = actor
            self.summary = summary
            self.message = message
            self.score = score
        }
    }
}
