public import HelpdeskCore

extension API {
    /// The task that a low score opens.
    public struct Recovery: Hashable, Sendable, Codable {
        public var id: RecoveryID
        public var state: State
        public var customer: CustomerSummary
        public var ticket: TicketNumber
        public var score: Int
        /// The customer's words.
        public var comment: String?
        public var owner: AgentID?
        public var due: Timestamp
        public var openedAt: Timestamp
        public var doneAt: Timestamp?
        /// `worked`, or `corrected` by the customer.
        public var ending: String?
        /// What came of it, in the owner's words.
        public var outcome: String?

        public init(
            id: RecoveryID, state: State, customer: CustomerSummary, ticket: TicketNumber,
            score: Int, comment: String? = nil, owner: AgentID? = nil, due: Timestamp,
            openedAt: Timestamp, doneAt: Timestamp? = nil, ending: String? = nil,
            outcome: String? = nil
        ) {
            self.id = id
            self.state = state
            self.customer = customer
            self.ticket = ticket
            self.score = score
            self.comment = comment
            self.owner = owner
            self.due = due
            self.openedAt = openedAt
            self.doneAt = doneAt
            self.ending = ending
            self.outcome = outcome
        }

        enum CodingKeys: String, CodingKey {
            case id, state, customer, ticket, score, comment, owner, due
            case openedAt = "opened_at"
            case doneAt = "done_at"
            case ending, outcome
        }
    }
}

extension API.Recovery {
    public enum State: String, Hashable, Sendable, Codable {
        case open, taken, done
    }
}
