public import HelpdeskCore

extension API {
    /// A message that a search found.
    public struct SearchHit: Hashable, Sendable, Codable {
        public var ticket: TicketNumber
        /// Nil when the subject alone matched.
        public var message: MessageID?
        public var at: Timestamp
        public var channel: ChannelKind
        public var status: TicketStatus
        public var subject: String?
        public var customer: CustomerSummary
        /// Around the first match, one line, at most 200 characters.
        public var snippet: String

        public init(
            ticket: TicketNumber, message: MessageID? = nil, at: Timestamp, channel: ChannelKind,
            status: TicketStatus, subject: String? = nil, customer: CustomerSummary,
            snippet: String
        ) {
            self.ticket = ticket
            self.message = message
            self.at = at
            self.channel = channel
            self.status = status
            self.subject = subject
            self.customer = customer
            self.snippet = snippet
        }
    }
}
