internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Tells an agent what concerns them, within the transaction that brings it about: what they chose, by the ways they chose
/// (`NoticePlan`). Never of what they did themselves, never of a ticket they may not see, and by no mail to a mailbox that
/// sent one back (reliability C4).
struct Noticing {
    let session: TicketSession

    var reader: StoreReader { session.reader }

    func tell(
        _ agent: AgentID, _ occasion: NoticeOccasion, _ row: TicketRow, cause: Position?
    ) throws {
        try tell(agent, occasion, .ticket(row), cause: cause)
    }

    func tell(
        _ agent: AgentID, _ occasion: NoticeOccasion, _ subject: NoticeSubject, cause: Position?
    ) throws {
        guard subject.isTold, occasion.author != .agent(agent) else { return }
        var defaults = session.policy.notices.defaults
        let settings = try reader.noticeSettings(of: agent)
        guard !defaults.ways(of: occasion.kind, for: settings).isEmpty, try sees(agent, subject)
        else { return }
        if try !isReachable(agent) { defaults.able.remove(.mail) }
        var plan = NoticePlan.decide(
            occasion.kind, of: subject.ticket?.ticket.number, for: settings, by: defaults,
            in: try circumstances(of: agent, settings, defaults))
        var delivery: DeliveryID?
        if plan.now.contains(.mail) {
            delivery = try mail(occasion, to: agent, subject, cause: cause)
            // What cannot be sent is not: the ticket is in their queue all the same.
            if delivery == nil { plan.now.remove(.mail) }
        }
        guard !plan.isSilent else { return }
        try session.transaction.append(
            .desk(.agentNoticed(AgentNoticed(occasion, to: agent, plan, delivery: delivery))),
            ticket: subject.ticket?.ticket.number, customer: subject.customer, by: .system,
            command: session.command, cause: cause)
    }

    /// Once a day at most, that a mail of theirs was kept and not taken, and why.
    func tellRefused(
        _ agent: AgentID?, _ decision: ThreadingDecision, _ outcome: DeliveryOutcome
    ) throws {
        guard session.policy.notices.mail == .on, let agent, let number = decision.ticket,
            case .ticketed(_, let kept) = outcome,
            let refusal = decision.steps.last.flatMap({ Self.refusal($0.verdict) }),
            try !reader.noticesAreStopped(for: agent),
            try !reader.wasTold(agent, since: session.now - .days(1)),
            let row = try reader.ticket(number, viewer: .agent(agent))
        else { return }
        _ = try send(
            .notice, .refused(refusal, keptIn: kept), to: agent, .ticket(row), words: nil,
            cause: nil)
    }

    private static func refusal(
        _ verdict: ThreadingDecision.Step.Verdict
    ) -> NoticeText.Refusal? {
        switch verdict {
        case .notVerified, .failedSender: .notVerified
        case .notTheAgent: .notTheAgent
        case .expired: .expired
        case .absent: .empty
        case .aboutSeveral: .aboutSeveral
        default: nil
        }
    }

    private func sees(_ agent: AgentID, _ subject: NoticeSubject) throws -> Bool {
        guard try reader.isActive(agent) else { return false }
        guard let row = subject.ticket else {
            return try reader.customerExists(subject.customer, viewer: .agent(agent))
        }
        guard row.isHidden else { return true }
        return try reader.ticket(row.ticket.number, viewer: .agent(agent)) != nil
    }

    private func isReachable(_ agent: AgentID) throws -> Bool {
        guard try !reader.noticesAreStopped(for: agent) else { return false }
        return try reader.noticeAddress(of: agent) != nil
    }

    func isOnDuty(_ agent: AgentID) throws -> Bool {
        try session.desk.board.snapshot(session.transaction, policy: session.policy)
            .isOnDuty(agent, at: session.now)
    }

    private func circumstances(
        of agent: AgentID, _ settings: NoticeSettings, _ defaults: NoticeDefaults
    ) throws -> NoticeCircumstances {
        let hours = settings.quiet ?? defaults.quiet
        let name = try hours == .none ? nil : reader.timezone(of: agent)
        return NoticeCircumstances(
            now: session.now, duty: try isOnDuty(agent) ? .on : .off,
            zone: name.flatMap(session.desk.environment.zone) ?? .utc,
            earlier: try reader.noticesTold(agent, since: session.now - .hours(1)),
            heldUntil: try reader.noticesHeld(for: agent))
    }

