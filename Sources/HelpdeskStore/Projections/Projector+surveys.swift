internal import HelpdeskCore

extension Projector {
    func project(_ event: SurveyEvent, _ recorded: RecordedEvent) throws(StoreError) {
        try moment(event, recorded)
        switch event {
        case .scheduled(let scheduled):
            try self.scheduled(scheduled, recorded)
        case .skipped(let skipped):
            try self.skipped(skipped, recorded)
        case .postponed(let postponed):
            try connection.execute(
                "UPDATE invitations SET due = $1 WHERE id = $2",
                [postponed.due, postponed.invitation])
        case .cancelled(let cancelled):
            try connection.execute(
                "UPDATE invitations SET state = 'cancelled', skip_reason = $1 WHERE id = $2",
                [cancelled.reason.rawValue, cancelled.invitation])
        case .sent(let sent):
            try self.sent(sent, recorded)
        case .reminded(let reminded):
            try connection.execute(
                "UPDATE invitations SET remind_at = NULL, reminded_at = $1 WHERE id = $2",
                [reminded.delivery == nil ? nil : recorded.at, reminded.invitation])
        case .answered(let answered):
            try self.answered(answered, recorded)
        case .answeredInWords(let answered):
            try connection.execute(
                "UPDATE invitations SET words = $1 WHERE id = $2",
                [answered.message, answered.invitation])
        case .consentChanged(let change):
            try connection.execute(
                "UPDATE customers SET surveys_refused_at = $1 WHERE id = $2",
                [change.consent == .withdrawn ? recorded.at : nil, change.customer])
        case .recoveryOpened, .recoveryTaken, .recoveryDone:
            try recovery(event, recorded)
        }
    }

    private func scheduled(
        _ scheduled: SurveyScheduled, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let occasion = scheduled.occasion ?? .closing
        try connection.execute(
            """
            INSERT INTO invitations (
              id, ticket, customer, kind, policy, occasion, state, decided_at, due, hidden, team,
              inbox, language, recovery)
            VALUES ($1, $2, $3, $4, $5, $6, 'scheduled', $7, $8,
              COALESCE((SELECT t.hidden FROM tickets t WHERE t.number = $2), 0),
              (SELECT t.team FROM tickets t WHERE t.number = $2), $9, $10, $11)
            """,
            [
                scheduled.invitation, recorded.ticket, recorded.customer, scheduled.kind,
                scheduled.policy ?? SurveyPolicy.standardName, occasion.rawValue, recorded.at,
                scheduled.due, scheduled.inbox, scheduled.language, scheduled.recovery,
            ])
        if occasion == .relationship { try askedOfRelationship(recorded) }
    }

    private func skipped(
        _ skipped: SurveySkipped, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let invitation = skipped.invitation else { return }
        let occasion = skipped.occasion ?? .closing
        try connection.execute(
            """
            INSERT INTO invitations (
              id, ticket, customer, kind, policy, occasion, state, decided_at, hidden, team,
              skip_reason)
            VALUES ($1, $2, $3, $4, $5, $6, 'skipped', $7,
              COALESCE((SELECT t.hidden FROM tickets t WHERE t.number = $2), 0),
              (SELECT t.team FROM tickets t WHERE t.number = $2), $8)
            ON CONFLICT (id) DO UPDATE SET state = 'skipped', skip_reason = excluded.skip_reason
            """,
            [
                invitation, recorded.ticket, recorded.customer, skipped.kind ?? .csat,
                skipped.policy ?? SurveyPolicy.standardName, occasion.rawValue, recorded.at,
                skipped.reason.rawValue,
            ])
        if occasion == .relationship { try askedOfRelationship(recorded) }
    }

    /// Asked or passed over: the next time comes when the policy says, counted from here.
    private func askedOfRelationship(_ recorded: RecordedEvent) throws(StoreError) {
        try connection.execute(
            "UPDATE customers SET relationship_at = $1 WHERE id = $2",
            [recorded.at, recorded.customer])
    }

    private func sent(_ sent: SurveySent, _ recorded: RecordedEvent) throws(StoreError) {
        try connection.execute(
            """
            UPDATE invitations SET state = 'sent', expires = $1, token_hash = $2, agent = $3,
              inbox = $4, language = $5, asked_at = $6, delivery = $7, remind_at = $8,
              team = (SELECT t.team FROM tickets t WHERE t.number = invitations.ticket),
              hidden = COALESCE(
                (SELECT t.hidden FROM tickets t WHERE t.number = invitations.ticket), 0)
            WHERE id = $9
            """,
            [
                sent.expires, sent.tokenHash, sent.agent, sent.inbox, sent.language, recorded.at,
                sent.delivery, sent.reminder, sent.invitation,
            ])
        try connection.execute(
            "UPDATE customers SET last_asked_at = $1 WHERE id = $2",
            [recorded.at, recorded.customer])
    }

    private func answered(
        _ answered: SurveyAnswered, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            """
            UPDATE invitations SET state = 'answered', score = $1, answered_at = $2,
              comment = COALESCE($3, comment), way = $4
            WHERE id = $5
            """,
            [
                answered.score, recorded.at, answered.comment?.id,
                (answered.way ?? .page).rawValue, answered.invitation,
            ])
        try connection.execute(
            """
            UPDATE recoveries SET second_score = $1
            WHERE id = (SELECT i.recovery FROM invitations i WHERE i.id = $2)
            """, [answered.score, answered.invitation])
        guard let ticket = recorded.ticket else { return }
        try connection.execute(
            "UPDATE tickets SET score = $1, updated_at = $2, version = version + 1 WHERE number = $3",
            [answered.score, recorded.at, ticket])
    }

    private func recovery(
        _ event: SurveyEvent, _ recorded: RecordedEvent
    ) throws(StoreError) {
        switch event {
        case .recoveryOpened(let opened):
            try connection.execute(
                """
                INSERT INTO recoveries (
                  id, ticket, customer, invitation, score, owner, state, opened_at, due)
                VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)
                """,
                [
                    opened.recovery, recorded.ticket, recorded.customer, opened.invitation,
                    opened.score, opened.owner, recorded.at, opened.due,
                ])
        case .recoveryTaken(let taken):
            try connection.execute(
                "UPDATE recoveries SET owner = $1, state = 'taken' WHERE id = $2",
                [taken.owner, taken.recovery])
        case .recoveryDone(let done):
            try connection.execute(
                """
                UPDATE recoveries SET state = 'done', done_at = $1, ending = $2, outcome = $3
                WHERE id = $4
                """,
                [recorded.at, done.ending.rawValue, done.outcome?.id, done.recovery])
        case .scheduled, .skipped, .postponed, .cancelled, .sent, .reminded, .answered,
            .answeredInWords, .consentChanged:
            break
        }
    }
}
