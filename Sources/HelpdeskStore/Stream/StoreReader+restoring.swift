public import HelpdeskCore

extension StoreReader {
    /// The epoch we are in.
    public func epoch() throws(StoreError) -> Epoch {
        try connection.first("SELECT epoch, began FROM epochs ORDER BY epoch DESC LIMIT 1") {
            row throws(StoreError) in
            Epoch(number: Int(clamping: try row.integer(0)), began: try row.instant(1))
        } ?? .first
    }

    /// Where each epoch but the first begins.
    public func epochBook() throws(StoreError) -> EpochBook {
        EpochBook(
            try connection.all("SELECT epoch, position FROM epochs ORDER BY epoch") {
                row throws(StoreError) in
                EpochBook.Beginning(
                    epoch: Int(clamping: try row.integer(0)), position: try row.number(1))
            })
    }

    /// When the first and the last event happened; nil without any.
    public func streamSpan() throws(StoreError) -> (first: Instant, last: Instant)? {
        let first = try connection.first(
            "SELECT at FROM events WHERE position > 0 ORDER BY position LIMIT 1"
        ) {
            row throws(StoreError) in try row.instant(0)
        }
        let last = try connection.first(
            "SELECT at FROM events WHERE position > 0 ORDER BY position DESC LIMIT 1"
        ) {
            row throws(StoreError) in try row.instant(0)
        }
        guard let first, let last else { return nil }
        return (first, last)
    }

    /// Everybody who was ever erased.
    public func erasedCustomers() throws(StoreError) -> [CustomerID] {
        try connection.all(
            "SELECT id FROM customers WHERE erased_at IS NOT NULL ORDER BY id"
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// Those of them whom this store knows and has not erased.
    public func unerased(_ customers: [CustomerID]) throws(StoreError) -> [CustomerID] {
        var found: [CustomerID] = []
        for customer in customers
        where try connection.exists(
            "SELECT 1 FROM customers WHERE id = $1 AND erased_at IS NULL", [customer])
        {
            found.append(customer)
        }
        return found
    }

    /// Tickets whose customers should be told of a later time by now, with the one they were told.
    public func revisionsDue(
        at now: Instant, limit: Int
    ) throws(StoreError) -> [(ticket: TicketNumber, customer: CustomerID, until: Instant)] {
        try connection.all(
            """
            SELECT p.ticket, t.customer, p.until FROM promises p
            JOIN tickets t ON t.number = p.ticket
            WHERE p.state = 'open' AND p.revise_at IS NOT NULL AND p.revise_at <= $1
            ORDER BY p.revise_at LIMIT $2
            """, [now, limit]
        ) { row throws(StoreError) in
            (try row.number(0), try row.number(1), try row.instant(2))
        }
    }

    /// Outbox entries that would still go out by themselves, behind an id, oldest first.
    public func pendingDeliveries(
        after id: DeliveryID, limit: Int
    ) throws(StoreError) -> [DueDelivery] {
        try connection.all(
            """
            SELECT \(Self.deliveryColumns) FROM outbox o
            WHERE o.state IN ('queued', 'sending', 'retrying', 'uncertain')
              AND (o.state <> 'uncertain' OR o.next_at IS NOT NULL) AND o.id > $1
            ORDER BY o.id LIMIT $2
            """, [id, limit], Self.due)
    }
}

extension StoreTransaction {
    /// Leaves out the numbers that may have been given out after a backup; the next ticket's is behind the result. Positions go
    /// on without a gap: they belong to the stream.
    public func leaveGap(
        _ goOn: (_ given: Int64) -> Int64
    ) -> TicketNumber {
        let kinds: [WritableKeyPath<Counters, Int64>] = [
            \.ticket, \.message, \.attachment, \.customer, \.identity, \.delivery, \.invitation,
            \.recovery, \.quarantine,
        ]
        for kind in kinds {
            counters[keyPath: kind] = max(counters[keyPath: kind], goOn(counters[keyPath: kind]))
        }
        return TicketNumber(rawValue: counters.ticket)
    }
}
