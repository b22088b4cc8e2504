public import HelpdeskCore

/// A customer as an archive tells of them: their own card, whoever they are merged with.
public struct ArchivableCustomer: Hashable, Sendable {
    public struct Identity: Hashable, Sendable {
        public let id: IdentityID
        public let kind: String
        /// Nil once erased.
        public let address: String?
        public let scope: InboxID?
        public let verification: IdentityLinked.Verification
        public let evidence: LinkEvidence
        public let sharing: IdentityMarked.Sharing
        public let undeliverableAt: Instant?
        public let undeliverableCode: String?
    }

    public let id: CustomerID
    public let name: String?
    public let attributes: [String: String]
    public let settings: CustomerSettings
    public let createdAt: Instant
    public let erasedAt: Instant?
    public let surveysRefusedAt: Instant?
    public let identities: [Identity]
}

/// What became of a delivery.
public struct ArchivableDelivery: Hashable, Sendable {
    public let state: DeliveryState
    public let attempts: Int
    public let settledAt: Instant?
    public let code: String?
    public let detail: String?
    public let report: String?
}

/// What an invitation's row says that its events do not say in one place.
public struct ArchivableInvitation: Hashable, Sendable {
    public let kind: SurveyKind
    public let policy: String
    public let occasion: SurveyOccasion
    public let decidedAt: Instant
    public let recovery: RecoveryID?
}

/// What an archive is written from; Docs/Archive.md says what goes into one.
extension StoreReader {
    /// Customers behind an id, in order.
    public func archivableCustomers(
        after last: CustomerID, limit: Int
    ) throws(StoreError) -> [ArchivableCustomer] {
        let ids = try connection.all(
            "SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT $2", [last, limit]
        ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
        var customers: [ArchivableCustomer] = []
        for id in ids {
            if let customer = try archivableCustomer(id) { customers.append(customer) }
        }
        return customers
    }

    private func archivableCustomer(
        _ id: CustomerID
    ) throws(StoreError) -> ArchivableCustomer? {
        let settings = try settings(of: id)
        let identities = try archivableIdentities(of: id)
        return try connection.first(
            """
            SELECT n.body, a.body, c.created_at, c.erased_at, c.surveys_refused_at
            FROM customers c LEFT JOIN contents n ON n.id = c.name
            LEFT JOIN contents a ON a.id = c.attributes WHERE c.id = $1
            """, [id]
        ) { row throws(StoreError) in
            ArchivableCustomer(
                id: id, name: row.optionalText(0),
                attributes: try row.optionalText(1).map { body throws(StoreError) in
                    try ContentSeal.decode([String: String].self, from: body)
                } ?? [:],
                settings: settings, createdAt: try row.instant(2),
                erasedAt: row.optionalInstant(3), surveysRefusedAt: row.optionalInstant(4),
                identities: identities)
        }
    }

    private func archivableIdentities(
        of customer: CustomerID
    ) throws(StoreError) -> [ArchivableCustomer.Identity] {
        try connection.all(
            """
            SELECT i.id, i.kind, i.scope, i.verification, i.evidence, i.sharing,
              i.undeliverable_at, i.undeliverable_code, c.body
            FROM identities i LEFT JOIN contents c ON c.id = i.content
            WHERE i.customer = $1 ORDER BY i.id
            """, [customer]
        ) { row throws(StoreError) in
            let scope = try row.text(2)
            return ArchivableCustomer.Identity(
                id: try row.number(0), kind: try row.text(1), address: row.optionalText(8),
                scope: scope.isEmpty ? nil : InboxID(rawValue: scope),
                verification: row.optionalWord(3) ?? .unverified, evidence: try row.word(4),
                sharing: row.optionalWord(5) ?? .personal,
                undeliverableAt: row.optionalInstant(6), undeliverableCode: row.optionalText(7))
        }
    }

    /// Events behind a position, in order: all but what the desk worked out for itself (clocks, promises, notices).
    public func archivableEvents(
        after position: Position, through last: Position, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events
            WHERE position > $1 AND position <= $2
              AND type NOT IN ('ticket_queued', 'delivery_attempted', 'delivery_settled',
                'agent_noticed', 'notices_digested', 'sla_started', 'sla_paused', 'sla_resumed',
                'sla_warned', 'sla_stopped', 'sla_cancelled', 'sla_replanned', 'screen_changed',
                'presence_changed')
            ORDER BY position LIMIT $3
            """, [position, last, limit], Self.storedEvent)
    }

    /// Under which a message's bytes are now; nil where they were never kept, or are gone.
    public func raw(of message: MessageID) throws(StoreError) -> BlobHash? {
        try connection.first(
            "SELECT raw FROM messages WHERE id = $1 AND raw IS NOT NULL", [message]
        ) { row throws(StoreError) in try row.word(0, as: BlobHash.self) }
    }

    public func archivable(_ delivery: DeliveryID) throws(StoreError) -> ArchivableDelivery? {
        try connection.first(
            """
            SELECT o.state, o.attempts, o.settled_at, o.code, d.body, o.report
            FROM outbox o LEFT JOIN contents d ON d.id = o.detail WHERE o.id = $1
            """, [delivery]
        ) { row throws(StoreError) in
            ArchivableDelivery(
                state: try row.word(0), attempts: Int(clamping: try row.integer(1)),
                settledAt: row.optionalInstant(2), code: row.optionalText(3),
                detail: row.optionalText(4), report: row.optionalText(5))
        }
    }

    public func archivable(
        _ invitation: InvitationID
    ) throws(StoreError) -> ArchivableInvitation? {
        try connection.first(
            "SELECT kind, policy, occasion, decided_at, recovery FROM invitations WHERE id = $1",
            [invitation]
        ) { row throws(StoreError) in
            ArchivableInvitation(
                kind: try row.word(0), policy: try row.text(1), occasion: try row.word(2),
                decidedAt: try row.instant(3), recovery: row.optionalNumber(4))
        }
    }

    /// Nil for bytes that are not here.
    public func size(of blob: BlobHash) throws(StoreError) -> Int64? {
        try connection.first("SELECT size FROM blobs WHERE hash = $1", [blob]) {
            row throws(StoreError) in try row.integer(0)
        }
    }

    public func piece(
        of blob: BlobHash, from start: Int64, length: Int
    ) throws(StoreError) -> [UInt8] {
        try connection.first(
            "SELECT substr(bytes, $1, $2) FROM blobs WHERE hash = $3", [start + 1, length, blob]
        ) { row throws(StoreError) in try row.blob(0) } ?? []
    }
}

extension StoreReader {
    /// The last position given out.
    public func lastPosition() throws(StoreError) -> Position {
        try connection.first("SELECT position FROM counters WHERE id = 1") {
            row throws(StoreError) in try row.number(0, as: Position.self)
        } ?? .start
    }

    /// Where in the stream a message is.
    public func position(of message: MessageID) throws(StoreError) -> Position? {
        try connection.first("SELECT position FROM messages WHERE id = $1", [message]) {
            row throws(StoreError) in try row.number(0, as: Position.self)
        }
    }

    /// What was queued of a ticket shortly before a moment of the stream: an answer's deliveries stand before it, in the same
    /// transaction.
    public func queuedBefore(
        _ position: Position, of ticket: TicketNumber
    ) throws(StoreError) -> [StoredEvent] {
        try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events
            WHERE ticket = $1 AND position < $2 AND position > $2 - 50 AND type = 'delivery_queued'
            ORDER BY position
            """, [ticket, position], Self.storedEvent)
    }

