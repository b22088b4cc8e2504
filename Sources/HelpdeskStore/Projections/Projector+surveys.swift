internal import HelpdeskCore

extension Projector {
    func project(_ event: SurveyEvent, _ recorded: RecordedEvent) throws(StoreError) {
        try moment(event, recorded)
        switch event {
        case .scheduled(let scheduled):
            try connection.execute(
                """
                INSERT INTO invitations (id, ticket, customer, kind, state, due)
                VALUES ($1, $2, $3, $4, 'scheduled', $5)
                """,
                [
                    scheduled.invitation, recorded.ticket, recorded.customer, scheduled.kind,
                    scheduled.due,
                ])
        case .skipped(let skipped):
            guard let invitation = skipped.invitation else { return }
            try connection.execute(
                "UPDATE invitations SET state = 'skipped', skip_reason = $1 WHERE id = $2",
                [skipped.reason.rawValue, invitation])
        case .cancelled(let cancelled):
            try connection.execute(
                "UPDATE invitations SET state = 'cancelled', skip_reason = $1 WHERE id = $2",
                [cancelled.reason.rawValue, cancelled.invitation])
        case .sent(let sent):
            try self.sent(sent, recorded)
        case .answered(let answered):
            try self.answered(answered, recorded)
        case .recoveryOpened, .recoveryTaken, .recoveryDone:
            try recovery(event, recorded)
        }
    }

    private func sent(_ sent: SurveySent, _ recorded: RecordedEvent) throws(StoreError) {
        try connection.execute(
            """
            UPDATE invitations SET state = 'sent', expires = $1, token_hash = $2, agent = $3,
              inbox = $4, language = $5, asked_at = $6,
              team = (SELECT t.team FROM tickets t WHERE t.number = invitations.ticket)
            WHERE id = $7
            """,
            [
                sent.expires, sent.tokenHash, sent.agent, sent.inbox, sent.language, recorded.at,
                sent.invitation,
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
              comment = COALESCE($3, comment)
            WHERE id = $4
            """,
            [answered.score, recorded.at, answered.comment?.id, answered.invitation])
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
        case .scheduled, .skipped, .cancelled, .sent, .answered:
            break
        }
    }
}
