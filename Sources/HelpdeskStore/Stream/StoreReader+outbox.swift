public import HelpdeskCore

/// An entry of the outbox with what a worker needs to send it.
public struct DueDelivery: Hashable, Sendable {
    public let id: DeliveryID
    public let inbox: InboxID
    public let ticket: TicketNumber?
    public let customer: CustomerID?
    public let purpose: DeliveryPurpose
    public let state: DeliveryState
    public let attempts: Int
    public let createdAt: Instant
    public let content: ContentID
}

/// The bytes fixed when a delivery was queued.
public struct PreparedBytes: Hashable, Sendable {
    public var conversation: String?
    public var envelopeSender: String?
    public var recipients: [String]
    public var bytes: [UInt8]

    public init(
        conversation: String?, envelopeSender: String?, recipients: [String], bytes: [UInt8]
    ) {
        self.conversation = conversation
        self.envelopeSender = envelopeSender
        self.recipients = recipients
        self.bytes = bytes
    }
}

extension StoreReader {
    /// What is due, oldest first. Order is kept per ticket and recipient: an entry waits while an earlier one of its ticket
    /// has yet to reach one of its recipients; a stuck recipient holds up nobody else (invariant 4), nor does
    /// an uncertain one that waits for a person.
    public func dueDeliveries(at now: Instant, limit: Int) throws(StoreError) -> [DueDelivery] {
        try connection.all(
            """
            SELECT \(Self.deliveryColumns) FROM outbox o
            WHERE o.state IN ('queued', 'retrying', 'uncertain') AND o.next_at <= $1
              AND NOT EXISTS (
                SELECT 1 FROM outbox e
                JOIN delivery_recipients r ON r.delivery = e.id AND r.state = 'waiting'
                JOIN delivery_recipients m ON m.delivery = o.id AND m.address = r.address
                WHERE e.ticket = o.ticket AND e.id < o.id
                  AND e.state IN ('queued', 'sending', 'retrying', 'uncertain')
                  AND (e.state <> 'uncertain' OR e.next_at IS NOT NULL))
            ORDER BY o.next_at, o.id LIMIT $2
            """, [now, limit], Self.due)
    }

    /// The same of one inbox, for entries that were queued before a moment.
    public func dueDeliveries(
        at now: Instant, of inbox: InboxID, createdBefore bound: Instant, limit: Int
    ) throws(StoreError) -> [DueDelivery] {
        try connection.all(
            """
            SELECT \(Self.deliveryColumns) FROM outbox o
            WHERE o.state IN ('queued', 'retrying', 'uncertain') AND o.next_at <= $1
              AND o.inbox = $2 AND o.created_at <= $3
              AND NOT EXISTS (
                SELECT 1 FROM outbox e
                JOIN delivery_recipients r ON r.delivery = e.id AND r.state = 'waiting'
                JOIN delivery_recipients m ON m.delivery = o.id AND m.address = r.address
                WHERE e.ticket = o.ticket AND e.id < o.id
                  AND e.state IN ('queued', 'sending', 'retrying', 'uncertain')
                  AND (e.state <> 'uncertain' OR e.next_at IS NOT NULL))
            ORDER BY o.next_at, o.id LIMIT $4
            """, [now, inbox, bound, limit], Self.due)
    }

    /// Entries that were being sent when the daemon died, at most 10,000.
    public func interruptedDeliveries() throws(StoreError) -> [DueDelivery] {
        try connection.all(
            """
            SELECT \(Self.deliveryColumns) FROM outbox o WHERE o.state = 'sending' ORDER BY o.id LIMIT 10000
            """, [], Self.due)
    }

    public func delivery(_ id: DeliveryID) throws(StoreError) -> DueDelivery? {
        try connection.first(
            """
            SELECT \(Self.deliveryColumns) FROM outbox o WHERE o.id = $1
            """, [id], Self.due)
    }

    /// When the next entry is due; nil when none waits.
    public func nextDelivery() throws(StoreError) -> Instant? {
        try connection.first(
            """
            SELECT MIN(next_at) FROM outbox WHERE state IN ('queued', 'retrying', 'uncertain')
            """
        ) { row throws(StoreError) in row.optionalInstant(0) } ?? nil
    }

    /// What `due` reads, in its order.
    static let deliveryColumns =
        "o.id, o.inbox, o.ticket, o.customer, o.state, o.attempts, o.created_at, o.content, o.purpose"

    static func due(_ row: borrowing SQLRow) throws(StoreError) -> DueDelivery {
        DueDelivery(
            id: try row.number(0), inbox: try row.word(1), ticket: row.optionalNumber(2),
            customer: row.optionalNumber(3), purpose: try row.word(8), state: try row.word(4),
            attempts: Int(clamping: try row.integer(5)), createdAt: try row.instant(6),
            content: try row.number(7))
    }

    /// The code of an earlier attempt, where one of the recipients was refused for good in it.
    public func refusalCode(of delivery: DeliveryID) throws(StoreError) -> String? {
        try connection.first(
            """
            SELECT COALESCE(o.code, 'other') FROM outbox o
            WHERE o.id = $1 AND EXISTS (
              SELECT 1 FROM delivery_recipients r
              WHERE r.delivery = o.id AND r.state = 'refused')
            """, [delivery]
        ) { row throws(StoreError) in try row.text(0) }
    }

    /// Nil once erased.
    public func prepared(_ delivery: DeliveryID) throws(StoreError) -> PreparedBytes? {
        let recipients = try connection.all(
            """
            SELECT address FROM delivery_recipients
            WHERE delivery = $1 AND state = 'waiting' ORDER BY address
            """, [delivery]
        ) { row throws(StoreError) in try row.text(0) }
        return try connection.first(
            "SELECT conversation, envelope_sender, bytes FROM prepared WHERE delivery = $1",
            [delivery]
        ) { row throws(StoreError) in
            PreparedBytes(
                conversation: row.optionalText(0), envelopeSender: row.optionalText(1),
                recipients: recipients, bytes: try row.blob(2))
        }
    }
}

extension StoreTransaction {
    public func keep(_ prepared: PreparedBytes, for delivery: DeliveryID) throws(StoreError) {
        let columns: [any SQLBindable] = [
            delivery, prepared.conversation, prepared.envelopeSender, prepared.bytes,
        ]
        try execute(
            """
            INSERT INTO prepared (delivery, conversation, envelope_sender, bytes, seal)
            VALUES ($1, $2, $3, $4, $5)
            """, columns + [RowSeal.of(columns.map(\.sqlValue))])
        for recipient in prepared.recipients {
            try execute(
                """
                INSERT INTO delivery_recipients (delivery, address, state)
                VALUES ($1, $2, 'waiting') ON CONFLICT DO NOTHING
                """, [delivery, recipient])
        }
    }

    /// What is known of a recipient after an attempt.
    public enum RecipientState: String, Sendable {
        case waiting, done, refused
    }

    /// Marks recipients as done with: they got it, or were refused for good.
    public func finish(
        _ recipients: [String], of delivery: DeliveryID, as state: RecipientState = .done
    ) throws(StoreError) {
        for recipient in recipients {
            try execute(
                "UPDATE delivery_recipients SET state = $1 WHERE delivery = $2 AND address = $3",
                [state.rawValue, delivery, recipient])
        }
    }

    /// Those who were refused are to be tried again, because somebody says so.
    public func reviveRecipients(of delivery: DeliveryID) throws(StoreError) {
        try execute(
            """
            UPDATE delivery_recipients SET state = 'waiting'
            WHERE delivery = $1 AND state = 'refused'
            """, [delivery])
    }
}
