internal import HelpdeskCore
internal import HelpdeskStore

/// Records one answer within the transaction, and what it calls for.
struct SurveyResponding {
    let session: TicketSession
    let found: SentInvitation

    func record(score: Int, comment: String?) throws {
        let open = try session.reader.openRecovery(of: found.customer)
        // Judged before anything is written: a refused answer leaves nothing behind.
        guard try decide(score, comment: nil, open) != nil || isNews(comment) else { return }
        let content = try comment.map {
            try session.keep($0, as: .comment, of: found.customer)
        }
        guard let result = try decide(score, comment: content, open) else { return }
        let answered = try append(.answered(result.answered), by: .customer(found.customer))
        try follow(result.step, score: score, open, cause: answered.position)
    }

    /// Nil when nothing changes.
    private func decide(
        _ score: Int, comment: ContentRef?, _ open: RecoveryRow?
    ) throws -> (answered: SurveyAnswered, step: RecoveryStep)? {
        do throws(ResponseRejection) {
            return try found.invitation.answer(
                score: score, comment: comment, openRecovery: open?.id,
                policy: session.policy.survey, at: session.now)
        } catch {
            switch error {
            case .unchanged: return nil
            case .expired: throw DeskFailure.gone("the time to answer this survey is over")
            case .scoreOutOfRange(let kind):
                throw DeskFailure.invalid(
                    field: "score",
                    expected: "\(kind.scores.lowerBound) to \(kind.scores.upperBound)")
            }
        }
    }

    private func isNews(_ comment: String?) throws -> Bool {
        guard let comment else { return false }
        return try found.comment.flatMap { try session.reader.content($0) } != comment
    }

    private func follow(
        _ step: RecoveryStep, score: Int, _ open: RecoveryRow?, cause: Position
    ) throws {
        switch step {
        case .none: break
        case .open(let due):
            let recovery = RecoveryOpened(
                recovery: session.transaction.nextRecovery(), invitation: found.invitation.id,
                score: score, owner: try owner(), due: due)
            let opened = try append(.recoveryOpened(recovery), by: .system, cause: cause)
            guard let owner = recovery.owner, let ticket = found.ticket else { return }
            try Noticing(session: session).tell(
                owner, .recoveryOpened(recovery.recovery, score: score, due: due),
                try session.row(ticket), cause: opened.position)
        case .close(let recovery):
            // A good score on another ticket does not undo the bad one.
            guard open?.invitation == found.invitation.id else { return }
            try append(
                .recoveryDone(
                    RecoveryDone(recovery: recovery, ending: .corrected, outcome: nil)),
                by: .system, cause: cause)
        }
    }

    /// The team's lead; without one, who was rated.
    private func owner() throws -> AgentID? {
        if let team = found.team, let lead = try session.reader.lead(of: team) { return lead }
        return found.agent
    }

    @discardableResult
    private func append(
        _ event: SurveyEvent, by actor: Actor, cause: Position? = nil
    ) throws -> RecordedEvent {
        try session.transaction.append(
            .survey(event), ticket: found.ticket, customer: found.customer, by: actor,
            cause: cause)
    }
}
