public import HelpdeskCore

/// An event as it stands in the stream, its data still JSON: what the API and live streams hand on.
public struct StoredEvent: Hashable, Sendable {
    public let position: Position
    public let at: Instant
    public let actorKind: String
    public let actorID: String?
    public let type: String
    public let schema: Int
    public let ticket: TicketNumber?
    public let customer: CustomerID?
    public let command: String?
    public let cause: Position?
    public let data: String
    /// Whether it happened here, or elsewhere before an archive brought it: then `at` is when it happened there.
    public var source = EventSource.here

    /// Nil for a type from a newer version.
    public func recorded() throws(StoreError) -> RecordedEvent? {
        guard let event = try EventCodec.decode(type: type, data: data),
            let actor = Actor(kind: actorKind, id: actorID)
        else { return nil }
        return RecordedEvent(
            position: position, at: at, actor: actor, ticket: ticket, customer: customer,
            command: command.map { CommandID(rawValue: $0) }, cause: cause, event: event)
    }
}

/// Where an event happened.
public enum EventSource: Hashable, Sendable {
    case here
    /// It came by an archive: nobody is told of it, and nothing follows from it.
    case archive
}

extension StoreReader {
    /// Events after a position that the viewer may see, in order, at most `limit`. Events of tickets that are hidden
    /// from the viewer now are left out; so are those of customers known only from such tickets, and events without a
    /// ticket that concern ops only, and what was told to another agent.
    public func events(
        after position: Position, limit: Int, viewer: Viewer
    ) throws(StoreError) -> [StoredEvent] {
        try connection.all(
            """
            SELECT e.position, e.at, e.actor_kind, e.actor_id, e.type, e.schema, e.ticket,
              e.customer, e.command, e.cause, e.data, e.past
            FROM events e LEFT JOIN tickets t ON t.number = e.ticket
            WHERE e.position > $1
              AND (t.hidden = 0 OR $2 = '' OR EXISTS
                  (SELECT 1 FROM agent_teams a WHERE a.agent = $2 AND a.team = t.team)
                OR (e.ticket IS NULL AND e.type NOT IN ('message_quarantined', 'quarantine_resolved',
                    'retention_applied', 'alarm_began', 'alarm_ended')
                  AND (e.customer IS NULL
                    OR NOT EXISTS (SELECT 1 FROM tickets x WHERE x.customer = e.customer)
                    OR EXISTS (SELECT 1 FROM tickets x WHERE x.customer = e.customer
                      AND (x.hidden = 0 OR EXISTS (SELECT 1 FROM agent_teams a
                        WHERE a.agent = $2 AND a.team = x.team))))))
              AND ($2 = '' OR e.type NOT IN ('agent_noticed', 'notices_digested') OR EXISTS
                (SELECT 1 FROM agent_notices n WHERE n.position = e.position AND n.agent = $2))
            ORDER BY e.position LIMIT $3
            """,
            [position, viewer, limit], Self.storedEvent)
    }

    /// A page of one ticket's events, oldest first; nil when there is no such ticket for the viewer.
    public func events(
        of ticket: TicketNumber, after position: Position = .start,
        limit: Int = PageLimit.usual, viewer: Viewer
    ) throws(StoreError) -> Page<StoredEvent, Position>? {
        guard try self.ticket(ticket, viewer: viewer) != nil else { return nil }
        let limit = PageLimit.bounded(limit)
        let events = try events(of: ticket, after: position, limit: limit + 1)
        return Page(oneMore: events, limit: limit) { $0.position }
    }

    /// All events of one ticket, oldest first; the caller has checked that the viewer may see it.
    public func events(
        of ticket: TicketNumber, after position: Position = .start, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events WHERE ticket = $1 AND position > $2 ORDER BY position LIMIT $3
            """,
            [ticket, position, limit], Self.storedEvent)
    }

    static func storedEvent(_ row: borrowing SQLRow) throws(StoreError) -> StoredEvent {
        let past = row.optionalInstant(11)
        let written = try row.instant(1)
        return StoredEvent(
            position: try row.number(0), at: past ?? written, actorKind: try row.text(2),
            actorID: row.optionalText(3), type: try row.text(4), schema: Int(try row.integer(5)),
            ticket: row.optionalNumber(6), customer: row.optionalNumber(7),
            command: row.optionalText(8), cause: row.optionalNumber(9), data: try row.text(10),
            source: past == nil ? .here : .archive)
    }
}
