internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine

extension APIRoute {
    /// Refuses callers whose role is not enough for the route. What they see on it is decided by the store.
    func admit(_ caller: Caller) throws(DeskProblem) {
        try admit(caller.scope)
        switch access {
        case .anyone, .agent: return
        case .lead:
            if caller.role >= .lead { return }
        case .admin:
            if caller.role >= .admin { return }
        case .integration:
            if Permission.allows(caller.role, .putMessagesIn) { return }
        }
        throw .forbidden(
            "\(summary.prefix(1).lowercased() + summary.dropFirst()): it takes the role \(least)")
    }

    /// A token may be for less than its agent may do.
    private func admit(_ scope: TokenScope) throws(DeskProblem) {
        switch scope {
        case .full: return
        case .read:
            if method == .get, access != .admin { return }
        case .intake:
            if access == .integration { return }
        }
        throw .forbidden(
            "\(summary.prefix(1).lowercased() + summary.dropFirst()): this token is for \(scope.rawValue) alone"
        )
    }

    private var least: String {
        switch access {
        case .anyone, .agent: "agent"
        case .lead: "lead"
        case .admin, .integration: "admin"
        }
    }
}
