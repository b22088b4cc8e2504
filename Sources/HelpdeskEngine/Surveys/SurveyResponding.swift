internal import HelpdeskCore
internal import HelpdeskStore

/// Records one answer within the transaction, and what it calls for.
struct SurveyResponding {
    let session: TicketSession
    let found: SentInvitation

    private var policy: SurveyPolicy {
        session.policy.surveys.policy(named: found.policy, kind: found.invitation.kind)
    }

    /// An answer on the page.
    func record(score: Int, comment: String?) throws {
        let open = try session.reader.openRecovery(of: found.customer)
        // Judged before anything is written: a refused answer leaves nothing behind.
        guard try decide(score, comment: nil, .page, open) != nil || isNews(comment) else { return }
        let content = try comment.map {
            try session.keep($0, as: .comment, of: found.customer)
        }
        guard let result = try decide(score, comment: content, .page, open) else { return }
        try record(result, open)
    }

    /// An answer that was a message.
    func record(score: Int, message: MessageID) throws {
        let open = try session.reader.openRecovery(of: found.customer)
        guard var result = try decide(score, comment: nil, .message, open) else { return }
        result.answered.message = message
        try record(result, open)
    }

    private func record(
        _ result: (answered: SurveyAnswered, step: RecoveryStep), _ open: RecoveryRow?
    ) throws {
        let answered = try append(.answered(result.answered), by: .customer(found.customer))
        try follow(result.step, score: result.answered.score, open, cause: answered.position)
    }

    /// Nil when nothing changes.
    private func decide(
        _ score: Int, comment: ContentRef?, _ way: ResponseWay, _ open: RecoveryRow?
    ) throws -> (answered: SurveyAnswered, step: RecoveryStep)? {
        do throws(ResponseRejection) {
            return try found.invitation.answer(
                score: score, comment: comment, by: way, openRecovery: open?.id, policy: policy,
                at: session.now)
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
        case .none:
            // Somebody is at it already, and hears that the customer is unhappy about something else as well.
            guard policy.isLow(score, found.invitation.kind), !wasLow, let open else { return }
            try hear(
                low(score, recovery: open.id, owner: open.owner, due: nil), opened: .before,
                cause: cause)
        case .open(let due):
            let recovery = RecoveryOpened(
                recovery: session.transaction.nextRecovery(), invitation: found.invitation.id,
                score: score, owner: try owner(), due: workingTime(from: due))
            let opened = try append(.recoveryOpened(recovery), by: .system, cause: cause)
            try hear(
                low(
                    score, recovery: recovery.recovery, owner: recovery.owner, due: recovery.due),
                opened: .now, cause: opened.position)
        case .close(let recovery):
            // A good score on another ticket does not undo the bad one.
            guard open?.invitation == found.invitation.id else { return }
            try append(
                .recoveryDone(
                    RecoveryDone(recovery: recovery, ending: .corrected, outcome: nil)),
                by: .system, cause: cause)
        }
    }

    private var wasLow: Bool {
        guard case .answered(let earlier, _) = found.invitation.response else { return false }
        return policy.isLow(earlier, found.invitation.kind)
    }

    private func low(
        _ score: Int, recovery: RecoveryID, owner: AgentID?, due: Instant?
    ) -> LowScore {
        LowScore(
            invitation: found.invitation.id, kind: found.invitation.kind, score: score,
            rated: found.ticket == nil ? .relationship : .ticket, recovery: recovery,
            owner: owner, due: due)
    }

    /// At once: whoever makes it good, and the leads, whether or not somebody has it. A score of no ticket is told beside the
    /// customer's newest one that everybody may see, so that there is something to open.
    private func hear(_ low: LowScore, opened: LowScore.Opened, cause: Position) throws {
        let subject: NoticeSubject
        if let ticket = found.ticket {
            subject = .ticket(try session.row(ticket))
        } else if let anchor = try SurveyTarget(found.customer, session).anchor {
            subject = .ticket(anchor)
        } else {
            subject = .customer(found.customer, found.inbox)
        }
        let leads = try session.reader.leadsForScores(of: team)
        for (agent, occasion) in low.listeners(leads: leads, opened: opened) {
            try Noticing(session: session).tell(agent, occasion, subject, cause: cause)
        }
    }

    /// Nobody can keep a time at which nobody works: then it is when they begin again.
    private func workingTime(from due: Instant) -> Instant {
        let hours = team.flatMap { session.policy.teams[$0]?.team.hours }
        return hours?.nextOpen(from: due, before: due + BusinessHours.horizon) ?? due
    }

    /// Of the ticket that was rated; of none, that of the inbox through which was asked.
    private var team: TeamID? {
        found.team ?? found.inbox.flatMap { session.policy.inboxes[$0]?.team }
    }

    private func owner() throws -> AgentID? {
        let lead = try team.flatMap { try session.reader.lead(of: $0) }
        let rated = try found.agent.flatMap { try session.reader.isActive($0) ? $0 : nil }
        return switch policy.recoveryOwner {
        case .lead: lead ?? rated
        case .agent: rated ?? lead
        }
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
