public import HelpdeskCore

/// A message whose words can be taken away.
public struct RedactableMessage: Sendable {
    public let ticket: TicketNumber
    public let contentID: ContentID
    public let content: MessageContent
    let raw: BlobHash?
    /// Bytes of files that are kept on their own.
    let files: [BlobHash]
    /// What carries it to the customer, newest first.
    public let deliveries: [(id: DeliveryID, state: DeliveryState)]
}

extension StoreReader {
    /// Nil for a message that there is not, or whose words are erased.
    public func redactable(_ message: MessageID) throws(StoreError) -> RedactableMessage? {
        let place = try connection.first(
            "SELECT ticket, content, raw FROM messages WHERE id = $1", [message]
        ) { row throws(StoreError) in
            (
                ticket: try row.number(0, as: TicketNumber.self),
                content: try row.number(1, as: ContentID.self),
                raw: row.optionalWord(2, as: BlobHash.self)
            )
        }
        guard let place, let content = try messageContent(place.content) else { return nil }
        let files = try connection.all(
            "SELECT sha256 FROM attachments WHERE message = $1 AND raw_offset IS NULL", [message]
        ) { row throws(StoreError) in try row.word(0, as: BlobHash.self) }
        let deliveries = try connection.all(
            "SELECT id, state FROM outbox WHERE message = $1 ORDER BY id DESC", [message]
        ) { row throws(StoreError) in
            (
                id: try row.number(0, as: DeliveryID.self),
                state: try row.word(1, as: DeliveryState.self)
            )
        }
        return RedactableMessage(
            ticket: place.ticket, contentID: place.content, content: content, raw: place.raw,
            files: files, deliveries: deliveries)
    }
}

extension StoreTransaction {
    /// Puts other words in the place of a row's; nothing but a redaction may.
    public func replace(
        _ content: ContentID, with body: String, salt: [UInt8]
    ) throws(StoreError) -> ContentRef {
        try execute(
            "UPDATE contents SET salt = $1, body = $2 WHERE id = $3", [salt, body, content])
        return ContentRef(id: content, mac: ContentSeal.mac(of: body, salt: salt))
    }

    public func replace(
        _ content: ContentID, with message: MessageContent, salt: [UInt8]
    ) throws(StoreError) -> ContentRef {
        try replace(content, with: ContentSeal.json(message), salt: salt)
    }

    /// Deletes a redacted message's bytes: as received, of its files, and as they were sent, and in answers kept for repeated requests. To be called after the event.
    public func dropBytes(of message: RedactableMessage) throws(StoreError) {
        try forgetAPIAnswers()
        var hashes = message.files
        if let raw = message.raw, try !isOthers(raw, message.contentID) { hashes.append(raw) }
        for hash in hashes where try !isNeeded(hash) {
            try execute("DELETE FROM blobs WHERE hash = $1", [hash])
        }
        for delivery in message.deliveries {
            try execute("DELETE FROM prepared WHERE delivery = $1", [delivery.id])
        }
    }
}
