public import HelpdeskCore

/// A customer's message of a ticket, as far as an answer needs it.
public struct AnswerableMessage: Hashable, Sendable {
    public let message: MessageID
    public let inbox: InboxID
    public let kind: MessageKind
    public let receivedAt: Instant
    public let content: ContentID
    public let autoSubmitted: AutoSubmitted
    public let senderAuth: SenderAuth
    public let address: IdentityAddress?
    public let verification: IdentityLinked.Verification
    public let undeliverable: Undeliverable?
}

/// An address of a customer that counts everywhere.
public struct CustomerAddress: Hashable, Sendable {
    public let identity: IdentityID
    public let address: IdentityAddress
    public let verification: IdentityLinked.Verification
    public let undeliverable: Undeliverable?
}

extension StoreReader {
    /// What customers wrote in a ticket, newest first, at most 50. Of a ticket that holds another person's words (tickets of
    /// different customers were merged), only what its own customer and participants wrote can be answered.
    public func answerable(
        in ticket: TicketNumber
    ) throws(StoreError) -> [AnswerableMessage] {
        try connection.all(
            """
            SELECT m.id, m.inbox, m.kind, m.received_at, m.content, m.auto_submitted, i.kind,
              i.value, i.verification, i.undeliverable_at, i.undeliverable_code,
              m.sender_auth
            FROM messages m JOIN tickets t ON t.number = m.ticket
            JOIN customers c ON c.id = t.customer
            LEFT JOIN identities i ON i.id = m.identity
            LEFT JOIN customers w ON w.id = i.customer
            WHERE m.ticket = $1 AND m.direction = 'in' AND m.author_kind = 'customer'
              AND (i.id IS NULL OR w.root = c.root OR EXISTS
                (SELECT 1 FROM participants p WHERE p.ticket = m.ticket AND p.identity = i.id))
            ORDER BY m.id DESC LIMIT 50
            """, [ticket]
        ) { row throws(StoreError) in
            var address: IdentityAddress?
            if let kind = row.optionalText(6), let value = row.optionalText(7) {
                address = IdentityAddress(kind: kind, value: value)
            }
            return AnswerableMessage(
                message: try row.number(0), inbox: try row.word(1), kind: try row.word(2),
                receivedAt: try row.instant(3), content: try row.number(4),
                autoSubmitted: try row.word(5),
                senderAuth: row.optionalWord(11) ?? .unchecked, address: address,
                verification: row.optionalWord(8) ?? .unverified,
                undeliverable: Undeliverable(
                    since: row.optionalInstant(9), code: row.optionalText(10)))
        }
    }

    /// The customer's addresses of one kind that count everywhere, at most 20.
    public func addresses(
        of customer: CustomerID, kind: String
    ) throws(StoreError) -> [CustomerAddress] {
        try connection.all(
            """
            SELECT id, kind, value, verification, undeliverable_at, undeliverable_code
            FROM identities
            WHERE customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
              AND kind = $2 AND scope = ''
            ORDER BY id DESC LIMIT 20
            """, [try root(of: customer), kind], Self.address)
    }

    /// Whom an agent added to a ticket, with their addresses, oldest first, at most 50.
    public func participants(of ticket: TicketNumber) throws(StoreError) -> [CustomerAddress] {
        try connection.all(
            """
            SELECT i.id, i.kind, i.value, i.verification, i.undeliverable_at, i.undeliverable_code
            FROM participants p JOIN identities i ON i.id = p.identity
            WHERE p.ticket = $1 ORDER BY i.id LIMIT 50
            """, [ticket], Self.address)
    }

    private static func address(
        _ row: borrowing SQLRow
    ) throws(StoreError) -> CustomerAddress {
        CustomerAddress(
            identity: try row.number(0),
            address: IdentityAddress(kind: try row.text(1), value: try row.text(2)),
            verification: row.optionalWord(3) ?? .unverified,
            undeliverable: Undeliverable(
                since: row.optionalInstant(4), code: row.optionalText(5)))
    }

    public func preferredChannel(of customer: CustomerID) throws(StoreError) -> ChannelKind? {
        let root = try root(of: customer)
        let own: ChannelKind? =
            try connection.first(
                "SELECT preferred_channel FROM customers WHERE id = $1", [root]
            ) { row throws(StoreError) in row.optionalWord(0) } ?? nil
        if let own { return own }
        // What somebody merged with them stated is not lost.
        return try connection.first(
            """
            SELECT preferred_channel FROM customers
            WHERE root = $1 AND preferred_channel IS NOT NULL ORDER BY id LIMIT 1
            """, [root]
        ) { row throws(StoreError) in row.optionalWord(0) } ?? nil
    }

    /// A file an agent put in before a reply that uses it.
    public func upload(
        _ id: AttachmentID, of agent: AgentID
    ) throws(StoreError) -> (name: String, contentType: String, hash: BlobHash, size: Int64)? {
        try connection.first(
            "SELECT name, content_type, hash, size FROM uploads WHERE id = $1 AND agent = $2",
            [id, agent]
        ) { row throws(StoreError) in
            (try row.text(0), try row.text(1), try row.word(2), try row.integer(3))
        }
    }
}

extension StoreTransaction {
    public func keepUpload(
        _ id: AttachmentID, of agent: AgentID, name: String, contentType: String, hash: BlobHash,
        size: Int64
    ) throws(StoreError) {
        try execute(
            """
            INSERT INTO uploads (id, agent, name, content_type, hash, size, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, [id, agent, name, contentType, hash, size, now])
    }
}