    /// Nil when it could not be put into the outbox.
    private func mail(
        _ occasion: NoticeOccasion, to agent: AgentID, _ subject: NoticeSubject, cause: Position?
    ) throws -> DeliveryID? {
        var words = occasion.words
        if case .assigned = occasion { words = try subject.ticket.flatMap(lastWords) }
        return try send(
            .notification, .told(occasion, due: try due(occasion, of: agent, subject)), to: agent,
            subject, words: words, cause: cause)
    }

    /// On the agent's own clock, else on that of the ticket's inbox.
    private func due(
        _ occasion: NoticeOccasion, of agent: AgentID, _ subject: NoticeSubject
    ) throws -> LocalTime? {
        let moment: Instant
        switch occasion {
        case .slaWarning(_, let due), .slaBreached(_, let due): moment = due
        case .recoveryOpened(let low), .lowScore(let low):
            guard let due = low.due else { return nil }
            moment = due
        case .assigned, .answered, .mentioned, .watched, .reminded, .bounced: return nil
        }
        let zone =
            try reader.timezone(of: agent).flatMap(session.desk.environment.zone)
            ?? subject.inbox.flatMap { session.policy.inboxes[$0]?.zone }
        return (zone ?? .utc).local(moment)
    }

    private func send(
        _ purpose: DeliveryPurpose, _ occasion: NoticeText.Occasion, to agent: AgentID,
        _ subject: NoticeSubject, words: String?, cause: Position?
    ) throws -> DeliveryID? {
        guard let inbox = inbox(for: subject) else { return nil }
        let language =
            subject.ticket.map { Wording(row: $0, inbox: inbox).language } ?? inbox.language
        let words = (
            title: try subject.ticket?.subject.flatMap { try reader.content($0) }, text: words
        )
        let textLanguage: TextLanguage = language == .persian ? .persian : .english
        let tag = subject.ticket.map { SubjectTag.text(for: $0.ticket.number) }
        return try put(
            purpose, to: agent, via: inbox, on: subject,
            subject: [tag ?? subject.name.name(in: textLanguage), words.title]
                .compactMap { $0 }.joined(separator: " "),
            text: NoticeText.body(
                occasion, about: subject.name, subject: words.title, words: words.text,
                in: textLanguage),
            language, cause: cause)
    }

    /// Into the outbox, to the agent's own mailbox; nil when there is no way there now.
    func put(
        _ purpose: DeliveryPurpose, to agent: AgentID, via inbox: InboxPolicy,
        on place: NoticeSubject,
        subject: String, text: String, _ language: LanguageCode, cause: Position?
    ) throws -> DeliveryID? {
        guard let known = try reader.noticeAddress(of: agent),
            let address = IdentityFolding.fold(.email(known.email)),
            !session.policy.isOwn(address)
        else { return nil }
        let draft = Dispatching.Draft(
            purpose: purpose,
            way: ReplyRoute.Way(
                inbox: inbox.id, channel: inbox.channel, address: address, conversation: nil,
                verification: .verified, window: .open, lastUsed: nil),
            subject: subject, text: text, language: language, agent: agent)
        let dispatching = Dispatching(session: session)
        let result =
            switch place {
            case .ticket(let row): try dispatching.queue(draft, on: row, cause: cause)
            case .customer(let customer, _):
                try dispatching.queue(draft, to: customer, cause: cause)
            }
        switch result {
        case .success(let queued): return queued.delivery
        case .failure: return nil
        }
    }

    /// The ticket's own where it can send mail, else the team's first that can; for who is in no ticket, any that is no
    /// private team's.
    func inbox(for subject: NoticeSubject) -> InboxPolicy? {
        let team =
            subject.ticket?.ticket.team
            ?? subject.inbox.flatMap { session.policy.inboxes[$0]?.team }
        let able = session.policy.inboxes.values
            .filter { $0.channel == .email && $0.capabilities.sending == .supported }
            .sorted { $0.id < $1.id }
        if let own = able.first(where: { $0.id == subject.inbox }) { return own }
        if let near = able.first(where: { $0.team == team }) { return near }
        guard subject.ticket == nil else { return nil }
        return able.first { session.policy.teams[$0.team]?.privacy != .restricted }
    }

    private func lastWords(_ row: TicketRow) throws -> String? {
        guard let last = try reader.answerable(in: row.ticket.number).first else {
            return nil
        }
        return try reader.messageContent(last.content)?.text
    }
}
