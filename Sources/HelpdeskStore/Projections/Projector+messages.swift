internal import HelpdeskCore

extension Projector {
    func received(
        _ message: MessageReceived, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let ticket = row.ticket
        let home = self.home(of: message, in: ticket)
        try connection.execute(
            """
            INSERT INTO messages (
              id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id,
              identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw,
              answers, mark, call_outcome, position,
              happened_at)
            VALUES ($1, $2, $3, $4, 'in', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
              $17, NULL, $18, $19, $20, $21)
            """,
            [
                message.message, ticket.number, home,
                try customer(of: message, in: ticket), message.kind, message.channel,
                message.inbox, message.author, recorded.actor.id, message.identity,
                message.senderAuth, message.autoSubmitted, message.origin, message.sentAt,
                recorded.at, message.content.id, message.raw,
                message.threading.mark?.rawValue, message.call?.outcome.rawValue,
                recorded.position, Self.happened(message, at: recorded.at),
            ])
        try attachments(message.attachments, of: message.message)
        guard let content = try words(of: message.content.id) else { return }
        try keys(of: message, content, home)
        try index(message.message, content, row)
    }

    /// Where a message stands on the customer's timeline: what a switchboard or an archive says counts, a live
    /// sender's own word does not.
    private static func happened(_ message: MessageReceived, at: Instant) -> Instant {
        guard message.origin == .history || message.kind == .call, let sentAt = message.sentAt
        else { return at }
        return min(sentAt, at)
    }

    private func keys(
        of message: MessageReceived, _ content: MessageContent, _ home: TicketNumber
    ) throws(StoreError) {
        if let externalID = content.externalID {
            try connection.execute(
                """
                INSERT INTO intake_keys (inbox, key, fingerprint, message)
                VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
                """,
                [
                    message.inbox, IndexKey.of(externalID), IndexKey.of(message.fingerprint),
                    message.message,
                ])
        }
        if let conversation = content.conversation {
            try connection.execute(
                """
                INSERT INTO conversations (inbox, key, ticket, message) VALUES ($1, $2, $3, $4)
                ON CONFLICT (inbox, key, ticket) DO UPDATE SET message = excluded.message
                """,
                [message.inbox, IndexKey.of(conversation), home, message.message])
        }
        // A sender who failed the check is not who the From line says: nothing of theirs leads anybody anywhere.
        guard let mail = content.mail, message.senderAuth != .failed else { return }
        if let messageID = mail.messageID {
            try threadKey(messageID, home, message.message)
        }
        for messageID in Self.keptReferences(mail) {
            try threadKey(messageID, home, message.message, role: .seen)
        }
    }

    /// The first of the thread and the nine before this mail: what others of the same thread refer to as well.
    private static func keptReferences(_ mail: MessageContent.Mail) -> [String] {
        var kept: [String] = []
        for messageID in mail.references.prefix(1) + mail.references.suffix(9) + mail.inReplyTo
        where !kept.contains(messageID) && kept.count < 10 { kept.append(messageID) }
        return kept
    }

    /// Whether a Message-ID is a message's own, or one it refers to.
    enum ThreadKeyRole: String { case own, seen }

    func threadKey(
        _ messageID: String, _ ticket: TicketNumber, _ message: MessageID,
        role: ThreadKeyRole = .own
    ) throws(StoreError) {
        try connection.execute(
            """
            INSERT INTO thread_keys (key, ticket, message, role) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """,
            [IndexKey.of(messageID), ticket, message, role.rawValue])
    }

    func written(
        _ message: MessageWritten, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let ticket = row.ticket
        let customer = try self.customer(answeredBy: message, in: ticket)
        try connection.execute(
            """
            INSERT INTO messages (
              id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id,
              identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw,
              answers, mark, call_outcome, position,
              happened_at)
            VALUES ($1, $2, $2, $3, 'out', 'message', $4, $5, 'agent', $6, NULL, NULL, 'no',
              'agent', $7, $7, $8, $9, $10, NULL, NULL, $11, $7)
            """,
            [
                message.message, ticket.number, customer, message.channel, message.inbox,
                message.agent, recorded.at, message.content.id, message.mailed?.raw,
                message.answers, recorded.position,
            ])
        try attachments(message.attachments, of: message.message)
        try connection.execute(
            "UPDATE customers SET last_agent = $1, last_served_at = $2 WHERE id = $3",
            [message.agent, recorded.at, customer])
        guard let content = try words(of: message.content.id) else { return }
        if let messageID = content.mail?.messageID {
            try threadKey(messageID, ticket.number, message.message)
        }
        try mailedIn(message.mailed, content, message.message)
        try index(message.message, content, row)
    }

