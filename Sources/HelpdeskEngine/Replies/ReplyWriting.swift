internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Writes one answer within the transaction: message, delivery, status.
struct ReplyWriting {
    let session: TicketSession
    let row: TicketRow
    let caller: Caller
    /// The agent's own mail it comes from, and the id it has there.
    var mailed: MailedIn?
    var externalID: String?

    func write(_ draft: ReplyDraft, copies: [IdentityAddress]) throws -> MessageID {
        if let target = row.ticket.mergedInto {
            throw TicketRejection.merged(row.ticket.number, into: target)
        }
        let choice = try choice(draft)
        let way = choice.route.way
        var copies = copies
        if way.channel == .email {
            let ways = ReplyWays(
                reader: session.reader, policy: session.policy, now: session.now)
            copies += try ways.participants(of: row, besides: copies + [way.address])
        }
        let files = try files(draft.attachments)
        let dispatching = Dispatching(session: session)
        let reserved = dispatching.reserve(row, via: way.inbox)
        let answered = try choice.answered.flatMap {
            try session.reader.messageContent($0.content)
        }
        let message = session.transaction.nextMessage()
        let subject = try subject(answered)
        let dispatched = try dispatching.queue(
            dispatchDraft(draft, choice, copies, files, answered, subject, message), on: row,
            reserved: reserved, cause: nil)
        if case .failure(let refusal) = dispatched { throw refusal }
        let content = try content(
            draft, way, copies, files, subject, messageID: reserved.messageID, answered)
        let written = MessageWritten(
            message: message, inbox: way.inbox, channel: way.channel, agent: caller.agent,
            content: content, attachments: files.map(\.ref),
            answers: choice.answered?.message, mailed: mailed)
        let events = try session.perform(.reply(written, then: draft.then), on: row)
        try session.settle(events, on: row.ticket.number)
        return message
    }

    private func choice(_ draft: ReplyDraft) throws -> ReplyWays.Choice {
        if let answers = draft.answers,
            try session.reader.place(of: answers)?.ticket != row.ticket.number
        {
            throw DeskFailure.notFound("message \(answers.rawValue) of this ticket")
        }
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        switch try ways.route(row, answers: draft.answers, chosen: draft.inbox) {
        case .success(let choice): return choice
        case .failure(let none): throw none.failure
        }
    }

    private func dispatchDraft(
        _ draft: ReplyDraft, _ choice: ReplyWays.Choice, _ copies: [IdentityAddress],
        _ files: [File], _ answered: MessageContent?, _ subject: String?, _ message: MessageID
    ) throws -> Dispatching.Draft {
        let way = choice.route.way
        let inbox = session.policy.inboxes[way.inbox]
        let language = LanguageGuess.language(of: draft.text) ?? inbox?.language ?? .english
        return Dispatching.Draft(
            purpose: .reply, way: way, name: answered?.authorName, cc: copies, subject: subject,
            text: try signed(draft.text, inbox, language), language: language,
            attachments: files.map(\.outbound), inReplyTo: answered?.mail?.messageID,
            references: references(answered), quote: quote(choice.answered, answered),
            message: message)
    }

    /// The customer's own words, as they were received; what an agent wrote before is in their mailbox already.
    private func quote(
        _ message: AnswerableMessage?, _ content: MessageContent?
    ) -> OutboundMessage.Quote? {
        guard let message, let address = message.address, let text = content?.text, !text.isEmpty
        else { return nil }
        return OutboundMessage.Quote(
            name: content?.authorName, address: address.value, date: message.receivedAt, text: text)
    }

    /// Mail is signed, chat is not. The inbox's words in the language of the answer, with the agent's own signature in their
    /// place.
    private func signed(
        _ text: String, _ inbox: InboxPolicy?, _ language: LanguageCode
    ) throws -> String {
        guard let inbox, inbox.channel == .email else { return text }
        let agent = try session.reader.signature(of: caller.agent, language: language.rawValue)
        let signature = Signature(inbox: inbox, agent: agent, team: row.ticket.team)
            .text(in: language)
        return signature.isEmpty ? text : text + "\n\n-- \n" + signature
    }

    /// RFC 5322 section 3.6.4: the parent's references and then the parent; at most 50 are carried.
    private func references(_ answered: MessageContent?) -> [String] {
        guard let mail = answered?.mail else { return [] }
        let chain = mail.references.isEmpty ? mail.inReplyTo.prefix(1) + [] : mail.references
        return Array((chain + [mail.messageID].compactMap { $0 }).suffix(50))
    }

    /// `Re: …` with the ticket's tag once.
    private func subject(_ answered: MessageContent?) throws -> String? {
        let own = try row.subject.flatMap { try session.reader.content($0) }
        let base = answered?.subject ?? own ?? ""
        let tag = SubjectTag.text(for: row.ticket.number)
        let isAnswer = answered != nil && !base.lowercased().hasPrefix("re:")
        var subject = isAnswer ? "Re: \(base)" : base
        if SubjectTag.find(in: subject) != row.ticket.number { subject += " \(tag)" }
        return subject
    }

    private func content(
        _ draft: ReplyDraft, _ way: ReplyRoute.Way, _ copies: [IdentityAddress],
        _ files: [File], _ subject: String?, messageID: String, _ answered: MessageContent?
    ) throws -> ContentRef {
        let inbox = session.policy.inboxes[way.inbox]
        typealias Mail = MessageContent.Mail
        let mail: Mail? =
            way.channel == .email
            ? Mail(
                from: [inbox?.address].compactMap { $0 }
                    .map { Mail.Address(name: inbox?.brand, address: $0.value) },
                to: [Mail.Address(name: answered?.authorName, address: way.address.value)],
                cc: copies.map { Mail.Address(name: nil, address: $0.value) }, replyTo: [],
                date: session.now, messageID: messageID,
                inReplyTo: [answered?.mail?.messageID].compactMap { $0 },
                references: references(answered))
            : nil
        return try session.transaction.keep(
            json: MessageContent(
                externalID: externalID, conversation: way.conversation,
                subject: way.channel == .email ? subject : nil,
                address: way.address.text, text: draft.text,
                files: files.map {
                    MessageContent.File(
                        name: $0.outbound.name, contentType: $0.outbound.contentType,
                        contentID: nil)
                }, mail: mail), as: .message, of: row.ticket.customer,
            salt: session.desk.salt())
    }

    private struct File {
        let ref: AttachmentRef
        let outbound: OutboundMessage.Attachment
    }

    private func files(_ ids: [AttachmentID]) throws -> [File] {
        try ids.prefix(50).map { id in
            guard let upload = try session.reader.upload(id, of: caller.agent),
                let bytes = try session.reader.blob(upload.hash)
            else { throw DeskFailure.notFound("attachment \(id.rawValue)") }
            return File(
                ref: AttachmentRef(
                    id: session.transaction.nextAttachment(), sha256: upload.hash,
                    size: upload.size, place: .blob),
                outbound: OutboundMessage.Attachment(
                    name: upload.name, contentType: upload.contentType, bytes: bytes))
        }
    }
}
