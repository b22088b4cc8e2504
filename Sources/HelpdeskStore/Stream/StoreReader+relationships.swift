public import HelpdeskCore

/// Whose relationship with us is to be asked about.
extension StoreReader {
    static let neverAskedQuery = """
        SELECT c.id FROM customers c
        WHERE c.relationship_at IS NULL AND c.first_answered_at IS NOT NULL
          AND c.erased_at IS NULL AND c.created_at <= $1 AND c.root = c.id
        ORDER BY c.created_at, c.id LIMIT $2
        """

    static let askedBeforeQuery = """
        SELECT c.id FROM customers c
        WHERE c.relationship_at IS NOT NULL AND c.erased_at IS NULL AND c.relationship_at <= $1
          AND c.root = c.id
        ORDER BY c.relationship_at, c.id LIMIT $2
        """

    /// Customers since at least `created` who were answered and whose relationship nobody asked about, the oldest first.
    public func neverAsked(
        since created: Instant, limit: Int
    ) throws(StoreError) -> [CustomerID] {
        try connection.all(Self.neverAskedQuery, [created, limit]) { row throws(StoreError) in
            try row.number(0)
        }
    }

    /// Customers whose relationship was last asked about, or passed over, at `moment` or before.
    public func askedBefore(
        _ moment: Instant, limit: Int
    ) throws(StoreError) -> [CustomerID] {
        try connection.all(Self.askedBeforeQuery, [moment, limit]) { row throws(StoreError) in
            try row.number(0)
        }
    }

    /// When somebody became a customer and when their relationship was last asked about.
    public func relationship(
        of customer: CustomerID
    ) throws(StoreError) -> (since: Instant, asked: Instant?)? {
        try connection.first(
            "SELECT created_at, relationship_at FROM customers WHERE id = $1 AND erased_at IS NULL",
            [customer]
        ) { row throws(StoreError) in (try row.instant(0), row.optionalInstant(1)) }
    }

    /// How many relationship surveys were decided on since a moment, counted up to `limit`.
    public func relationshipInvitations(
        since moment: Instant, limit: Int
    ) throws(StoreError) -> Int {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM invitations WHERE decided_at >= $1 AND occasion = 'relationship'
                AND state <> 'skipped' LIMIT $2) recent
            """, [moment, limit]
        ) { row throws(StoreError) in try row.integer(0) }
        return Int(clamping: count ?? 0)
    }
}
