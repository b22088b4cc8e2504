internal import HelpdeskCore
internal import HelpdeskStore

/// The dispatcher of surveys within a transaction: decides when a ticket closes, decides once more when the delay is over,
/// and has the invitation queued. Every "no" is an event with its reason (invariant 7).
struct SurveyDispatch {
    let session: TicketSession

    private var finding: SurveyFinding { SurveyFinding(session: session) }
    private var ways: SurveyWays { SurveyWays(session: session) }

    func ticketClosed(_ row: TicketRow, cause: Position) throws {
        let target = SurveyTarget(about: row)
        let policy = session.policy.surveys.closing(for: try finding.subject(target))
        try decide(target, policy, .closing, cause: cause)
    }

    func ticketReopened(_ ticket: TicketNumber, cause: Position) throws {
        let row = try session.row(ticket)
        for invitation in try session.reader.scheduledInvitations(of: ticket) {
            try session.append(
                .survey(.cancelled(SurveyCancelled(invitation: invitation, reason: .reopened))),
                on: row, cause: cause)
        }
    }

    /// What was decided.
    struct Outcome {
        let invitation: InvitationID
        let decision: SurveyDecision
    }

    /// Wishes of whoever asks for a survey by name.
    struct Wishes {
        var inbox: InboxID?
        var language: String?
        /// Not before then.
        var at: Instant?
        var recovery: RecoveryID?
    }

    /// Decides for the first time and writes it down.
    @discardableResult
    func decide(
        _ target: SurveyTarget, _ policy: SurveyPolicy, _ occasion: SurveyOccasion,
        wishes: Wishes = Wishes(), cause: Position? = nil
    ) throws -> Outcome {
        let invitation = session.transaction.nextInvitation()
        let reach: SurveyFacts.Reach =
            try ways.choose(target, inbox: wishes.inbox) == nil ? .unreachable : .reachable
        var facts = try finding.facts(target, policy: policy, occasion: occasion, reach: reach)
        // A relationship waits until they may be asked again.
        let rested = occasion == .relationship ? facts.lastAsked.map { $0 + policy.cooldown } : nil
        if occasion == .relationship { facts.cooling = .waived }
        let decision = policy.decide(facts, closedAt: session.now)
        switch decision {
        case .ask(let due):
            // The delay is for tickets that may open again, and for a repair that is to be felt.
            let usual = occasion == .closing ? due : session.now
            let earliest = max(usual, wishes.at ?? usual, rested ?? usual)
            let at = policy.firstLoudMoment(from: earliest, in: facts.zone)
            try append(
                .scheduled(
                    SurveyScheduled(
                        invitation: invitation, kind: policy.kind, due: at, policy: policy.name,
                        occasion: occasion, inbox: wishes.inbox, language: wishes.language,
                        recovery: wishes.recovery)), target, cause: cause)
            return Outcome(invitation: invitation, decision: .ask(at: at))
        case .skip(let reason):
            try append(
                .skipped(
                    SurveySkipped(
                        invitation: invitation, reason: reason, kind: policy.kind,
                        policy: policy.name, occasion: occasion)), target, cause: cause)
            return Outcome(invitation: invitation, decision: decision)
        }
    }

    /// The delay is over: what held then may not hold now.
    func send(_ due: DueInvitation) throws {
        let target = try SurveyTarget(due, session)
        let policy = session.policy.surveys.policy(named: due.policy, kind: due.kind)
        let choice = try ways.choose(target, inbox: due.inbox)
        let facts = try finding.facts(
            target, policy: policy, occasion: due.occasion,
            reach: choice == nil ? .unreachable : .reachable)
        switch policy.decideAgain(facts, at: session.now) {
        case .skip(let reason):
            try skip(due, reason, target)
        case .ask(let moment) where moment > session.now:
            try append(
                .postponed(SurveyPostponed(invitation: due.invitation, due: moment)), target)
        case .ask:
            guard let choice,
                let sent = try SurveySending(session: session, policy: policy)
                    .send(due, target, choice, zone: facts.zone)
            else { return try skip(due, .noReachableChannel, target) }
            try append(.sent(sent), target)
        }
    }

    private func skip(
        _ due: DueInvitation, _ reason: SurveySkipReason, _ target: SurveyTarget
    ) throws {
        try append(
            .skipped(
                SurveySkipped(
                    invitation: due.invitation, reason: reason, kind: due.kind,
                    policy: due.policy, occasion: due.occasion)), target)
    }

    private func append(
        _ event: SurveyEvent, _ target: SurveyTarget, cause: Position? = nil
    ) throws {
        try session.transaction.append(
            .survey(event), ticket: target.ticket?.ticket.number, customer: target.customer,
            by: .system, command: session.command, cause: cause)
    }
}
