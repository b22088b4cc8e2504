public import HelpdeskCore

extension API {
    /// The id of whoever wrote or caused something: a customer's number or an agent's login.
    public enum PartyID: Hashable, Sendable, Codable {
        case customer(CustomerID)
        case agent(AgentID)

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                self = .customer(CustomerID(rawValue: number))
            } else {
                self = .agent(AgentID(rawValue: try container.decode(String.self)))
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .customer(let customer): try container.encode(customer.rawValue)
            case .agent(let agent): try container.encode(agent.rawValue)
            }
        }
    }
}

extension API.Event.Actor {
    public init(_ actor: HelpdeskCore.Actor) {
        switch actor {
        case .customer(let customer): self.init(kind: actor.kind, id: .customer(customer))
        case .agent(let agent): self.init(kind: actor.kind, id: .agent(agent))
        case .bot, .system, .operator: self.init(kind: actor.kind, id: nil)
        }
    }
}
