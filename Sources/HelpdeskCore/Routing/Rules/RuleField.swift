/// What a rule may ask about, by the name that the configuration gives it.
public enum RuleField: Hashable, Sendable {
    case inbox, channel, team, agent, status, priority, language, subject, text, sender
    /// Tags of the ticket.
    case tag
    /// Segments of the customer.
    case segment
    /// `vip` or `regular`.
    case standing
    /// An attribute of the customer, as the CRM or an agent set it.
    case attribute(String)
    case hoursSince(RuleMoment)
    /// What a field held before the change that is being judged.
    indirect case previous(RuleField)

    /// Reads `inbox`, `customer.tier`, `hours_since.opened`, `previous.status`; nil for what is no field.
    public init?(name: String) {
        if let plain = Self.plain[name] {
            self = plain
        } else if let key = Self.rest(of: name, after: "customer."), !key.isEmpty {
            self = .attribute(key)
        } else if let word = Self.rest(of: name, after: "hours_since."),
            let moment = RuleMoment(rawValue: word)
        {
            self = .hoursSince(moment)
        } else if let word = Self.rest(of: name, after: "previous."), let field = Self.plain[word] {
            self = .previous(field)
        } else {
            return nil
        }
    }

    /// As it is read.
    public var name: String {
        switch self {
        case .attribute(let key): "customer.\(key)"
        case .hoursSince(let moment): "hours_since.\(moment.rawValue)"
        case .previous(let field): "previous.\(field.name)"
        case .inbox: "inbox"
        case .channel: "channel"
        case .team: "team"
        case .agent: "agent"
        case .status: "status"
        case .priority: "priority"
        case .language: "language"
        case .subject: "subject"
        case .text: "text"
        case .sender: "sender"
        case .tag: "tag"
        case .segment: "segment"
        case .standing: "standing"
        }
    }

    private static let plain: [String: RuleField] = {
        let fields: [RuleField] = [
            .inbox, .channel, .team, .agent, .status, .priority, .language, .subject, .text,
            .sender, .tag, .segment, .standing,
        ]
        return Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }()

    private static func rest(of name: String, after prefix: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
}

/// A moment in a ticket's life that a rule may count hours from.
public enum RuleMoment: String, Hashable, Sendable, CaseIterable {
    case opened
    case firstAnswer = "first_answer"
    case lastAnswer = "last_answer"
    case closed
}
