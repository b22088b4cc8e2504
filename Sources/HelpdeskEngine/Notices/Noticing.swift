internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Tells an agent by mail that a ticket is theirs or that its customer answered, within the transaction that brings it
/// about. Never of what they did themselves, never off duty, at most one about a ticket in ten minutes, and none to a
/// mailbox that sent one back (reliability C4).
struct Noticing {
    enum Occasion {
        case assigned(by: Actor)
        /// With what the customer wrote.
        case answered(String)
    }

    let session: TicketSession

    func tell(
        _ agent: AgentID, _ occasion: Occasion, _ row: TicketRow, cause: Position?
    ) throws {
        guard session.policy.notices.mail == .on, row.ticket.ticketClass == .regular,
            row.ticket.origin != .history
        else { return }
        let text: NoticeText.Occasion
        let words: String?
        switch occasion {
        case .assigned(.agent(agent)): return
        case .assigned:
            text = .assigned
            words = try lastWords(row)
        case .answered(let answer):
            text = .answered
            words = answer
        }
        guard try mayBeTold(agent, of: row.ticket.number) else { return }
        try send(.notification, text, to: agent, row, words: words, cause: cause)
    }

    /// Once a day at most, that a mail of theirs was kept and not taken, and why.
    func tellRefused(
        _ agent: AgentID?, _ decision: ThreadingDecision, _ outcome: DeliveryOutcome
    ) throws {
        guard session.policy.notices.mail == .on, let agent, let number = decision.ticket,
            case .ticketed(_, let kept) = outcome,
            let refusal = decision.steps.last.flatMap({ Self.refusal($0.verdict) }),
            try !session.reader.noticesAreStopped(for: agent),
            try !session.reader.wasTold(agent, since: session.now - .days(1)),
            let row = try session.reader.ticket(number, viewer: .agent(agent))
        else { return }
        try send(.notice, .refused(refusal, keptIn: kept), to: agent, row, words: nil, cause: nil)
    }

    private static func refusal(
        _ verdict: ThreadingDecision.Step.Verdict
    ) -> NoticeText.Refusal? {
        switch verdict {
        case .notVerified, .failedSender: .notVerified
        case .notTheAgent: .notTheAgent
        case .expired: .expired
        case .absent: .empty
        default: nil
        }
    }

    private func mayBeTold(_ agent: AgentID, of ticket: TicketNumber) throws -> Bool {
        let policy = session.policy.notices
        let reader = session.reader
        guard try !reader.noticesAreStopped(for: agent),
            try session.desk.board.snapshot(session.transaction, policy: session.policy)
                .isOnDuty(agent, at: session.now)
        else { return false }
        let lately = try reader.notices(to: agent, since: session.now - policy.quiet)
        guard !lately.contains(ticket) else { return false }
        return try reader.notices(to: agent, since: session.now - .hours(1)).count < policy.perHour
    }

    private func send(
        _ purpose: DeliveryPurpose, _ occasion: NoticeText.Occasion, to agent: AgentID,
        _ row: TicketRow, words: String?, cause: Position?
    ) throws {
        guard let inbox = inbox(for: row),
            let known = try session.reader.noticeAddress(of: agent),
            let address = IdentityFolding.fold(.email(known.email)),
            !session.policy.isOwn(address)
        else { return }
        let wording = Wording(row: row, inbox: inbox)
        let language: TextLanguage = wording.language == .persian ? .persian : .english
        let subject = try row.subject.flatMap { try session.reader.content($0) }
        let draft = Dispatching.Draft(
            purpose: purpose,
            way: ReplyRoute.Way(
                inbox: inbox.id, channel: inbox.channel, address: address, conversation: nil,
                verification: .verified, window: .open, lastUsed: nil),
            subject: [SubjectTag.text(for: row.ticket.number), subject].compactMap { $0 }
                .joined(separator: " "),
            text: NoticeText.body(
                occasion, ticket: row.ticket.number, subject: subject, words: words, in: language),
            language: wording.language, agent: agent)
        // What cannot be sent is not: the ticket is in their queue all the same.
        _ = try Dispatching(session: session).queue(draft, on: row, cause: cause)
    }

    /// The ticket's own where it can send mail, else the team's first that can.
    private func inbox(for row: TicketRow) -> InboxPolicy? {
        let able = session.policy.inboxes.values
            .filter { $0.channel == .email && $0.capabilities.sending == .supported }
            .filter { $0.id == row.ticket.inbox || $0.team == row.ticket.team }
            .sorted { $0.id < $1.id }
        return able.first { $0.id == row.ticket.inbox } ?? able.first
    }

    private func lastWords(_ row: TicketRow) throws -> String? {
        guard let last = try session.reader.answerable(in: row.ticket.number).first else {
            return nil
        }
        return try session.reader.messageContent(last.content)?.text
    }
}
