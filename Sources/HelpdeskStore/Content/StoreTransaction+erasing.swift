public import HelpdeskCore

/// What an erasure took away.
public struct ErasedWords: Hashable, Sendable {
    public var contents = 0
    public var blobs = 0
    public var deliveries = 0

    public init() {}
}

extension StoreReader {
    struct OwnedContent {
        let id: ContentID
        let kind: ContentKind
    }

    /// Content rows that are a customer's: what they wrote or was written to them. An address that is another's by now is theirs.
    func contents(of customer: CustomerID) throws(StoreError) -> [OwnedContent] {
        try connection.all(
            "SELECT id, kind FROM contents WHERE customer = $1 ORDER BY id", [customer]
        ) { row throws(StoreError) in
            OwnedContent(id: try row.number(0), kind: try row.word(1))
        }
    }

    func identityContents(
        of customer: CustomerID
    ) throws(StoreError) -> [(id: IdentityID, content: ContentID)] {
        try connection.all(
            "SELECT id, content FROM identities WHERE customer = $1 ORDER BY id", [customer]
        ) { row throws(StoreError) in (try row.number(0), try row.number(1)) }
    }

    /// Invitations that are not sent yet.
    public func scheduledInvitations(
        of customer: CustomerID
    ) throws(StoreError) -> [(id: InvitationID, ticket: TicketNumber?)] {
        try connection.all(
            """
            SELECT id, ticket FROM invitations WHERE customer = $1 AND state = 'scheduled'
            ORDER BY id LIMIT 1000
            """, [customer]
        ) { row throws(StoreError) in (try row.number(0), row.optionalNumber(1)) }
    }
}

extension StoreTransaction {
    /// Empties every content row of an erased customer with its salt, and deletes the bytes that belonged to them: raw mails,
    /// files, prepared mail. To be called after the event; what it changes is no projection.
    public func emptyContents(of customer: CustomerID) throws(StoreError) -> ErasedWords {
        try forgetAPIAnswers()
        try dropDrafts(of: customer)
        var erased = ErasedWords()
        var bytes: Set<BlobHash> = []
        for content in try reader.contents(of: customer) {
            if content.kind == .address, try isAnothers(content.id, than: customer) { continue }
            bytes.formUnion(try blobs(of: content))
            if content.kind == .delivery { erased.deliveries += try dropPrepared(content.id) }
            erased.contents += try empty(content.id)
        }
        // An address that was another's before stands in their row.
        for identity in try reader.identityContents(of: customer) {
            erased.contents += try empty(identity.content)
        }
        for hash in bytes where try !isNeeded(hash) {
            erased.blobs += try execute("DELETE FROM blobs WHERE hash = $1", [hash])
        }
        return erased
    }

    private func empty(_ content: ContentID) throws(StoreError) -> Int {
        try execute(
            "UPDATE contents SET salt = NULL, body = NULL WHERE id = $1 AND body IS NOT NULL",
            [content])
    }

    private func isAnothers(
        _ content: ContentID, than customer: CustomerID
    ) throws(StoreError) -> Bool {
        guard let address = try reader.content(content) else { return false }
        return try connection.exists(
            "SELECT 1 FROM identities WHERE value = $1 AND content = $2 AND customer <> $3",
            [address, content, customer])
    }

    private func blobs(of content: StoreReader.OwnedContent) throws(StoreError) -> Set<BlobHash> {
        guard content.kind == .message else { return [] }
        var hashes: Set<BlobHash> = []
        let messages = try connection.all(
            "SELECT id, raw FROM messages WHERE content = $1", [content.id]
        ) { row throws(StoreError) in
            (
                id: try row.number(0, as: MessageID.self),
                raw: row.optionalWord(1, as: BlobHash.self)
            )
        }
        for message in messages {
            if let raw = message.raw, try !isOthers(raw, content.id) { hashes.insert(raw) }
            hashes.formUnion(
                try connection.all(
                    "SELECT sha256 FROM attachments WHERE message = $1 AND raw_offset IS NULL",
                    [message.id]
                ) { row throws(StoreError) in try row.word(0, as: BlobHash.self) })
        }
        return hashes
    }

    /// Whether another message has these bytes. The same bytes have the same Message-ID, by which messages are found.
    func isOthers(_ raw: BlobHash, _ content: ContentID) throws(StoreError) -> Bool {
        guard let id = try reader.messageContent(content)?.externalID else { return false }
        return try connection.exists(
            """
            SELECT 1 FROM intake_keys i JOIN messages m ON m.id = i.message
            JOIN contents k ON k.id = m.content
            WHERE i.key = $1 AND m.raw = $2 AND m.content <> $3 AND k.body IS NOT NULL
            """, [IndexKey.of(id), raw, content])
    }

    /// Whether a file of a message that was not erased, an upload or an entry of the quarantine has the same bytes.
    func isNeeded(_ hash: BlobHash) throws(StoreError) -> Bool {
        for sql in [
            """
            SELECT 1 FROM attachments f JOIN messages m ON m.id = f.message
            JOIN contents k ON k.id = m.content
            WHERE f.sha256 = $1 AND f.raw_offset IS NULL AND k.body IS NOT NULL
            """, "SELECT 1 FROM quarantine WHERE raw = $1", "SELECT 1 FROM uploads WHERE hash = $1",
        ] where try connection.exists(sql, [hash]) {
            return true
        }
        return false
    }

    private func dropPrepared(_ content: ContentID) throws(StoreError) -> Int {
        let deliveries = try connection.all(
            "SELECT id FROM outbox WHERE content = $1", [content]
        ) { row throws(StoreError) in try row.number(0, as: DeliveryID.self) }
        var dropped = 0
        for delivery in deliveries {
            dropped += try execute("DELETE FROM prepared WHERE delivery = $1", [delivery])
            try execute("DELETE FROM delivery_recipients WHERE delivery = $1", [delivery])
        }
        return dropped
    }
}
