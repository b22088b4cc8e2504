public import HelpdeskCore

extension API {
    /// A message waiting to be sent, or lately sent.
    public struct OutboxEntry: Hashable, Sendable, Codable {
        public var id: DeliveryID
        public var purpose: DeliveryPurpose
        public var inbox: InboxID
        public var ticket: TicketNumber?
        public var message: MessageID?
        public var to: [String]
        public var subject: String?
        public var state: DeliveryState
        public var attempts: Int
        public var nextAttemptAt: Timestamp?
        public var detail: String?
        /// As in `Delivery`.
        public var code: String?
        public var report: String?
        public var createdAt: Timestamp

        public init(
            id: DeliveryID, purpose: DeliveryPurpose, inbox: InboxID, ticket: TicketNumber? = nil,
            message: MessageID? = nil, to: [String] = [], subject: String? = nil,
            state: DeliveryState, attempts: Int, nextAttemptAt: Timestamp? = nil,
            detail: String? = nil, code: String? = nil, report: String? = nil,
            createdAt: Timestamp
        ) {
            self.id = id
            self.purpose = purpose
            self.inbox = inbox
            self.ticket = ticket
            self.message = message
            self.to = to
            self.subject = subject
            self.state = state
            self.attempts = attempts
            self.nextAttemptAt = nextAttemptAt
            self.detail = detail
            self.code = code
            self.report = report
            self.createdAt = createdAt
        }

        enum CodingKeys: String, CodingKey {
            case id, purpose, inbox, ticket, message, to, subject, state, attempts
            case nextAttemptAt = "next_attempt_at"
            case detail, code, report
            case createdAt = "created_at"
        }
    }
}
