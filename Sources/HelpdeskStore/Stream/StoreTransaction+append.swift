public import HelpdeskCore

extension StoreTransaction {
    /// Appends an event to the stream and projects it, at the next position.
    /// - Parameter past: when it happened, of what an archive brings in; the stream's own time goes on beside it.
    @discardableResult
    public func append(
        _ event: DomainEvent, ticket: TicketNumber?, customer: CustomerID?, by actor: Actor,
        command: CommandID? = nil, cause: Position? = nil, past: Instant? = nil
    ) throws(StoreError) -> RecordedEvent {
        let recorded = RecordedEvent(
            position: nextPosition(), at: past ?? now, actor: actor, ticket: ticket,
            customer: customer,
            command: command, cause: cause, event: event)
        let encoded = try EventCodec.encode(event)
        let columns: [any SQLBindable] = [
            recorded.position, now, actor.kind, actor.id, encoded.type, EventCodec.schema,
            ticket, customer, command, cause, encoded.data,
        ]
        try execute(
            """
            INSERT INTO events
              (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause,
               data, past, seal)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, columns + [past, RowSeal.ofEvent(columns.map(\.sqlValue), past: past.sqlValue)])
        try Projector(connection: connection, fresh: fresh).project(recorded)
        didAppend(recorded)
        return recorded
    }
}