    /// An agent's mail is recognised when it comes again, as a customer's is.
    private func mailedIn(
        _ mailed: MailedIn?, _ content: MessageContent, _ message: MessageID
    ) throws(StoreError) {
        guard let mailed, let externalID = content.externalID else { return }
        try connection.execute(
            """
            INSERT INTO intake_keys (inbox, key, fingerprint, message)
            VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """,
            [
                mailed.inbox, IndexKey.of(externalID), IndexKey.of(mailed.fingerprint), message,
            ])
    }

    func note(
        _ note: NoteWritten, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let ticket = row.ticket
        try connection.execute(
            """
            INSERT INTO messages (
              id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id,
              identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw,
              answers, mark, call_outcome, position,
              happened_at)
            VALUES ($1, $2, $2, $3, 'note', 'message', NULL, NULL, 'agent', $4, NULL, NULL, 'no',
              'agent', $5, $5, $6, $7, NULL, NULL, NULL, $8, $5)
            """,
            [
                note.message, ticket.number, ticket.customer, note.agent, recorded.at,
                note.content.id, note.mailed?.raw, recorded.position,
            ])
        guard let content = try words(of: note.content.id) else { return }
        try mailedIn(note.mailed, content, note.message)
        try index(note.message, content, row)
    }

    /// A message moves with its keys, so that what refers to it finds the ticket it is in now.
    func joined(_ joined: MessageJoined, to row: TicketRow) throws(StoreError) {
        let ticket = row.ticket
        try connection.execute(
            "UPDATE messages SET ticket = $1, home = $1, customer = $2 WHERE id = $3",
            [ticket.number, ticket.customer, joined.message])
        try connection.execute(
            "UPDATE thread_keys SET ticket = $1 WHERE message = $2",
            [ticket.number, joined.message])
        try connection.execute(
            "UPDATE search_docs SET ticket = $1 WHERE id = $2", [ticket.number, joined.message])
        try connection.execute(
            "UPDATE outbox SET ticket = $1 WHERE message = $2", [ticket.number, joined.message])
        try moveConversation(of: joined, to: ticket.number)
        let channel = try connection.first(
            "SELECT channel FROM messages WHERE id = $1 AND channel IS NOT NULL", [joined.message]
        ) { row throws(StoreError) in try row.word(0, as: ChannelKind.self) }
        if let channel, !row.channels.contains(channel) {
            var next = row
            next.channels.append(channel)
            try next.update(connection, from: row)
        }
    }

    /// What is said next in the message's conversation belongs where the message is now.
    private func moveConversation(
        of joined: MessageJoined, to ticket: TicketNumber
    ) throws(StoreError) {
        let place = try connection.first(
            "SELECT content, inbox FROM messages WHERE id = $1 AND inbox IS NOT NULL",
            [joined.message]
        ) { row throws(StoreError) in
            (
                content: try row.number(0, as: ContentID.self),
                inbox: try row.word(1, as: InboxID.self)
            )
        }
        guard let place,
            let conversation = try reader.messageContent(place.content)?.conversation
        else { return }
        let key = IndexKey.of(conversation)
        try connection.execute(
            "DELETE FROM conversations WHERE inbox = $1 AND key = $2 AND ticket = $3",
            [place.inbox, key, joined.from])
        try connection.execute(
            """
            INSERT INTO conversations (inbox, key, ticket, message) VALUES ($1, $2, $3, $4)
            ON CONFLICT (inbox, key, ticket) DO UPDATE SET
              message = CASE WHEN conversations.message > excluded.message
                THEN conversations.message ELSE excluded.message END
            """, [place.inbox, key, ticket, joined.message])
    }

    private func attachments(
        _ attachments: [AttachmentRef], of message: MessageID
    ) throws(StoreError) {
        for (place, attachment) in attachments.enumerated() {
            var range: (offset: Int64?, length: Int64?, encoding: String?) = (nil, nil, nil)
            if case .range(let offset, let length, let encoding) = attachment.place {
                range = (offset, length, encoding)
            }
            try connection.execute(
                """
                INSERT INTO attachments (
                  id, message, place, sha256, size, raw_offset, raw_length, encoding)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                [
                    attachment.id, message, place, attachment.sha256, attachment.size,
                    range.offset, range.length, range.encoding,
                ])
        }
    }

    /// The folded text of everything an agent may search a message by.
    func index(
        _ message: MessageID, _ content: MessageContent, _ row: TicketRow
    ) throws(StoreError) {
        var parts = [content.subject, content.authorName, content.address, content.text]
            .compactMap { $0 }
        parts.append(contentsOf: content.files.compactMap(\.name))
        let text = TextFold.folded(parts.joined(separator: "\n"))
        try connection.execute(
            "INSERT INTO search_docs (id, ticket, text) VALUES ($1, $2, $3)",
            [message, row.ticket.number, text])
        try connection.execute(Dialect.indexDocument, [message, text])
    }
}
