internal import HelpdeskCore
internal import HelpdeskStore

/// What an event is in an archive. Nothing for what the desk worked out for itself, and for what the customer's card says already.
struct ArchiveTelling {
    let reader: StoreReader
    let names: ArchiveNames
    let now: Instant

    /// An answer comes before what carries it, though the stream has it behind.
    func records(of recorded: RecordedEvent) throws(StoreError) -> [ArchiveRecord] {
        if case .delivery(.queued(let queued)) = recorded.event, let message = queued.message,
            let written = try reader.position(of: message), written > recorded.position
        {
            return []
        }
        guard let record = try record(of: recorded) else { return [] }
        guard case .ticket(.messageWritten(let written)) = recorded.event,
            let ticket = recorded.ticket
        else { return [record] }
        var records = [record]
        for stored in try reader.queuedBefore(recorded.position, of: ticket) {
            guard let earlier = try stored.recorded(),
                case .delivery(.queued(let queued)) = earlier.event,
                queued.message == written.message,
                let delivery = try self.record(of: queued, earlier)
            else { continue }
            records.append(delivery)
        }
        return records
    }

    private func record(of recorded: RecordedEvent) throws(StoreError) -> ArchiveRecord? {
        switch recorded.event {
        case .ticket(let event):
            guard let ticket = recorded.ticket else { return nil }
            return try record(of: event, ticket, recorded)
        case .customer(let event): return try record(of: event, recorded)
        case .delivery(.queued(let queued)): return try record(of: queued, recorded)
        case .survey(let event): return try record(of: event, recorded)
        case .delivery, .sla, .promise, .desk: return nil
        }
    }

    private func record(
        of event: TicketEvent, _ ticket: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchiveRecord? {
        switch event {
        case .opened(let opened): .ticket(try self.ticket(opened, ticket, recorded))
        case .messageReceived(let message): .message(try self.message(message, ticket, recorded))
        case .messageWritten(let message): .reply(try reply(message, ticket, recorded))
        case .noteWritten(let note): .note(try self.note(note, ticket, recorded))
        default: try change(event, ticket, recorded).map { .change($0) }
        }
    }

    private func record(
        of event: CustomerEvent, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchiveRecord? {
        switch event {
        case .merged(let merged):
            .customerMerged(
                ArchivedCustomerMerge(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), customer: try names.of(merged.customer),
                    other: try names.of(merged.into), evidence: merged.evidence,
                    reason: try text(merged.reason)))
        case .unmerged(let unmerged):
            .customerUnmerged(
                ArchivedCustomerMerge(
                    id: try names.of(recorded.position), at: ArchiveTime(recorded.at),
                    by: try names.of(recorded.actor), customer: try names.of(unmerged.customer),
                    other: try names.of(unmerged.from), reason: try text(unmerged.reason)))
        // The card as it stands says what these led to.
        case .created, .named, .identityLinked, .identitySuggested, .updated,
            .identityUndeliverable, .identityDeliverable, .identityMarked, .suggestionSettled,
            .erased, .exported:
            nil
        }
    }

    func text(_ reference: ContentRef?) throws(StoreError) -> String? {
        guard let reference else { return nil }
        return try reader.content(reference.id)
    }

    private func ticket(
        _ opened: TicketOpened, _ number: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedTicket {
        ArchivedTicket(
            id: try names.of(number), number: number.rawValue, at: ArchiveTime(recorded.at),
            by: try names.of(recorded.actor), customer: try names.of(opened.customer),
            team: opened.team, isPrivate: opened.isPrivate, inbox: opened.inbox,
            channel: opened.channel, origin: opened.origin, ticketClass: opened.ticketClass,
            status: opened.status, priority: opened.priority, language: opened.language,
            subject: try text(opened.subject))
    }

    private func words(_ content: ContentRef) throws(StoreError) -> ArchivedWords? {
        try reader.messageContent(content.id).map(ArchivedWords.init)
    }

    private func message(
        _ message: MessageReceived, _ ticket: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedMessage {
        let threading = message.threading
        return ArchivedMessage(
            id: try names.of(message.message), at: ArchiveTime(recorded.at),
            by: try names.of(recorded.actor), ticket: try names.of(ticket), inbox: message.inbox,
            channel: message.channel, kind: message.kind, author: message.author,
            identity: try message.identity.map { id throws(StoreError) in try names.of(id) },
            sender: message.senderAuth, automatic: message.autoSubmitted,
            sent: message.sentAt.map(ArchiveTime.init), origin: message.origin,
            words: try words(message.content), raw: try reader.raw(of: message.message),
            attachments: try reader.archivableAttachments(of: message.message)
                .map(ArchivedAttachment.init),
            fingerprint: message.fingerprint,
            threading: ArchivedThreading(
                rule: threading.rule, outcome: threading.outcome,
                ticket: try threading.ticket.map { number throws(StoreError) in
                    try names.of(number)
                },
                sentTo: try threading.sentTo.map { number throws(StoreError) in
                    try names.of(number)
                }, mark: threading.mark),
            call: message.call.map {
                ArchivedCall(
                    direction: $0.direction, outcome: $0.outcome, seconds: $0.durationSeconds)
            })
    }

    private func reply(
        _ message: MessageWritten, _ ticket: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedReply {
        ArchivedReply(
            id: try names.of(message.message), at: ArchiveTime(recorded.at),
            by: try names.of(recorded.actor), ticket: try names.of(ticket), inbox: message.inbox,
            channel: message.channel, agent: message.agent, words: try words(message.content),
            attachments: try reader.archivableAttachments(of: message.message)
                .map(ArchivedAttachment.init),
            answers: try message.answers.map { id throws(StoreError) in try names.of(id) },
            mailed: message.mailed.map {
                ArchivedMailing(inbox: $0.inbox, fingerprint: $0.fingerprint)
            }, raw: try reader.raw(of: message.message))
    }

    private func note(
        _ note: NoteWritten, _ ticket: TicketNumber, _ recorded: RecordedEvent
    ) throws(StoreError) -> ArchivedNote {
        ArchivedNote(
            id: try names.of(note.message), at: ArchiveTime(recorded.at),
            by: try names.of(recorded.actor), ticket: try names.of(ticket), agent: note.agent,
            words: try words(note.content),
            mailed: note.mailed.map {
                ArchivedMailing(inbox: $0.inbox, fingerprint: $0.fingerprint)
            }, raw: try reader.raw(of: note.message))
    }
}
