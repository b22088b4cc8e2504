/// Who caused an event.
public enum Actor: Hashable, Sendable {
    case customer(CustomerID)
    case agent(AgentID)
    case bot
    /// The daemon itself: router, clock, outbox, survey dispatcher.
    case system
    /// Ops, through `hamdeld`.
    case `operator`

    public var kind: String {
        switch self {
        case .customer: "customer"
        case .agent: "agent"
        case .bot: "bot"
        case .system: "system"
        case .operator: "operator"
        }
    }

    public var id: String? {
        switch self {
        case .customer(let customer): String(customer.rawValue)
        case .agent(let agent): agent.rawValue
        case .bot, .system, .operator: nil
        }
    }

    /// Reads what the stream stores; nil for a kind from a newer version.
    public init?(kind: String, id: String?) {
        switch kind {
        case "customer":
            guard let id, let number = Int64(id) else { return nil }
            self = .customer(CustomerID(rawValue: number))
        case "agent":
            guard let id else { return nil }
            self = .agent(AgentID(rawValue: id))
        case "bot": self = .bot
        case "system": self = .system
        case "operator": self = .operator
        default: return nil
        }
    }
}
