internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTelling {
    /// What went to a customer, with what became of it. What is still on its way, or waits for a person, is not told: this desk
    /// sends it, no other may. Mail to agents is the desk's own.
    func record(
        of queued: DeliveryQueued, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchiveRecord? {
        guard queued.agent == nil, let found = try reader.archivable(queued.delivery),
            found.state.isFinal
        else { return nil }
        switch queued.purpose {
        case .reply, .acknowledgement, .survey, .notice: break
        case .notification, .digest: return nil
        }
        let content = try reader.deliveryContent(queued.content.id)
        return .delivery(
            ArchivedDelivery(
                id: try names.of(queued.delivery), at: ArchiveTime(recorded.at),
                ticket: try recorded.ticket.map { id throws(StoreError) in try names.of(id) },
                customer: try recorded.customer.map { id throws(StoreError) in try names.of(id) },
                purpose: queued.purpose, inbox: queued.inbox,
                message: try queued.message.map { id throws(StoreError) in try names.of(id) },
                recipients: content?.recipients ?? [], subject: content?.subject,
                reference: content?.messageID, state: found.state, attempts: found.attempts,
                settled: ArchiveTime(found.settledAt ?? recorded.at), code: found.code,
                detail: found.detail, report: found.report))
    }

    func record(
        of event: SurveyEvent, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchiveRecord? {
        switch event {
        case .sent(let sent):
            guard var survey = try survey(sent.invitation, .sent, recorded) else { return nil }
            survey.inbox = sent.inbox
            survey.agent = sent.agent
            survey.language = sent.language
            survey.expires = ArchiveTime(sent.expires)
            survey.token = sent.tokenHash
            return .survey(survey)
        case .skipped(let skipped):
            guard let id = skipped.invitation,
                var survey = try survey(id, .skipped, recorded)
            else { return nil }
            survey.reason = skipped.reason.rawValue
            return .survey(survey)
        case .cancelled(let cancelled):
            guard var survey = try survey(cancelled.invitation, .cancelled, recorded) else {
                return nil
            }
            survey.reason = cancelled.reason.rawValue
            return .survey(survey)
        case .answered(let answered):
            return .surveyAnswer(
                ArchivedSurveyAnswer(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), survey: try names.of(answered.invitation),
                    score: answered.score, previous: answered.previous,
                    comment: try text(answered.comment), way: answered.way ?? .page,
                    message: try answered.message.map { id throws(StoreError) in
                        try names.of(id)
                    }))
        case .answeredInWords(let words):
            return .surveyWords(
                ArchivedSurveyWords(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), survey: try names.of(words.invitation),
                    message: try names.of(words.message)))
        case .recoveryOpened, .recoveryTaken, .recoveryDone:
            return try recovery(event, recorded)
        // Scheduled: not asked yet, and asked by this desk alone. Consent stands on the customer's card.
        case .scheduled, .postponed, .reminded, .consentChanged: return nil
        }
    }

    private func survey(
        _ id: InvitationID, _ outcome: ArchivedSurvey.Outcome, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedSurvey? {
        guard let customer = recorded.customer, let row = try reader.archivable(id) else {
            return nil
        }
        return ArchivedSurvey(
            id: try names.of(id), at: ArchiveTime(row.decidedAt),
            ticket: try recorded.ticket.map { id throws(StoreError) in try names.of(id) },
            customer: try names.of(customer), kind: row.kind, policy: row.policy,
            occasion: row.occasion,
            recovery: try row.recovery.map { id throws(StoreError) in try names.of(id) },
            outcome: outcome, decided: ArchiveTime(recorded.at))
    }

    private func recovery(
        _ event: SurveyEvent, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchiveRecord? {
        switch event {
        case .recoveryOpened(let opened):
            guard let customer = recorded.customer else { return nil }
            return .recovery(
                ArchivedRecovery(
                    id: try names.of(opened.recovery), at: ArchiveTime(recorded.at),
                    ticket: try recorded.ticket.map { id throws(StoreError) in try names.of(id) },
                    customer: try names.of(customer), survey: try names.of(opened.invitation),
                    score: opened.score, owner: opened.owner, due: ArchiveTime(opened.due)))
        case .recoveryTaken(let taken):
            return .recoveryTaken(
                ArchivedRecoveryTaken(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), recovery: try names.of(taken.recovery),
                    owner: taken.owner))
        case .recoveryDone(let done):
            return .recoveryDone(
                ArchivedRecoveryDone(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), recovery: try names.of(done.recovery),
                    ending: done.ending, outcome: try text(done.outcome)))
        default: return nil
        }
    }
}
