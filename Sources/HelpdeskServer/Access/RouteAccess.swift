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
        throw refusal("it takes the role \(least)")
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
        throw refusal("this token is for \(scope.rawValue) alone")
    }

    /// `not allowed (it takes the role lead): Erase a customer`: summaries are titles, not all of them verbs.
    private func refusal(_ reason: String) -> DeskProblem {
        DeskProblem(403, .forbidden, "not allowed (\(reason)): \(summary)")
    }

    private var least: String {
        switch access {
        case .anyone, .agent: "agent"
        case .lead: "lead"
        case .admin, .integration: "admin"
        }
    }
}
