internal import HelpdeskCore
internal import HelpdeskStore

/// The one reminder of an invitation that nobody answered.
struct SurveyReminding {
    let session: TicketSession

    func remind(_ sent: SentInvitation) throws {
        let target: SurveyTarget =
            if let ticket = sent.ticket {
                SurveyTarget(about: try session.row(ticket))
            } else {
                try SurveyTarget(sent.customer, session)
            }
        let policy = session.policy.surveys.policy(named: sent.policy, kind: sent.invitation.kind)
        let zone = try SurveyFinding(session: session).zone(target, policy)
        // Quiet hours may have been set since: it waits for the next look.
        guard policy.firstLoudMoment(from: session.now, in: zone) <= session.now else { return }
        if let reason = try reasonAgainst(sent, target, policy) {
            return try note(sent, target, delivery: nil, reason: reason)
        }
        let choice = try SurveyWays(session: session).choose(target, inbox: sent.inbox)
        let delivery = try choice.flatMap {
            try SurveySending(session: session, policy: policy).remind(sent, target, $0)
        }
        try note(
            sent, target, delivery: delivery,
            reason: delivery == nil ? .noReachableChannel : nil)
    }

    private func reasonAgainst(
        _ sent: SentInvitation, _ target: SurveyTarget, _ policy: SurveyPolicy
    ) throws -> SurveySkipReason? {
        if policy.surveys == .off || policy.reminder == nil { return .disabled }
        if try session.reader.refusesSurveys(sent.customer) { return .optedOut }
        if try session.reader.isBlocked(sent.customer) { return .blocked }
        // They wrote instead, or something is still wrong: that is what there is to talk about now.
        if sent.words != nil { return .alreadyAsked }
        guard let ticket = target.ticket?.ticket else { return nil }
        if ticket.mergedInto != nil { return .merged }
        if ticket.ticketClass != .regular { return .notRegular }
        return ticket.status == .closed ? nil : .reopened
    }

    private func note(
        _ sent: SentInvitation, _ target: SurveyTarget, delivery: DeliveryID?,
        reason: SurveySkipReason?
    ) throws {
        try session.transaction.append(
            .survey(
                .reminded(
                    SurveyReminded(
                        invitation: sent.invitation.id, delivery: delivery, reason: reason))),
            ticket: sent.ticket, customer: sent.customer, by: .system)
    }
}
