internal import HelpdeskCore
internal import HelpdeskStore

extension ArchiveTaking {
    /// Tickets below this keep their numbers where nobody here has them.
    static let largestNumber: Int64 = 999_999_999_999

    /// The number is kept where it is free; else the next free one is given, and a tag `was-N` finds the old one.
    func take(_ archived: ArchivedTicket) throws {
        let team = try sight.team(archived.team)
        let customer: CustomerID = try local(archived.customer)
        let by = try actor(archived.by)
        let wanted = TicketNumber(rawValue: archived.number)
        var number = wanted
        if !(1...Self.largestNumber).contains(archived.number) {
            number = transaction.nextTicket()
        } else if try !transaction.take(wanted) {
            number = transaction.nextTicket()
        }
        let at = past(archived.at)
        let opened = TicketOpened(
            team: team.id, inbox: archived.inbox, channel: archived.channel, customer: customer,
            origin: archived.origin, ticketClass: archived.ticketClass, status: archived.status,
            priority: archived.priority, language: archived.language,
            subject: try keep(archived.subject, as: .subject, of: customer),
            isPrivate: archived.isPrivate || team.isPrivate)
        try append(.ticket(.opened(opened)), ticket: number, customer: customer, by: by, at: at)
        if number != wanted {
            try append(
                .ticket(.tagged(TicketTagged(added: ["was-\(wanted.rawValue)"], removed: []))),
                ticket: number, customer: customer, by: .operator, at: at)
        }
        try keep(archived.id, .ticket, made: number.rawValue)
    }

    /// A ticket of ours that a record speaks of.
    func ticket(_ id: String) throws -> Ticket {
        let number: TicketNumber = try local(id)
        guard let row = try reader.ticket(number, viewer: .system) else {
            throw ArchiveRejection.missing(id)
        }
        return row.ticket
    }

    /// The row of words, or an empty one where they were erased.
    private func keep(
        _ words: ArchivedWords?, _ call: ArchivedCall?, of customer: CustomerID
    ) throws -> ContentRef {
        guard let words else { return try transaction.keepErased(.message, of: customer) }
        return try transaction.keep(
            json: words.content(call), as: .message, of: customer, salt: desk.salt())
    }

    /// Everything that a message's bytes need, before anything is written.
    private func check(
        _ words: ArchivedWords?, _ attachments: [ArchivedAttachment], raw: BlobHash?
    ) throws {
        guard let words else { return }
        guard words.files.count == attachments.count else {
            throw ArchiveRejection.reason(
                "\(words.files.count) files for \(attachments.count) attachments")
        }
        for hash in [raw].compactMap({ $0 }) + attachments.filter({ $0.start == nil }).map(\.sha256)
        where try !reader.hasBlob(hash) {
            throw ArchiveRejection.missing("blob/\(hash.rawValue)")
        }
        for attachment in attachments { try check(attachment, raw: raw) }
    }

    /// Files are what their hash says: `verify` would name them for ever.
    private func check(_ attachment: ArchivedAttachment, raw: BlobHash?) throws {
        guard (0...ArchivedBlob.largest).contains(attachment.size) else {
            throw ArchiveRejection.reason(
                "attachments: expected a size up to \(ArchivedBlob.largest)")
        }
        guard let start = attachment.start else { return }
        guard let length = attachment.length, let encoding = attachment.encoding,
            (0...ArchivedBlob.largest).contains(start),
            (0...ArchivedBlob.largest).contains(length)
        else {
            throw ArchiveRejection.reason("attachments: a range has start, length and encoding")
        }
        // Bytes that are gone prove nothing.
        guard let raw else { return }
        let encoded = try reader.piece(of: raw, from: start, length: Int(length))
        let bytes = TransferDecoding.decoded(encoded, encoding: encoding)
        guard Int64(bytes.count) == attachment.size, Digest.blob(bytes) == attachment.sha256 else {
            throw ArchiveRejection.reason(
                "attachments: bytes \(start) to \(start + length) of raw are no file of sha256 \(attachment.sha256.rawValue.prefix(64))"
            )
        }
    }

    private func refs(_ attachments: [ArchivedAttachment]) -> [AttachmentRef] {
        attachments.map {
            AttachmentRef(
                id: transaction.nextAttachment(), sha256: $0.sha256, size: $0.size, place: $0.place)
        }
    }

    func take(_ archived: ArchivedMessage) throws {
        let ticket = try ticket(archived.ticket)
        let by = try actor(archived.by)
        let identity: IdentityID? = try archived.identity.map { try local($0) }
        let threading = ThreadingDecision(
            rule: archived.threading.rule, outcome: archived.threading.outcome,
            ticket: try optional(archived.threading.ticket),
            sentTo: try optional(archived.threading.sentTo), mark: archived.threading.mark,
            steps: [])
        try check(archived.words, archived.attachments, raw: archived.raw)
        let writer: CustomerID =
            if case .customer(let customer) = by { customer } else { ticket.customer }
        let message = transaction.nextMessage()
        let received = MessageReceived(
            message: message, inbox: archived.inbox, channel: archived.channel,
            kind: archived.kind, author: archived.author, identity: identity,
            senderAuth: archived.sender, autoSubmitted: archived.automatic,
            sentAt: archived.sent?.instant, origin: archived.origin,
            content: try keep(archived.words, archived.call, of: writer), raw: archived.raw,
            attachments: refs(archived.attachments), fingerprint: archived.fingerprint,
            threading: threading,
            call: archived.call.map {
                CallFigures(
                    direction: $0.direction, outcome: $0.outcome, durationSeconds: $0.seconds)
            })
        try append(
            .ticket(.messageReceived(received)), ticket: ticket.number,
            customer: ticket.customer, by: by, at: past(archived.at))
        try keep(archived.id, .message, made: message.rawValue)
    }

    func take(_ archived: ArchivedReply) throws {
        let ticket = try ticket(archived.ticket)
        let by = try actor(archived.by)
        let answers: MessageID? = try optional(archived.answers)
        try check(archived.words, archived.attachments, raw: archived.raw)
        let message = transaction.nextMessage()
        let written = MessageWritten(
            message: message, inbox: archived.inbox, channel: archived.channel,
            agent: archived.agent,
            content: try keep(archived.words, nil, of: ticket.customer),
            attachments: refs(archived.attachments), answers: answers,
            mailed: mailed(archived.mailed, archived.raw))
        try append(
            .ticket(.messageWritten(written)), ticket: ticket.number, customer: ticket.customer,
            by: by, at: past(archived.at))
        try keep(archived.id, .message, made: message.rawValue)
    }

    func take(_ archived: ArchivedNote) throws {
        let ticket = try ticket(archived.ticket)
        let by = try actor(archived.by)
        try check(archived.words, [], raw: archived.raw)
        let message = transaction.nextMessage()
        let note = NoteWritten(
            message: message, agent: archived.agent,
            content: try keep(archived.words, nil, of: ticket.customer),
            mailed: mailed(archived.mailed, archived.raw))
        try append(
            .ticket(.noteWritten(note)), ticket: ticket.number, customer: ticket.customer,
            by: by, at: past(archived.at))
        try keep(archived.id, .message, made: message.rawValue)
    }

    private func mailed(_ mailing: ArchivedMailing?, _ raw: BlobHash?) -> MailedIn? {
        mailing.map { MailedIn(inbox: $0.inbox, fingerprint: $0.fingerprint, raw: raw) }
    }
}
