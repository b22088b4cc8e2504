internal import HelpdeskCore
internal import HelpdeskStore

/// Asks customers about the relationship as a whole when it has come of age, a few at a time.
struct SurveyCampaign {
    /// Customers in one round of the clock.
    static let perRound = 50
    /// Invitations in a day: a new campaign does not write to everybody at once.
    static let perDay = 500

    let session: TicketSession

    /// Whom to look at, under each policy.
    static func candidates(
        _ campaigns: [SurveyPolicy], _ reader: StoreReader, at now: Instant
    ) throws(StoreError) -> [CustomerID] {
        var customers: [CustomerID] = []
        for policy in campaigns { customers += try candidates(policy, reader, at: now) }
        return customers
    }

    /// Whom nobody asked, and whom to ask again.
    private static func candidates(
        _ policy: SurveyPolicy, _ reader: StoreReader, at now: Instant
    ) throws(StoreError) -> [CustomerID] {
        guard case .relationship(let after, let every) = policy.trigger,
            try reader.relationshipInvitations(since: now - .days(1), limit: perDay) < perDay
        else { return [] }
        var customers = try reader.neverAsked(since: now - after, limit: perRound)
        if let every {
            customers += try reader.askedBefore(now - every, limit: perRound)
        }
        return customers
    }

    /// One customer: scheduled, or passed over with a reason. Nothing where another worker was quicker.
    func consider(_ customer: CustomerID) throws {
        guard let known = try session.reader.relationship(of: customer) else { return }
        let campaigns = session.policy.surveys.campaigns
        let target = try SurveyTarget(customer, session)
        let subject = try SurveyFinding(session: session).subject(target)
        guard let policy = campaigns.first(where: { $0.conditions.hold(for: subject) }) else {
            guard let first = campaigns.first else { return }
            return try passOver(customer, first, .noPolicy)
        }
        guard let due = Self.due(policy, known.since, asked: known.asked) else {
            return try passOver(customer, policy, .alreadyAsked)
        }
        // Of a policy with more patience than the one that found them: its time is set now, and comes later.
        try SurveyDispatch(session: session).decide(
            target, policy, .relationship, wishes: SurveyDispatch.Wishes(at: due))
    }

    /// When a relationship is to be asked about; nil: never again.
    private static func due(
        _ policy: SurveyPolicy, _ since: Instant, asked: Instant?
    ) -> Instant? {
        guard case .relationship(let after, let every) = policy.trigger else { return nil }
        guard let asked else { return since + after }
        return every.map { asked + $0 }
    }

    private func passOver(
        _ customer: CustomerID, _ policy: SurveyPolicy, _ reason: SurveySkipReason
    ) throws {
        try session.transaction.append(
            .survey(
                .skipped(
                    SurveySkipped(
                        invitation: session.transaction.nextInvitation(), reason: reason,
                        kind: policy.kind, policy: policy.name, occasion: .relationship))),
            ticket: nil, customer: customer, by: .system)
    }
}
