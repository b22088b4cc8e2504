/// An agent whom the ticket should rather go to than to anybody else, and what became of that (DESIGN §4).
public struct PreferredAgent: Hashable, Sendable, Codable {
    public enum Because: String, Sendable, Codable, Hashable {
        case holder
        case lastServed = "last_served"
    }

    public enum Result: String, Sendable, Codable, Hashable {
        case taken
        case waitedFor = "waited_for"
        /// Absent or full for longer than the ticket can wait.
        case waitedOut = "waited_out"
        /// Off duty for longer than the ticket can wait: waiting would gain nothing.
        case backTooLate = "back_too_late"
        /// Cannot take it at all: the candidate's entry says why.
        case unable
        case scoredLow = "scored_low"
        /// Served this customer longer ago than the policy looks back.
        case tooLongAgo = "too_long_ago"
    }

    public var agent: AgentID
    public var because: Because
    public var result: Result

    public init(agent: AgentID, because: Because, result: Result) {
        self.agent = agent
        self.because = because
        self.result = result
    }
}