    /// A message's files as they are now: a redaction takes them away.
    public func archivableAttachments(
        of message: MessageID
    ) throws(StoreError) -> [AttachmentRef] {
        try connection.all(
            """
            SELECT id, sha256, size, raw_offset, raw_length, encoding FROM attachments
            WHERE message = $1 ORDER BY place
            """, [message]
        ) { row throws(StoreError) in
            let place: AttachmentRef.Place =
                if let offset = row.optionalInteger(3), let length = row.optionalInteger(4) {
                    .range(offset: offset, length: length, encoding: row.optionalText(5) ?? "")
                } else {
                    .blob
                }
            return AttachmentRef(
                id: try row.number(0), sha256: try row.word(1), size: try row.integer(2),
                place: place)
        }
    }
}

/// Where a survey or a recovery belongs: what records that speak of it are about.
public struct ArchivePlacement: Hashable, Sendable {
    public let ticket: TicketNumber?
    public let customer: CustomerID
}

extension StoreReader {
    public func placeOfInvitation(
        _ id: InvitationID
    ) throws(StoreError) -> ArchivePlacement? {
        try placement("SELECT ticket, customer FROM invitations WHERE id = $1", id.rawValue)
    }

    public func placeOfRecovery(_ id: RecoveryID) throws(StoreError) -> ArchivePlacement? {
        try placement("SELECT ticket, customer FROM recoveries WHERE id = $1", id.rawValue)
    }

    private func placement(
        _ sql: String, _ id: Int64
    ) throws(StoreError) -> ArchivePlacement? {
        try connection.first(sql, [id]) { row throws(StoreError) in
            ArchivePlacement(ticket: row.optionalNumber(0), customer: try row.number(1))
        }
    }

    public func hasInvitation(tokenHash: String) throws(StoreError) -> Bool {
        try connection.exists(
            "SELECT 1 FROM invitations WHERE token_hash = $1", [tokenHash])
    }
}
