public import HelpdeskCore

extension API {
    /// Who has a ticket in front of them now: told while it is so, kept nowhere.
    public struct Attention: Hashable, Sendable, Codable {
        public var ticket: TicketNumber
        /// By login.
        public var agents: [Attendant]

        public struct Attendant: Hashable, Sendable, Codable {
            public var agent: AgentID
            public var state: State
            public var since: Timestamp

            public init(agent: AgentID, state: State, since: Timestamp) {
                self.agent = agent
                self.state = state
                self.since = since
            }
        }

        public enum State: String, Hashable, Sendable, Codable, CaseIterable {
            case viewing, writing
        }

        public init(ticket: TicketNumber, agents: [Attendant]) {
            self.ticket = ticket
            self.agents = agents
        }
    }
}
