public import HelpdeskAPI
public import HelpdeskCore

/// A selection of tickets. What is nil or empty does not narrow; no status = active tickets.
public struct TicketQuery: Hashable, Sendable {
    /// Whose tickets.
    public enum Holder: Hashable, Sendable {
        case me
        case nobody
        case agent(AgentID)
    }

    /// Which kinds of traffic; regular work unless said.
    public enum Traffic: Hashable, Sendable {
        case all
        case only(TicketClass)
    }

    /// What else is true of them.
    public enum Trait: String, Hashable, Sendable, CaseIterable {
        case unread, callback, snoozed, queued
        case wrapUp = "wrap_up"
    }

    public var statuses: [TicketStatus] = []
    public var holder: Holder?
    public var team: TeamID?
    public var tag: String?
    public var inbox: InboxID?
    public var customer: CustomerID?
    public var view: String?
    public var traffic: Traffic?
    public var trait: Trait?
    public var words: String?
    public var limit: Int?
    public var cursor: String?

    public init() {}

    /// The query string, with its question mark; empty when nothing narrows.
    public var text: String {
        let holderText: String? =
            switch holder {
            case .me: "me"
            case .nobody: "none"
            case .agent(let agent): agent.rawValue
            case nil: nil
            }
        let classText: String? =
            switch traffic {
            case .all: "all"
            case .only(let ticketClass): ticketClass.rawValue
            case nil: nil
            }
        let statusText = statuses.map(\.rawValue).joined(separator: ",")
        return PercentEncoding.query([
            ("status", statuses.isEmpty ? nil : statusText), ("assignee", holderText),
            ("team", team?.rawValue), ("tag", tag), ("inbox", inbox?.rawValue),
            ("customer", customer.map { String($0.rawValue) }), ("view", view),
            ("class", classText), ("is", trait?.rawValue), ("q", words),
            ("limit", limit.map { String($0) }),
            ("cursor", cursor),
        ])
    }
}

extension TicketQuery {
    /// Narrows by what was typed; throws `.configuration` for a value that its name does not take.
    public mutating func narrow(by typed: API.TypedSelection) throws(ClientFailure) {
        words = typed.words ?? words
        for (name, value) in typed.selection.sorted(by: { $0.key < $1.key }) {
            guard narrow(name, value) else {
                throw .configuration("\(name) cannot be \(value)")
            }
        }
    }

    private mutating func narrow(_ name: String, _ value: String) -> Bool {
        switch name {
        case "status":
            for word in value.split(separator: ",") {
                switch word {
                case "all": statuses += TicketStatus.allCases
                case "active": statuses += [.new, .open, .pending]
                default:
                    guard let status = TicketStatus(word: String(word)) else { return false }
                    statuses.append(status)
                }
            }
        case "assignee":
            holder =
                value == "me" ? .me : value == "none" ? .nobody : .agent(AgentID(rawValue: value))
        case "team": team = TeamID(rawValue: value)
        case "tag": tag = value
        case "inbox": inbox = InboxID(rawValue: value)
        case "customer":
            guard let number = Int64(value) else { return false }
            customer = CustomerID(rawValue: number)
        case "class":
            if value == "all" {
                traffic = .all
            } else if let known = TicketClass(rawValue: value) {
                traffic = .only(known)
            } else {
                return false
            }
        case "is":
            guard let known = Trait(rawValue: value) else { return false }
            trait = known
        case "view": view = value
        default: return false
        }
        return true
    }
}
