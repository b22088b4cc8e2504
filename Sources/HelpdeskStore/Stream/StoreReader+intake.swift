public import HelpdeskCore

/// A message kept before.
public struct KeptMessage: Hashable, Sendable {
    public let message: MessageID
    public let ticket: TicketNumber
}

/// An address with whose it is.
public struct KnownIdentity: Hashable, Sendable {
    public let id: IdentityID
    public let customer: CustomerID
    public let verification: IdentityLinked.Verification
    public let scope: InboxID?
    /// Since when mail there comes back.
    public let undeliverable: Undeliverable?
    /// Whether it is one person's.
    public let sharing: IdentityMarked.Sharing
}

/// Mail to an address came back for good.
public struct Undeliverable: Hashable, Sendable {
    public let since: Instant
    /// As the server said it: `5.1.1`, `550`, or one word.
    public let code: String?

    init?(since: Instant?, code: String?) {
        guard let since else { return nil }
        self.since = since
        self.code = code
    }
}

extension StoreReader {
    /// What was kept under an external id of an inbox, with this content or (nil) any.
    public func messageKept(
        inbox: InboxID, externalID: String, fingerprint: String?
    ) throws(StoreError) -> KeptMessage? {
        let key = IndexKey.of(externalID)
        if let fingerprint {
            return try connection.first(
                """
                SELECT m.id, m.ticket FROM intake_keys k JOIN messages m ON m.id = k.message
                WHERE k.inbox = $1 AND k.key = $2 AND k.fingerprint = $3
                """, [inbox, key, IndexKey.of(fingerprint)], Self.kept)
        }
        return try connection.first(
            """
            SELECT m.id, m.ticket FROM intake_keys k JOIN messages m ON m.id = k.message
            WHERE k.inbox = $1 AND k.key = $2 ORDER BY m.id LIMIT 1
            """, [inbox, key], Self.kept)
    }

    /// The same message in another inbox since a moment, where both teams may see both: mail sent to two of our addresses.
    public func sameMail(
        externalID: String, fingerprint: String, notIn inbox: InboxID, team: TeamID,
        privacy: TeamPrivacy, since: Instant
    ) throws(StoreError) -> KeptMessage? {
        try connection.first(
            """
            SELECT m.id, m.ticket FROM intake_keys k
            JOIN messages m ON m.id = k.message JOIN tickets t ON t.number = m.ticket
            WHERE k.key = $1 AND k.fingerprint = $2 AND k.inbox <> $3 AND m.received_at >= $4
              AND (t.team = $5 OR (t.hidden = 0 AND $6 = 0))
            ORDER BY m.id LIMIT 1
            """,
            [
                IndexKey.of(externalID), IndexKey.of(fingerprint), inbox, since, team,
                privacy == .restricted ? 1 : 0,
            ], Self.kept)
    }

    private static func kept(_ row: borrowing SQLRow) throws(StoreError) -> KeptMessage {
        KeptMessage(message: try row.number(0), ticket: try row.number(1))
    }

    /// Whose an address is: within the inbox if it counts only there, else everywhere.
    public func identity(
        _ address: IdentityAddress, scope: InboxID?
    ) throws(StoreError) -> KnownIdentity? {
        try connection.first(
            """
            SELECT id, customer, verification, scope, undeliverable_at, undeliverable_code,
              sharing
            FROM identities WHERE kind = $1 AND value = $2 AND scope = $3
            """,
            [address.kind, address.value, scope?.rawValue ?? ""]
        ) { row throws(StoreError) in
            let scope = try row.text(3)
            return KnownIdentity(
                id: try row.number(0), customer: try row.number(1),
                verification: row.optionalWord(2) ?? .unverified,
                scope: scope.isEmpty ? nil : InboxID(rawValue: scope),
                undeliverable: Undeliverable(
                    since: row.optionalInstant(4), code: row.optionalText(5)),
                sharing: row.optionalWord(6) ?? .personal)
        }
    }

