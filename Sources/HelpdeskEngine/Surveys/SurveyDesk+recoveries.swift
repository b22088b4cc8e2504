public import HelpdeskCore
internal import HelpdeskStore

/// The tasks that low scores open.
extension SurveyDesk {
    public func takeRecovery(
        _ id: RecoveryID, by caller: Caller
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let recovery = try Self.visible(id, transaction, caller)
            guard recovery.state != "done" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is done already")
            }
            guard recovery.owner != caller.agent || recovery.state != "taken" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is yours already")
            }
            try transaction.append(
                .survey(
                    .recoveryTaken(RecoveryTaken(recovery: id, owner: caller.agent))),
                ticket: recovery.ticket, customer: recovery.customer, by: caller.actor)
        }
    }

    public func finishRecovery(
        _ id: RecoveryID, outcome: String, by caller: Caller
    ) async throws(DeskFailure) {
        guard outcome.utf8.contains(where: { $0 > 0x20 }) else {
            throw .invalid(field: "outcome", expected: "what came of it, in a few words")
        }
        let desk = desk
        try await desk.write { transaction in
            let recovery = try Self.visible(id, transaction, caller)
            guard recovery.state != "done" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is done already")
            }
            if let owner = recovery.owner, owner != caller.agent,
                !Permission.allows(caller.role, .ownOthersRecovery)
            {
                throw DeskFailure.forbidden(
                    "finish a recovery of \(owner.rawValue); take it first")
            }
            let content = try transaction.keep(
                outcome, as: .outcome, of: recovery.customer, salt: desk.salt())
            try transaction.append(
                .survey(
                    .recoveryDone(
                        RecoveryDone(recovery: id, ending: .worked, outcome: content))),
                ticket: recovery.ticket, customer: recovery.customer, by: caller.actor)
            try Self.askAgain(
                after: recovery, TicketSession(desk, transaction, by: .system))
        }
    }

    /// Whether the repair was one, the customer says: once, where the policy wants to know.
    private static func askAgain(after recovery: RecoveryRow, _ session: TicketSession) throws {
        guard let asked = try session.reader.surveyWords(of: recovery.invitation) else { return }
        let policy = session.policy.surveys.policy(named: asked.policy, kind: asked.kind)
        guard let wait = policy.secondAsk else { return }
        let target: SurveyTarget =
            if let ticket = recovery.ticket {
                SurveyTarget(about: try session.row(ticket))
            } else {
                try SurveyTarget(recovery.customer, session)
            }
        try SurveyDispatch(session: session).decide(
            target, policy, .recovery,
            wishes: SurveyDispatch.Wishes(at: session.now + wait, recovery: recovery.id))
    }

    private static func visible(
        _ id: RecoveryID, _ transaction: StoreTransaction, _ caller: Caller
    ) throws -> RecoveryRow {
        guard let recovery = try transaction.reader.recovery(id) else {
            throw DeskFailure.notFound("recovery \(id.rawValue)")
        }
        if let ticket = recovery.ticket,
            try transaction.reader.ticket(ticket, viewer: caller.viewer) == nil
        {
            throw DeskFailure.notFound("recovery \(id.rawValue)")
        }
        return recovery
    }
}
