public import HelpdeskCore
public import HelpdeskStore

/// Takes words of a message away for good: from the message, its ticket's subject, the search and every byte that is kept beside.
/// What has left the house is beyond reach.
public struct MessageRedacting: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// The message as it is then.
    public func redact(
        _ id: MessageID, _ redaction: Redaction, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) -> MessageRow {
        guard Permission.allows(caller.role, .redactMessages) else {
            throw .forbidden("redact messages; ask a lead")
        }
        try Self.check(redaction)
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            guard try session.reader.message(id, viewer: caller.viewer) != nil else {
                throw DeskFailure.notFound("message \(id.rawValue)")
            }
            try Self.redact(id, redaction, session)
            guard let row = try session.reader.message(id, viewer: .system) else {
                throw StoreError.damaged("message \(id.rawValue)")
            }
            return row
        }
    }

    private static func check(_ redaction: Redaction) throws(DeskFailure) {
        guard case .words(let words) = redaction else { return }
        guard (1...Redaction.mostWords).contains(words.count),
            words.allSatisfy({ (1...Redaction.longestWord).contains($0.utf8.count) })
        else {
            throw .invalid(
                field: "words",
                expected:
                    "1 to \(Redaction.mostWords) words or phrases of at most \(Redaction.longestWord) bytes"
            )
        }
    }

    private static func redact(
        _ id: MessageID, _ redaction: Redaction, _ session: TicketSession
    ) throws {
        guard let message = try session.reader.redactable(id) else {
            throw DeskFailure.conflict("the words of message \(id.rawValue) are erased already")
        }
        if let waiting = message.deliveries.first(where: { !$0.state.isFinal }) {
            throw DeskFailure.conflict(
                "message \(id.rawValue) is not sent yet; cancel entry \(waiting.id.rawValue) of the outbox first"
            )
        }
        let row = try session.row(message.ticket)
        let subject = try subject(of: row, message.content, redaction, session)
        guard let content = message.content.redacted(redaction) else {
            throw DeskFailure.invalid(
                field: "words", expected: "words as they stand in message \(id.rawValue)")
        }
        let transaction = session.transaction
        let reference = try transaction.replace(
            message.contentID, with: content, salt: session.desk.salt())
        try session.append(
            [
                .messageRedacted(
                    MessageRedacted(message: id, content: reference, subject: subject))
            ], to: row)
        try transaction.dropBytes(of: message)
    }

    /// The ticket's subject where it is this message's, or has the words too.
    private static func subject(
        of row: TicketRow, _ content: MessageContent, _ redaction: Redaction,
        _ session: TicketSession
    ) throws -> ContentRef? {
        guard let id = row.subject, let text = try session.reader.content(id) else { return nil }
        if redaction == .everything, text != content.subject { return nil }
        guard let left = redaction.applied(to: text) else { return nil }
        return try session.transaction.replace(id, with: left, salt: session.desk.salt())
    }
}

extension MessageContent {
    /// Without what is taken away; nil where there is nothing of it. Files go, because nobody looks into them here, and so does
    /// what a mail looked like.
    func redacted(_ redaction: Redaction) -> MessageContent? {
        let parts = (
            text: redaction.applied(to: text), full: fullText.flatMap(redaction.applied),
            subject: subject.flatMap(redaction.applied)
        )
        guard parts.text != nil || parts.full != nil || parts.subject != nil || !files.isEmpty
        else {
            return nil
        }
        var left = self
        left.text = parts.text ?? text
        left.fullText = redaction == .everything ? nil : parts.full ?? fullText
        left.subject = parts.subject ?? subject
        left.html = nil
        left.files = []
        return left
    }
}