    /// Whether an agent was asked about this address of the customer's before.
    public func isSuggested(
        _ address: IdentityAddress, for customer: CustomerID
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM suggestions s JOIN contents c ON c.id = s.content
            WHERE s.customer = $1 AND s.kind = $2 AND c.body = $3
            """, [customer, address.kind, address.value])
    }

    /// Whether a customer has a name.
    public func isNamed(_ customer: CustomerID) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM customers WHERE id = $1 AND name IS NOT NULL", [customer])
    }

    /// The ticket's customer, where nothing is known of them but that they were spoken to: a bot's greeting came first.
    public func unknownCustomer(
        ofConversation conversation: String, inbox: InboxID
    ) throws(StoreError) -> CustomerID? {
        try connection.first(
            """
            SELECT t.customer FROM conversations c JOIN tickets t ON t.number = c.ticket
            WHERE c.inbox = $1 AND c.key = $2
              AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.customer = t.customer)
            ORDER BY c.message DESC LIMIT 1
            """, [inbox, IndexKey.of(conversation)]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// What is waiting in quarantine with these bytes.
    public func quarantined(
        raw: BlobHash, inbox: InboxID
    ) throws(StoreError) -> QuarantineID? {
        try connection.first(
            """
            SELECT id FROM quarantine WHERE raw = $1 AND inbox = $2 AND state = 'waiting'
            """, [raw, inbox]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// Whether these bytes were ever put into quarantine, whatever became of them.
    public func wasQuarantined(raw: BlobHash, inbox: InboxID) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM quarantine WHERE raw = $1 AND inbox = $2", [raw, inbox])
    }

    /// The agent at an inner phone number.
    public func agent(atExtension number: String) throws(StoreError) -> AgentID? {
        try connection.first(
            "SELECT login FROM agents WHERE extension = $1 AND state = 'active'", [number]
        ) { row throws(StoreError) in try row.word(0) }
    }

    /// Secrets by key id: the newest signs, all verify.
    public func signingKeys() throws(StoreError) -> [(id: Int64, secret: [UInt8])] {
        try connection.all("SELECT id, secret FROM signing_keys ORDER BY id") {
            row throws(StoreError) in (try row.integer(0), try row.blob(1))
        }
    }

    public func requestBodyHash(inbox: InboxID, id: String) throws(StoreError) -> [UInt8]? {
        try connection.first(
            "SELECT body_hash FROM request_keys WHERE inbox = $1 AND id = $2", [inbox, id]
        ) { row throws(StoreError) in try row.blob(0) }
    }

    public func cursor(of inbox: InboxID) throws(StoreError) -> String? {
        try connection.first("SELECT cursor FROM inbox_cursors WHERE inbox = $1", [inbox]) {
            row throws(StoreError) in try row.text(0)
        }
    }

    /// How many tickets this customer opened since a moment, counted up to `limit`.
    public func ticketsOpened(
        by customer: CustomerID, since: Instant, limit: Int
    ) throws(StoreError) -> Int {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (
              SELECT opened_at FROM tickets WHERE customer = $1
              ORDER BY number DESC LIMIT $2) recent
            WHERE opened_at >= $3
            """, [customer, limit, since]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }

    /// Acknowledgements sent to anybody since a moment, counted up to `limit`.
    public func acknowledgements(since: Instant, limit: Int) throws(StoreError) -> Int {
        let count = try connection.first(
            "SELECT COUNT(*) FROM (SELECT 1 FROM acknowledgements WHERE at >= $1 LIMIT $2) recent",
            [since, limit]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }

    /// Acknowledgements sent to an address since a moment.
    public func acknowledgements(
        to address: String, since: Instant
    ) throws(StoreError) -> Int {
        let count = try connection.first(
            "SELECT COUNT(*) FROM acknowledgements WHERE address = $1 AND at >= $2",
            [IndexKey.of(address), since]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }
}

extension StoreTransaction {
    public func keepRequestKey(
        inbox: InboxID, id: String, bodyHash: [UInt8]
    ) throws(StoreError) {
        try execute(
            "INSERT INTO request_keys (inbox, id, body_hash, at) VALUES ($1, $2, $3, $4)",
            [inbox, id, bodyHash, now])
    }

    public func forgetRequestKeys(before moment: Instant) throws(StoreError) {
        try execute("DELETE FROM request_keys WHERE at < $1", [moment])
    }

    /// Commits an adapter's place with the messages it covers.
    public func keepCursor(_ cursor: String, of inbox: InboxID) throws(StoreError) {
        try execute(
            """
            INSERT INTO inbox_cursors (inbox, cursor) VALUES ($1, $2)
            ON CONFLICT (inbox) DO UPDATE SET cursor = excluded.cursor
            """, [inbox, cursor])
    }
}

extension StoreReader {
    /// A quarantine entry that nobody has dealt with.
    public func waitingQuarantine(
        _ id: QuarantineID
    ) throws(StoreError) -> (inbox: InboxID, bytes: [UInt8])? {
        let found = try connection.first(
            "SELECT inbox, raw FROM quarantine WHERE id = $1 AND state = 'waiting'", [id]
        ) { row throws(StoreError) in
            (inbox: try row.word(0, as: InboxID.self), raw: try row.word(1, as: BlobHash.self))
        }
        guard let found, let bytes = try blob(found.raw) else { return nil }
        return (found.inbox, bytes)
    }
}
