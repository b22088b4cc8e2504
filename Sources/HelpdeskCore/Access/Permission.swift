public enum AgentRole: String, Sendable, Codable, CaseIterable, Comparable {
    case agent, lead, admin

    private var rank: Int {
        switch self {
        case .agent: 0
        case .lead: 1
        case .admin: 2
        }
    }

    public static func < (left: AgentRole, right: AgentRole) -> Bool { left.rank < right.rank }
}

/// What somebody may want to do, as far as roles decide it. Which tickets they see at all is the viewer's business.
public enum AgentAction: Hashable, Sendable, CaseIterable {
    case workTickets
    case setOwnPresence
    case setOthersPresence
    case ownRecovery
    case ownOthersRecovery
    case mergeCustomers
    case seeReports
    case workOutbox
    case workQuarantine
    case putMessagesIn
    case configure
    case seeTokens
    case eraseCustomer
    case writeMacros
}

/// The one table of permissions (DESIGN §5): pure, and the same for API, screen and commands.
public enum Permission {
    public static func allows(_ role: AgentRole, _ action: AgentAction) -> Bool {
        role >= leastRole(action)
    }

    private static func leastRole(_ action: AgentAction) -> AgentRole {
        switch action {
        case .workTickets, .setOwnPresence, .ownRecovery: .agent
        case .setOthersPresence, .ownOthersRecovery, .mergeCustomers, .workOutbox, .seeReports,
            .writeMacros:
            .lead
        case .workQuarantine, .putMessagesIn, .configure, .seeTokens, .eraseCustomer: .admin
        }
    }
}
