internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// An agent's answer to a notification, within the transaction. Taken only with our token for that notification, in time,
/// from the agent's own address with somebody vouching for it, and not from a machine; everything else is kept as a ticket
/// with a hint, and nothing is done with it (reliability D3).
struct AgentMail {
    enum Outcome {
        /// No answer to a notification.
        case ordinary
        case taken(DeliveryOutcome)
        /// To be kept where the decision says; the agent is told, unless a machine wrote.
        case refused(ThreadingDecision, AgentID?)
    }

    private typealias Verdict = ThreadingDecision.Step.Verdict

    private enum Judgement {
        case taken(NoticeAddress)
        case refused(Verdict)
    }

    let session: TicketSession
    let inbox: InboxPolicy
    let arrival: Arrival

    private var message: InboundMessage { arrival.message }

    func take() throws -> Outcome {
        guard let notice = try notice() else { return .ordinary }
        switch try judge(notice) {
        case .taken(let agent):
            return .taken(try carryOut(notice, by: agent))
        case .refused(let verdict):
            let step = ThreadingDecision.Step(
                rule: .notice, ticket: notice.ticket, verdict: verdict)
            let decision = ThreadingDecision(
                rule: .notice, outcome: .hinted, ticket: notice.ticket, steps: [step])
            return .refused(decision, verdict == .automatic ? nil : notice.agent)
        }
    }

    private func notice() throws -> SentNotice? {
        for text in message.replyTokens.prefix(50) {
            guard case .genuine(.notice(let id)) = session.desk.tokens.read(text) else { continue }
            if let notice = try session.reader.notice(id) { return notice }
        }
        return nil
    }

    private func judge(_ notice: SentNotice) throws -> Judgement {
        let policy = session.policy.notices
        guard message.autoSubmitted == .no, message.deliveryReport == nil, message.origin == .live
        else { return .refused(.automatic) }
        guard notice.purpose != .digest else { return .refused(.aboutSeveral) }
        guard session.now.since(notice.at) <= policy.answerable else { return .refused(.expired) }
        guard message.senderAuth == .verified else {
            return .refused(message.senderAuth == .failed ? .failedSender : .notVerified)
        }
        guard let agent = try session.reader.noticeAddress(of: notice.agent),
            let own = IdentityFolding.fold(.email(agent.email)),
            let sender = message.sender.identity?.address, IdentityFolding.fold(sender) == own,
            try session.reader.ticket(notice.ticket, viewer: .agent(agent.agent)) != nil
        else { return .refused(.notTheAgent) }
        return AgentCommand(message.text).text.isEmpty ? .refused(.absent) : .taken(agent)
    }

    private func carryOut(
        _ notice: SentNotice, by agent: NoticeAddress
    ) throws -> DeliveryOutcome {
        if let raw = message.raw, let hash = arrival.rawHash {
            try session.transaction.keep(blob: raw, hash: hash)
        }
        let caller = Caller(agent: agent.agent, role: agent.role)
        let session = TicketSession(session.desk, session.transaction, by: caller.actor)
        let row = try session.row(try session.reader.shownTicket(notice.ticket))
        // Their own mailbox works, then.
        if try session.reader.noticesAreStopped(for: agent.agent) {
            try session.transaction.append(
                .desk(.noticesResumed(NoticesResumed(agent: agent.agent))), ticket: nil,
                customer: nil, by: .system)
        }
        let command = AgentCommand(message.text)
        let written: MessageID
        switch command.intent {
        case .note: written = try note(command.text, row, caller, session)
        case .reply:
            switch try reply(command.text, row, caller, session) {
            case .success(let message): written = message
            case .failure(let failure):
                // Nothing is lost: what could not be sent stands in the ticket, with the reason.
                written = try note(
                    "\(command.text)\n\n(not sent: \(failure.text))", row, caller, session)
            }
        }
        return .ticketed(message: written, ticket: notice.ticket)
    }

    private func note(
        _ text: String, _ row: TicketRow, _ caller: Caller, _ session: TicketSession
    ) throws -> MessageID {
        let names = message.attachments.map { $0.name ?? $0.contentType }
        let files =
            names.isEmpty ? "" : "\n\n(files in the mail: \(names.joined(separator: ", ")))"
        let id = session.transaction.nextMessage()
        let content = try session.transaction.keep(
            json: MessageContent(externalID: message.externalID, text: text + files),
            as: .message, of: row.ticket.customer, salt: arrival.salt)
        let events = try session.perform(
            .note(
                NoteWritten(
                    message: id, agent: caller.agent, content: content, mailed: mailed)), on: row)
        try session.settle(events, on: row.ticket.number)
        return id
    }

    private func reply(
        _ text: String, _ row: TicketRow, _ caller: Caller, _ session: TicketSession
    ) throws -> Result<MessageID, DeskFailure> {
        let writing = ReplyWriting(
            session: session, row: row, caller: caller, mailed: mailed,
            externalID: message.externalID)
        do {
            return .success(
                try writing.write(
                    ReplyDraft(text: text, attachments: try files(of: caller, session)), copies: [])
            )
        } catch let failure as DeskFailure {
            return .failure(failure)
        } catch let refusal as OutboundRefusal {
            return .failure(.outbound(refusal))
        }
    }

    /// The mail's own files, as if they had been put in before.
    private func files(
        of caller: Caller, _ session: TicketSession
    ) throws -> [AttachmentID] {
        try message.attachments.prefix(50).map { attachment in
            let bytes = attachment.bytes(in: message.raw ?? [])
            try session.transaction.keep(blob: bytes, hash: attachment.sha256)
            let id = session.transaction.nextAttachment()
            try session.transaction.keepUpload(
                id, of: caller.agent, name: attachment.name ?? "attachment",
                contentType: attachment.contentType, hash: attachment.sha256,
                size: attachment.size)
            return id
        }
    }

    private var mailed: MailedIn {
        MailedIn(inbox: inbox.id, fingerprint: arrival.fingerprint, raw: arrival.rawHash)
    }
}

extension InboundAttachment {
    /// Decoded; from the raw message where the body is a range of it.
    fileprivate func bytes(in raw: [UInt8]) -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .range(let offset, let length, let encoding):
            let (end, overflow) = offset.addingReportingOverflow(length)
            guard !overflow, offset >= 0, length >= 0, end <= raw.count else { return [] }
            return TransferDecoding.decoded(
                Array(raw[offset..<end]), encoding: encoding.rawValue)
        }
    }
}
