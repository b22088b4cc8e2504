public import HelpdeskCore

/// A content row as an export says it: what kind of words, and the words as they are kept (text, or JSON for messages and
/// deliveries).
public struct ExportedContent: Hashable, Sendable {
    public let id: ContentID
    public let kind: ContentKind
    public let body: String
    /// Of a message: where it stands.
    public let message: ExportedMessage?
}

public struct ExportedMessage: Hashable, Sendable {
    public let id: MessageID
    public let ticket: TicketNumber
    public let direction: MessageDirection
    public let channel: String?
    public let inbox: String?
    public let at: Instant
    public let raw: BlobHash?
    public let attachments: [ExportedAttachment]
}

public struct ExportedAttachment: Hashable, Sendable {
    public let id: AttachmentID
    public let sha256: BlobHash
    public let size: Int64
}

extension StoreReader {
    /// What has words still, of one customer, behind a place.
    public func exportedContents(
        of customer: CustomerID, after last: ContentID, limit: Int
    ) throws(StoreError) -> [ExportedContent] {
        let rows = try connection.all(
            """
            SELECT id, kind, body FROM contents
            WHERE customer = $1 AND id > $2 AND body IS NOT NULL ORDER BY id LIMIT $3
            """, [customer, last, limit]
        ) { row throws(StoreError) in
            (
                id: try row.number(0, as: ContentID.self),
                kind: try row.word(1, as: ContentKind.self), body: try row.text(2)
            )
        }
        var contents: [ExportedContent] = []
        for row in rows {
            contents.append(
                ExportedContent(
                    id: row.id, kind: row.kind, body: row.body,
                    message: row.kind == .message ? try exportedMessage(row.id) : nil))
        }
        return contents
    }

    private func exportedMessage(_ content: ContentID) throws(StoreError) -> ExportedMessage? {
        let found = try connection.first(
            """
            SELECT id, ticket, direction, channel, inbox, happened_at, raw FROM messages
            WHERE content = $1
            """, [content]
        ) { row throws(StoreError) in
            ExportedMessage(
                id: try row.number(0), ticket: try row.number(1), direction: try row.word(2),
                channel: row.optionalText(3), inbox: row.optionalText(4),
                at: try row.instant(5), raw: row.optionalWord(6), attachments: [])
        }
        guard let found else { return nil }
        let attachments = try connection.all(
            "SELECT id, sha256, size FROM attachments WHERE message = $1 ORDER BY place",
            [found.id]
        ) { row throws(StoreError) in
            ExportedAttachment(
                id: try row.number(0), sha256: try row.word(1), size: try row.integer(2))
        }
        return ExportedMessage(
            id: found.id, ticket: found.ticket, direction: found.direction,
            channel: found.channel, inbox: found.inbox, at: found.at, raw: found.raw,
            attachments: attachments)
    }
}
