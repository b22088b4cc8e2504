public import HelpdeskCore

extension StoreReader {
    /// When the last live message of an inbox came; nil when none ever did.
    public func lastArrival(in inbox: InboxID) throws(StoreError) -> Instant? {
        try connection.first(
            """
            SELECT received_at FROM messages
            WHERE inbox = $1 AND direction = 'in' AND origin = 'live'
            ORDER BY received_at DESC LIMIT 1
            """, [inbox]
        ) { row throws(StoreError) in try row.instant(0) }
    }

    /// How many live messages of an inbox came within a stretch; counts no further than `limit`.
    public func arrivals(
        in inbox: InboxID, from: Instant, through: Instant, limit: Int
    ) throws(StoreError) -> Int {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM messages
              WHERE inbox = $1 AND direction = 'in' AND origin = 'live'
                AND received_at > $2 AND received_at <= $3 LIMIT $4) bounded
            """, [inbox, from, through, limit]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }

    /// When the oldest entry was queued that should have gone out by now and was never tried; nil when there is none.
    public func oldestUntried(at now: Instant) throws(StoreError) -> Instant? {
        try connection.first(
            """
            SELECT next_at FROM outbox
            WHERE state IN ('queued', 'retrying', 'uncertain') AND next_at <= $1
              AND state <> 'retrying' AND state <> 'uncertain'
            ORDER BY next_at LIMIT 1
            """, [now]
        ) { row throws(StoreError) in try row.instant(0) }
    }

    /// Entries that wait for a person; counts no further than `limit`.
    public func heldDeliveries(limit: Int) throws(StoreError) -> Int {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM outbox WHERE state IN ('uncertain', 'held') AND next_at IS NULL
              LIMIT $1) bounded
            """, [limit]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }

    /// When the oldest mail in quarantine came that nobody has looked at; nil when there is none.
    public func oldestQuarantined() throws(StoreError) -> Instant? {
        try connection.first(
            "SELECT at FROM quarantine WHERE state = 'waiting' ORDER BY id LIMIT 1"
        ) { row throws(StoreError) in try row.instant(0) }
    }
}

extension StoreReader {
    /// How many events of each type stand behind a position, up to another.
    public func eventCounts(
        after first: Position, through last: Position
    ) throws(StoreError) -> [String: Int] {
        var counts: [String: Int] = [:]
        try connection.rows(
            """
            SELECT type, COUNT(*) FROM events WHERE position > $1 AND position <= $2
            GROUP BY type
            """, [first, last]
        ) { row throws(StoreError) in
            counts[try row.text(0)] = Int(clamping: try row.integer(1))
            return .next
        }
        return counts
    }
}
