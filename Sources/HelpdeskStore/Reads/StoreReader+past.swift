public import HelpdeskCore

extension StoreReader {
    /// The position of the last event before a moment; the beginning where there is none. Times of the stream never go back (what an
    /// archive brought in has its own beside them), so
    /// it is found by halving: some thirty look-ups.
    public func position(before moment: Instant) throws(StoreError) -> Position {
        var low: Int64 = 0
        var high =
            try connection.first("SELECT MAX(position) FROM events", []) {
                row throws(StoreError) in row.optionalInteger(0) ?? 0
            } ?? 0
        // Everything up to `low` is before the moment; what is behind `high` is not.
        while low < high {
            let middle = low + (high - low + 1) / 2
            let found = try connection.first(
                "SELECT position, at FROM events WHERE position <= $1 ORDER BY position DESC LIMIT 1",
                [middle]
            ) { row throws(StoreError) in (position: try row.integer(0), at: try row.instant(1)) }
            guard let found, found.position > low else {
                low = middle
                continue
            }
            if found.at < moment { low = middle } else { high = found.position - 1 }
        }
        return Position(rawValue: low)
    }

    /// What routing can be retold from, behind a position, in order, at most `limit` events.
    public func routingPast(
        after position: Position, limit: Int
    ) throws(StoreError) -> [RecordedEvent] {
        let stored = try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events
            WHERE position > $1 AND past IS NULL AND type IN ('ticket_opened', 'ticket_assigned', 'ticket_queued',
              'ticket_unassigned', 'ticket_status_changed', 'ticket_classified', 'ticket_snoozed',
              'callback_requested', 'sla_started', 'presence_changed')
            ORDER BY position LIMIT $2
            """, [position, limit], Self.storedEvent)
        var events: [RecordedEvent] = []
        for event in stored {
            if let recorded = try event.recorded() { events.append(recorded) }
        }
        return events
    }
}
