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
        guard row.ticket.ticketClass == .regular, row.ticket.origin != .history,
            occasion.author != .agent(agent)
        else { return }
        var defaults = session.policy.notices.defaults
        let settings = try reader.noticeSettings(of: agent)
        guard !defaults.ways(of: occasion.kind, for: settings).isEmpty, try sees(agent, row)
        else { return }
        if try !isReachable(agent) { defaults.able.remove(.mail) }
        var plan = NoticePlan.decide(
            occasion.kind, of: row.ticket.number, for: settings, by: defaults,
            in: try circumstances(of: agent, settings, defaults))
        var delivery: DeliveryID?
        if plan.now.contains(.mail) {
            delivery = try mail(occasion, to: agent, row, cause: cause)
            // What cannot be sent is not: the ticket is in their queue all the same.
            if delivery == nil { plan.now.remove(.mail) }
        }
        guard !plan.isSilent else { return }
        try session.append(
            .desk(.agentNoticed(AgentNoticed(occasion, to: agent, plan, delivery: delivery))),
            on: row, cause: cause)
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
            .notice, .refused(refusal, keptIn: kept), to: agent, row, words: nil, cause: nil)
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

    private func sees(_ agent: AgentID, _ row: TicketRow) throws -> Bool {
        guard try reader.isActive(agent) else { return false }
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
        _ occasion: NoticeOccasion, to agent: AgentID, _ row: TicketRow, cause: Position?
    ) throws -> DeliveryID? {
        var words = occasion.words
        if case .assigned = occasion { words = try lastWords(row) }
        return try send(
            .notification, .told(occasion, due: try due(occasion, of: agent, row)), to: agent, row,
            words: words, cause: cause)
    }

    /// On the agent's own clock, else on that of the ticket's inbox.
    private func due(
        _ occasion: NoticeOccasion, of agent: AgentID, _ row: TicketRow
    ) throws -> LocalTime? {
        let moment: Instant
        switch occasion {
        case .slaWarning(_, let due), .slaBreached(_, let due), .recoveryOpened(_, _, let due):
            moment = due
        case .assigned, .answered, .mentioned, .watched, .reminded, .bounced: return nil
        }
        let zone =
            try reader.timezone(of: agent).flatMap(session.desk.environment.zone)
            ?? session.policy.inboxes[row.ticket.inbox]?.zone
        return (zone ?? .utc).local(moment)
    }

    private func send(
        _ purpose: DeliveryPurpose, _ occasion: NoticeText.Occasion, to agent: AgentID,
        _ row: TicketRow, words: String?, cause: Position?
    ) throws -> DeliveryID? {
        guard let inbox = inbox(for: row) else { return nil }
        let language = Wording(row: row, inbox: inbox).language
        let subject = try row.subject.flatMap { try reader.content($0) }
        return try put(
            purpose, to: agent, via: inbox, on: row,
            subject: [SubjectTag.text(for: row.ticket.number), subject].compactMap { $0 }
                .joined(separator: " "),
            text: NoticeText.body(
                occasion, ticket: row.ticket.number, subject: subject, words: words,
                in: language == .persian ? .persian : .english),
            language, cause: cause)
    }

    /// Into the outbox, to the agent's own mailbox; nil when there is no way there now.
    func put(
        _ purpose: DeliveryPurpose, to agent: AgentID, via inbox: InboxPolicy, on row: TicketRow,
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
        switch try Dispatching(session: session).queue(draft, on: row, cause: cause) {
        case .success(let queued): return queued.delivery
        case .failure: return nil
        }
    }

    /// The ticket's own where it can send mail, else the team's first that can.
    func inbox(for row: TicketRow) -> InboxPolicy? {
        let able = session.policy.inboxes.values
            .filter { $0.channel == .email && $0.capabilities.sending == .supported }
            .filter { $0.id == row.ticket.inbox || $0.team == row.ticket.team }
            .sorted { $0.id < $1.id }
        return able.first { $0.id == row.ticket.inbox } ?? able.first
    }

    private func lastWords(_ row: TicketRow) throws -> String? {
        guard let last = try reader.answerable(in: row.ticket.number).first else {
            return nil
        }
        return try reader.messageContent(last.content)?.text
    }
}
