public import HelpdeskCore

/// An attachment with its bytes, decoded.
public struct AttachmentBytes: Hashable, Sendable {
    public let attachment: AttachmentRow
    public let message: MessageID
    public let bytes: [UInt8]
}

extension StoreReader {
    /// The attachments of a message, in its order; names and types stand in its content at the same places.
    func attachments(
        of message: MessageID, files: [MessageContent.File]
    ) throws(StoreError) -> [AttachmentRow] {
        try connection.all(
            """
            SELECT id, sha256, size, place FROM attachments WHERE message = $1
            ORDER BY place LIMIT 1000
            """, [message]
        ) { row throws(StoreError) in
            let place = Int(clamping: try row.integer(3))
            return AttachmentRow(
                id: try row.number(0), file: files.indices.contains(place) ? files[place] : nil,
                size: try row.integer(2), sha256: try row.word(1))
        }
    }

    /// The bytes of an attachment: its own blob, or its range of the raw message, decoded. Nil when there is none, or
    /// the viewer may not see its ticket. In memory whole; mail is bounded by the intake.
    public func attachment(
        _ id: AttachmentID, viewer: Viewer
    ) throws(StoreError) -> AttachmentBytes? {
        let found = try connection.first(
            """
            SELECT f.id, f.sha256, f.size, f.place, f.message, f.raw_offset, f.raw_length,
              f.encoding, k.body
            FROM attachments f
            JOIN messages m ON m.id = f.message
            JOIN tickets t ON t.number = m.ticket
            LEFT JOIN contents k ON k.id = m.content
            WHERE f.id = $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer]
        ) { row throws(StoreError) in
            var files: [MessageContent.File] = []
            if let body = row.optionalText(8) {
                files = try ContentSeal.decode(MessageContent.self, from: body).files
            }
            let place = Int(clamping: try row.integer(3))
            let attachment = AttachmentRow(
                id: try row.number(0), file: files.indices.contains(place) ? files[place] : nil,
                size: try row.integer(2), sha256: try row.word(1))
            return (
                attachment, try row.number(4, as: MessageID.self),
                AttachmentPlace(
                    offset: row.optionalInteger(5), length: row.optionalInteger(6),
                    encoding: row.optionalText(7))
            )
        }
        guard let (attachment, message, place) = found,
            let bytes = try bytes(of: attachment, at: place, in: message)
        else { return nil }
        return AttachmentBytes(attachment: attachment, message: message, bytes: bytes)
    }

    private func bytes(
        of attachment: AttachmentRow, at place: AttachmentPlace, in message: MessageID
    ) throws(StoreError) -> [UInt8]? {
        guard let range = place.range else { return try blob(attachment.sha256) }
        // Only the range leaves the database.
        let encoded = try connection.first(
            """
            SELECT substr(b.bytes, $1, $2) FROM messages m JOIN blobs b ON b.hash = m.raw
            WHERE m.id = $3
            """, [range.lowerBound + 1, range.upperBound - range.lowerBound, message]
        ) { row throws(StoreError) in try row.blob(0) }
        return encoded.map { TransferDecoding.decoded($0, encoding: place.encoding ?? "") }
    }
}

/// Where in the raw message an attachment stands.
struct AttachmentPlace: Hashable {
    let offset: Int64?
    let length: Int64?
    let encoding: String?

    /// Within what SQL can count; nil: the attachment has a blob of its own.
    var range: Range<Int64>? {
        guard let offset, let length, offset >= 0, length >= 0,
            offset < .max - length
        else { return nil }
        return offset..<offset + length
    }
}

extension AttachmentRow {
    init(id: AttachmentID, file: MessageContent.File?, size: Int64, sha256: BlobHash) {
        self.init(
            id: id, name: file?.name,
            contentType: file?.contentType ?? "application/octet-stream",
            contentID: file?.contentID, size: size, sha256: sha256)
    }
}
