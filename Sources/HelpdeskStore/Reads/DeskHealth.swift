public import HelpdeskCore

/// Figures that say how the desk is, without naming anybody: for health endpoints, metrics and ops.
public struct DeskHealth: Hashable, Sendable {
    /// Outbox entries by state, those not settled.
    public let outbox: [DeliveryState: Int]
    /// When the oldest of those that should go out by themselves was made.
    public let oldestUnsent: Instant?
    public let quarantineWaiting: Int
    /// Tickets that wait in a queue because the router found nobody.
    public let queuedTickets: Int
    public let position: Position

    /// What waits to be sent or is being sent; what is held waits for a person.
    public var outboxDepth: Int {
        outbox.reduce(0) { $1.key == .held ? $0 : $0 + $1.value }
    }
}

extension StoreReader {
    /// Counts stop at 100,000 each. They are about the whole daemon and the same for every viewer but for tickets of
    /// private teams.
    public func health(viewer: Viewer) throws(StoreError) -> DeskHealth {
        var outbox: [DeliveryState: Int] = [:]
        var oldest: Instant?
        for state in DeliveryState.allCases where Self.unsettled.contains(state) {
            outbox[state] = try count(
                """
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM outbox o LEFT JOIN tickets t ON t.number = o.ticket
                  WHERE o.state = $1 AND (o.ticket IS NULL OR t.hidden = 0 OR $2 = '' OR EXISTS
                    (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team))
                  LIMIT 100000) counted
                """, [state, viewer])
            guard state != .held else { continue }
            let first = try connection.first(
                "SELECT created_at FROM outbox WHERE state = $1 ORDER BY id LIMIT 1", [state]
            ) { row throws(StoreError) in try row.instant(0) }
            if let first { oldest = min(first, oldest ?? first) }
        }
        let position = try connection.first("SELECT position FROM counters WHERE id = 1") {
            row throws(StoreError) in try row.number(0, as: Position.self)
        }
        return DeskHealth(
            outbox: outbox, oldestUnsent: oldest,
            quarantineWaiting: try count(
                """
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM quarantine WHERE state = 'waiting' LIMIT 100000) counted
                """, []),
            queuedTickets: try count(
                """
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM tickets t WHERE t.queued = 1
                    AND (t.hidden = 0 OR $1 = '' OR EXISTS
                      (SELECT 1 FROM agent_teams a WHERE a.agent = $1 AND a.team = t.team))
                  LIMIT 100000) counted
                """, [viewer]),
            position: position ?? .start)
    }

    private func count(
        _ sql: String, _ parameters: [any SQLBindable]
    ) throws(StoreError) -> Int {
        let count = try connection.first(sql, parameters) { row throws(StoreError) in
            try row.integer(0)
        }
        return Int(clamping: count ?? 0)
    }
}
