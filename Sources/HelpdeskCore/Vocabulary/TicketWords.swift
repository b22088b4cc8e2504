/// Where a ticket stands. Snooze is not a status but a wake-up time.
public enum TicketStatus: String, Sendable, Codable, CaseIterable {
    /// Nobody has answered yet.
    case new
    case open
    /// Waiting for the customer.
    case pending
    case closed

    public var isActive: Bool { self != .closed }

    /// Reads what people type; `solved` and `resolved` are understood as closed.
    public init?(word: String) {
        switch word {
        case "solved", "resolved": self = .closed
        default: self.init(rawValue: word)
        }
    }
}

public enum TicketPriority: String, Sendable, Codable, CaseIterable, Comparable {
    case low, normal, high, urgent

    public var rank: Int {
        switch self {
        case .low: 0
        case .normal: 1
        case .high: 2
        case .urgent: 3
        }
    }

    public static func < (left: TicketPriority, right: TicketPriority) -> Bool {
        left.rank < right.rank
    }
}

public enum ClosingReason: String, Sendable, Codable, CaseIterable {
    case solved
    case noAnswer = "no_answer"
    case duplicate
    case spam
    case wrappedUp = "wrapped_up"
}

/// What kind of traffic a ticket holds. Only `regular` is routed, acknowledged, measured and surveyed; the others
/// are kept in views of their own (DESIGN §4).
public enum TicketClass: String, Sendable, Codable, CaseIterable {
    case regular
    case spam
    /// Newsletters, list mail and other mail that machines sent.
    case bulk
}

/// Invariant 12: the past is not the present. History never causes anything to be sent, routed or asked.
public enum Origin: String, Sendable, Codable {
    case live
    case history
    /// Opened by an agent or through the API.
    case agent
}
