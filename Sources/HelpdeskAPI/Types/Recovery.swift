public import HelpdeskCore

extension API {
    /// The task that a low score opens.
    public struct Recovery: Hashable, Sendable, Codable {
        public var id: RecoveryID
        public var state: State
        public var customer: CustomerSummary
        /// Nil when the question was about no ticket.
        public var ticket: TicketNumber?
        /// The question that was answered.
        public var kind: SurveyKind
        public var score: Int
        /// The customer's words.
        public var comment: String?
        /// Whose work was rated.
        public var agent: AgentID?
        public var team: TeamID?
        public var owner: AgentID?
        public var due: Timestamp
        public var openedAt: Timestamp
        public var doneAt: Timestamp?
        /// `worked`, or `corrected` by the customer.
        public var ending: String?
        /// What came of it, in the owner's words.
        public var outcome: String?
        /// What the customer gave when asked again after the repair.
        public var secondScore: Int?

        public init(
            id: RecoveryID, state: State, customer: CustomerSummary, ticket: TicketNumber?,
            kind: SurveyKind = .csat, score: Int, comment: String? = nil, agent: AgentID? = nil,
            team: TeamID? = nil, owner: AgentID? = nil, due: Timestamp, openedAt: Timestamp,
            doneAt: Timestamp? = nil, ending: String? = nil, outcome: String? = nil,
            secondScore: Int? = nil
        ) {
            self.id = id
            self.state = state
            self.customer = customer
            self.ticket = ticket
            self.kind = kind
            self.score = score
            self.comment = comment
            self.agent = agent
            self.team = team
            self.owner = owner
            self.due = due
            self.openedAt = openedAt
            self.doneAt = doneAt
            self.ending = ending
            self.outcome = outcome
            self.secondScore = secondScore
        }

        enum CodingKeys: String, CodingKey {
            case id, state, customer, ticket, kind, score, comment, agent, team, owner, due
            case openedAt = "opened_at"
            case doneAt = "done_at"
            case ending, outcome
            case secondScore = "second_score"
        }
    }
}

extension API.Recovery {
    public enum State: String, Hashable, Sendable, Codable {
        case open, taken, done
    }
}
