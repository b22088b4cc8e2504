import HelpdeskCore
import Testing

@Suite("Permissions")
struct PermissionTests {
    @Test("are what DESIGN §5 says, for every role and action", arguments: AgentAction.allCases)
    func table(action: AgentAction) {
        let least: AgentRole =
            switch action {
            case .workTickets, .setOwnPresence, .ownRecovery: .agent
            case .setOthersPresence, .ownOthersRecovery, .mergeCustomers, .workOutbox, .seeReports,
                .writeMacros:
                .lead
            case .workQuarantine, .putMessagesIn, .configure, .seeTokens, .eraseCustomer: .admin
            }
        for role in AgentRole.allCases {
            #expect(Permission.allows(role, action) == (role >= least), "\(role) \(action)")
        }
    }

    @Test("only grow from agent to lead to admin")
    func ordered() {
        #expect(AgentRole.agent < .lead && AgentRole.lead < .admin)
        for action in AgentAction.allCases {
            let allowed = AgentRole.allCases.sorted().map { Permission.allows($0, action) }
            #expect(allowed == allowed.sorted { !$0 && $1 })
        }
    }
}
