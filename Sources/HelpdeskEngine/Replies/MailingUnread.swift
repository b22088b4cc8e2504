internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Sends chat answers that nobody read to the customer's verified mail address, once, within the clock's transaction.
struct MailingUnread {
    let session: TicketSession

    func attend(_ number: TicketNumber) throws {
        let answers = try session.reader.unreadAnswers(of: number)
        guard let first = answers.first, first.until <= session.now else { return }
        let row = try session.row(number)
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        let decided = UnreadAnswers.decide(
            answers.map(\.answer), customerSpokeAt: row.customerSpokeAt,
            ways: try ways.mail(row))
        for answer in answers.map(\.answer) {
            guard let outcome = decided.left[answer] else { continue }
            try end(answer, outcome, mail: nil, row)
        }
        guard let way = decided.way else { return }
        let delivery = try send(decided.mailed, by: way, row)
        for answer in decided.mailed {
            try end(answer, delivery == nil ? .refused : .mailed, mail: delivery, row)
        }
    }

    private func end(
        _ answer: UnreadAnswers.Answer, _ outcome: ReadingEnded.Outcome, mail: DeliveryID?,
        _ row: TicketRow
    ) throws {
        try session.append(
            .delivery(
                .readingEnded(
                    ReadingEnded(delivery: answer.delivery, outcome: outcome, mail: mail))),
            on: row)
    }

    /// One mail with all of them; nil when the inbox cannot send it.
    private func send(
        _ answers: [UnreadAnswers.Answer], by way: ReplyRoute.Way, _ row: TicketRow
    ) throws -> DeliveryID? {
        var texts: [String] = []
        var files: [OutboundMessage.Attachment] = []
        var author: AgentID?
        for answer in answers {
            guard let sent = try session.reader.message(answer.message, viewer: .system),
                let text = sent.content?.text
            else { continue }
            texts.append(text)
            if case .agent(let agent) = sent.author { author = agent }
            for attachment in sent.attachments.prefix(50) {
                guard
                    let found = try session.reader.attachment(attachment.id, viewer: .system)
                else { continue }
                files.append(
                    OutboundMessage.Attachment(
                        name: attachment.name ?? "file", contentType: attachment.contentType,
                        bytes: found.bytes))
            }
        }
        guard !texts.isEmpty, let last = answers.last else { return nil }
        let inbox = session.policy.inboxes[way.inbox]
        let text = texts.joined(separator: "\n\n")
        let language = LanguageGuess.language(of: text) ?? inbox?.language ?? .english
        let subject = try row.subject.flatMap { try session.reader.content($0) }
        let draft = Dispatching.Draft(
            purpose: .reply, way: way,
            subject: [subject, SubjectTag.text(for: row.ticket.number)].compactMap { $0 }
                .joined(separator: " "),
            text: try signed(text, by: author, inbox, language, row), language: language,
            attachments: files, message: last.message)
        switch try Dispatching(session: session).queue(draft, on: row, cause: nil) {
        case .success(let queued): return queued.delivery
        case .failure: return nil
        }
    }

    private func signed(
        _ text: String, by agent: AgentID?, _ inbox: InboxPolicy?, _ language: LanguageCode,
        _ row: TicketRow
    ) throws -> String {
        guard let inbox, let agent else { return text }
        let own = try session.reader.signature(of: agent, language: language.rawValue)
        let signature = Signature(inbox: inbox, agent: own, team: row.ticket.team)
            .text(in: language)
        return signature.isEmpty ? text : text + "\n\n-- \n" + signature
    }
}
