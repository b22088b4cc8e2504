internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTaking {
    private func refer(
        _ ticket: String?, _ customer: String?
    ) throws -> (ticket: TicketNumber?, customer: CustomerID?) {
        (try ticket.map { try local($0) }, try customer.map { try local($0) })
    }

    /// Queued and settled in one transaction: there is no moment at which the outbox could find it.
    func take(_ archived: ArchivedDelivery) throws {
        guard archived.state.isFinal, archived.purpose != .digest, archived.purpose != .notification
        else {
            throw ArchiveRejection.reason(
                "state: only what is over can be brought in, and nothing that went to agents")
        }
        let place = try refer(archived.ticket, archived.customer)
        let message: MessageID? = try archived.message.map { try local($0) }
        let id = transaction.nextDelivery()
        let content: ContentRef
        if let reference = archived.reference {
            content = try transaction.keep(
                json: DeliveryContent(
                    recipients: archived.recipients, subject: archived.subject,
                    messageID: reference), as: .delivery, of: place.customer, salt: desk.salt())
        } else {
            content = try transaction.keepErased(.delivery, of: place.customer)
        }
        let queued = DeliveryQueued(
            delivery: id, purpose: archived.purpose, inbox: archived.inbox, message: message,
            invitation: nil, content: content, due: past(archived.at))
        try tell(.queued(queued), place, at: archived.at)
        try settle(archived, id, place)
        try keep(archived.id, .delivery, made: id.rawValue)
    }

    private func settle(
        _ archived: ArchivedDelivery, _ id: DeliveryID,
        _ place: (ticket: TicketNumber?, customer: CustomerID?)
    ) throws {
        let verdict = archived.report.flatMap(DeliveryReported.Verdict.init(rawValue:))
        // What was said of it later came to what had been sent.
        let wasSent = archived.state == .delivered || verdict?.isBounce == true
        let detail = try keep(archived.detail, as: .deliveryDetail, of: place.customer)
        let settled = DeliverySettled(
            delivery: id, state: wasSent ? .sent : archived.state,
            attempt: max(0, min(archived.attempts, 1_000_000)), next: nil, code: archived.code,
            detail: detail)
        try tell(.settled(settled), place, at: archived.settled)
        if archived.state == .delivered, verdict == nil || verdict == .read {
            try tell(
                .receiptArrived(
                    ReceiptArrived(delivery: id, kind: verdict == .read ? .read : .delivered)),
                place, at: archived.settled)
        } else if let verdict {
            try tell(
                .reported(
                    DeliveryReported(
                        delivery: id, verdict: verdict, report: MessageID(rawValue: 0),
                        code: archived.code, detail: nil)), place, at: archived.settled)
        }
    }

    private func tell(
        _ event: DeliveryEvent, _ place: (ticket: TicketNumber?, customer: CustomerID?),
        at time: ArchiveTime
    ) throws {
        try append(
            .delivery(event), ticket: place.ticket, customer: place.customer, by: .system,
            at: past(time))
    }

    /// Scheduled and decided in one transaction: nobody is asked again.
    func take(_ archived: ArchivedSurvey) throws {
        let place = try refer(archived.ticket, archived.customer)
        let recovery: RecoveryID? = try optional(archived.recovery)
        let id = transaction.nextInvitation()
        let outcome: SurveyEvent
        switch archived.outcome {
        case .sent:
            guard let token = archived.token, let inbox = archived.inbox,
                let expires = archived.expires
            else {
                throw ArchiveRejection.reason("a survey that was sent has token, inbox and expires")
            }
            guard try !reader.hasInvitation(tokenHash: token) else {
                throw ArchiveRejection.reason("token: a survey with this token is here already")
            }
            outcome = .sent(
                SurveySent(
                    invitation: id, delivery: DeliveryID(rawValue: 0), inbox: inbox,
                    agent: archived.agent, language: archived.language ?? "en",
                    expires: expires.instant, tokenHash: token))
        case .skipped:
            outcome = .skipped(
                SurveySkipped(
                    invitation: id, reason: try Self.word(archived.reason), kind: archived.kind,
                    policy: archived.policy, occasion: archived.occasion))
        case .cancelled:
            outcome = .cancelled(
                SurveyCancelled(invitation: id, reason: try Self.word(archived.reason)))
        }
        try tell(
            .scheduled(
                SurveyScheduled(
                    invitation: id, kind: archived.kind, due: past(archived.decided),
                    policy: archived.policy, occasion: archived.occasion, recovery: recovery)),
            place, by: .system, at: archived.at)
        try tell(outcome, place, by: .system, at: archived.decided)
        try keep(archived.id, .survey, made: id.rawValue)
    }

    private static func word<Word: RawRepresentable>(
        _ text: String?
    ) throws(ArchiveRejection) -> Word where Word.RawValue == String {
        guard let text, let word = Word(rawValue: text) else {
            throw .reason(
                "reason: \(text.map { String($0.prefix(40)) } ?? "nothing") is none of its words")
        }
        return word
    }

    /// Where the survey that a record speaks of was.
    private func place(
        of survey: InvitationID, _ id: String
    ) throws -> (ticket: TicketNumber?, customer: CustomerID?) {
        guard let place = try reader.placeOfInvitation(survey) else {
            throw ArchiveRejection.missing(id)
        }
        return (place.ticket, place.customer)
    }

    func take(_ archived: ArchivedSurveyAnswer) throws {
        let survey: InvitationID = try local(archived.survey)
        let place = try place(of: survey, archived.survey)
        guard let kind = try reader.archivable(survey)?.kind, kind.scores.contains(archived.score)
        else { throw ArchiveRejection.reason("score: \(archived.score) is none of its survey") }
        let position = try tell(
            .answered(
                SurveyAnswered(
                    invitation: survey, score: archived.score, previous: archived.previous,
                    comment: try keep(archived.comment, as: .comment, of: place.customer),
                    way: archived.way, message: try optional(archived.message))), place,
            by: try actor(archived.by), at: archived.at)
        try keep(archived.id, .change, made: position.rawValue)
    }

    func take(_ archived: ArchivedSurveyWords) throws {
        let survey: InvitationID = try local(archived.survey)
        let position = try tell(
            .answeredInWords(
                SurveyAnsweredInWords(
                    invitation: survey, message: try local(archived.message))),
            try place(of: survey, archived.survey), by: try actor(archived.by), at: archived.at)
        try keep(archived.id, .change, made: position.rawValue)
    }

    func take(_ archived: ArchivedRecovery) throws {
        let survey: InvitationID = try local(archived.survey)
        let place = try refer(archived.ticket, archived.customer)
        let id = transaction.nextRecovery()
        try tell(
            .recoveryOpened(
                RecoveryOpened(
                    recovery: id, invitation: survey, score: archived.score, owner: archived.owner,
                    due: archived.due.instant)), place, by: .system, at: archived.at)
        try keep(archived.id, .recovery, made: id.rawValue)
    }

    func take(_ archived: ArchivedRecoveryTaken) throws {
        let recovery: RecoveryID = try local(archived.recovery)
        guard let place = try reader.placeOfRecovery(recovery) else {
            throw ArchiveRejection.missing(archived.recovery)
        }
        let position = try tell(
            .recoveryTaken(RecoveryTaken(recovery: recovery, owner: archived.owner)),
            (place.ticket, place.customer), by: try actor(archived.by), at: archived.at)
        try keep(archived.id, .change, made: position.rawValue)
    }

    func take(_ archived: ArchivedRecoveryDone) throws {
        let recovery: RecoveryID = try local(archived.recovery)
        guard let place = try reader.placeOfRecovery(recovery) else {
            throw ArchiveRejection.missing(archived.recovery)
        }
        let position = try tell(
            .recoveryDone(
                RecoveryDone(
                    recovery: recovery, ending: archived.ending,
                    outcome: try keep(archived.outcome, as: .outcome, of: place.customer))),
            (place.ticket, place.customer), by: try actor(archived.by), at: archived.at)
        try keep(archived.id, .change, made: position.rawValue)
    }

    @discardableResult
    private func tell(
        _ event: SurveyEvent, _ place: (ticket: TicketNumber?, customer: CustomerID?),
        by actor: Actor, at time: ArchiveTime
    ) throws -> Position {
        try append(
            .survey(event), ticket: place.ticket, customer: place.customer, by: actor,
            at: past(time)
        ).position
    }
}
