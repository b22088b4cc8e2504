internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Writes an invitation, or its reminder, and puts it into the outbox.
struct SurveySending {
    let session: TicketSession
    let policy: SurveyPolicy

    /// The event to write; nil when the channel refuses.
    func send(
        _ due: DueInvitation, _ target: SurveyTarget, _ choice: SurveyWays.Choice,
        zone: ZoneRules
    ) throws -> SurveySent? {
        let bound = SurveyLink.bound(due.kind, due.ticket, due.customer)
        guard let inbox = session.policy.inboxes[choice.way.inbox],
            let link = SurveyLink(due.invitation, bound: bound, session.desk)
        else { return nil }
        let words = SurveyWording(
            policy: policy, kind: due.kind, ticket: target.ticket?.ticket.number, inbox: inbox,
            language: language(due, target, inbox))
        let draft = try draft(choice, words, link, invitation: due.invitation)
        guard case .success(let queued) = try queue(draft, target) else { return nil }
        let expires = session.now + policy.expires
        let reminder = policy.reminder.map {
            policy.firstLoudMoment(from: session.now + $0, in: zone)
        }
        return SurveySent(
            invitation: due.invitation, delivery: queued.delivery, inbox: inbox.id,
            agent: target.ticket.flatMap(Self.agent), language: words.language.rawValue,
            expires: expires, tokenHash: SurveyToken.hash(link.token),
            reminder: reminder.flatMap { $0 < expires ? $0 : nil })
    }

    /// The one reminder; nil when it cannot go.
    func remind(
        _ sent: SentInvitation, _ target: SurveyTarget, _ choice: SurveyWays.Choice
    ) throws -> DeliveryID? {
        guard let inbox = session.policy.inboxes[choice.way.inbox],
            let link = SurveyLink(sent, session.desk)
        else { return nil }
        let language = LanguageCode(sent.language) ?? inbox.language
        var words = SurveyWording(
            policy: policy, kind: sent.invitation.kind, ticket: sent.ticket, inbox: inbox,
            language: language)
        words.mood = .reminder
        let draft = try draft(choice, words, link, invitation: sent.invitation.id)
        guard case .success(let queued) = try queue(draft, target) else { return nil }
        return queued.delivery
    }

    private func queue(
        _ draft: Dispatching.Draft, _ target: SurveyTarget
    ) throws -> Result<Dispatching.Queued, OutboundRefusal> {
        let dispatching = Dispatching(session: session)
        guard let anchor = target.anchor else {
            return try dispatching.queue(draft, to: target.customer, cause: nil)
        }
        return try dispatching.queue(draft, on: anchor, cause: nil)
    }

    private func draft(
        _ choice: SurveyWays.Choice, _ words: SurveyWording, _ link: SurveyLink,
        invitation: InvitationID
    ) throws -> Dispatching.Draft {
        let answered = try choice.answered.flatMap {
            try session.reader.messageContent($0.content)
        }
        return Dispatching.Draft(
            purpose: .survey, way: choice.way, name: answered?.authorName,
            subject: words.subject, text: words.text(link: link.page), language: words.language,
            inReplyTo: answered?.mail?.messageID,
            references: answered?.mail?.messageID.map { [$0] } ?? [], invitation: invitation,
            choices: words.choices(link), stopLink: link.page)
    }

    private func language(
        _ due: DueInvitation, _ target: SurveyTarget, _ inbox: InboxPolicy
    ) -> LanguageCode {
        let known = [due.language, target.anchor?.language].compactMap { $0 }
            .compactMap { LanguageCode($0) }
        return ([policy.language].compactMap { $0 } + known + [inbox.language])
            .first { $0 == .persian || $0 == .english } ?? .english
    }

    /// Whose work is rated: who answered last, else who holds the ticket.
    static func agent(_ row: TicketRow) -> AgentID? {
        switch row.ticket.answer {
        case .answered(_, _, let agent): agent
        case .unanswered: row.ticket.assignee
        }
    }
}
