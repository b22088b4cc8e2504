public import HelpdeskCore

extension StoreTransaction {
    /// Appends an event to the stream and projects it, at the next position.
    @discardableResult
    public func append(
        _ event: DomainEvent, ticket: TicketNumber?, customer: CustomerID?, by actor: Actor,
        command: CommandID? = nil, cause: Position? = nil
    ) throws(StoreError) -> RecordedEvent {
        let recorded = RecordedEvent(
            position: nextPosition(), at: now, actor: actor, ticket: ticket, customer: customer,
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
               data, seal)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, columns + [RowSeal.of(columns.map(\.sqlValue))])
        try Projector(connection: connection, fresh: fresh).project(recorded)
        didAppend(recorded)
        return recorded
    }
}
