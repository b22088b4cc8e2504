public import HelpdeskCore

extension StoreReader {
    /// What is not settled: what `/outbox` shows unless asked otherwise.
    public static let unsettled: Set<DeliveryState> = [
        .queued, .sending, .retrying, .uncertain, .held,
    ]

    /// A page of the outbox in these states, newest first.
    /// - Parameter cursor: the last entry of the page before.
    public func outbox(
        _ states: Set<DeliveryState> = StoreReader.unsettled, after cursor: DeliveryID? = nil,
        limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> Page<DeliveryRow, DeliveryID> {
        let limit = PageLimit.bounded(limit)
        var rows: [DeliveryRow] = []
        // One state at a time, so that the index gives each newest first.
        for state in DeliveryState.allCases where states.contains(state) {
            rows += try connection.all(
                """
                SELECT \(DeliveryRow.columns)
                FROM outbox o LEFT JOIN tickets t ON t.number = o.ticket
                LEFT JOIN contents oc ON oc.id = o.content
                LEFT JOIN contents od ON od.id = o.detail
                WHERE o.state = $1 AND o.id < $2
                  AND (o.ticket IS NULL OR t.hidden = 0 OR $3 = '' OR EXISTS
                    (SELECT 1 FROM agent_teams a WHERE a.agent = $3 AND a.team = t.team))
                ORDER BY o.id DESC LIMIT $4
                """, [state, cursor ?? DeliveryID(rawValue: .max), viewer, limit + 1]
            ) { row throws(StoreError) in try DeliveryRow(row: row, at: 0) }
        }
        rows.sort { $0.id > $1.id }
        return Page(oneMore: rows, limit: limit) { $0.id }
    }

    /// One entry of the outbox, if the viewer may see its ticket.
    public func delivery(
        _ id: DeliveryID, viewer: Viewer
    ) throws(StoreError) -> DeliveryRow? {
        try connection.first(
            """
            SELECT \(DeliveryRow.columns)
            FROM outbox o LEFT JOIN tickets t ON t.number = o.ticket
            LEFT JOIN contents oc ON oc.id = o.content
            LEFT JOIN contents od ON od.id = o.detail
            WHERE o.id = $1
              AND (o.ticket IS NULL OR t.hidden = 0 OR $2 = '' OR EXISTS
                (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
            """, [id, viewer]
        ) { row throws(StoreError) in try DeliveryRow(row: row, at: 0) }
    }
}
