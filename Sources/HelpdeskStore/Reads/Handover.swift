public import HelpdeskCore

/// How a person last handed a ticket to another team.
public struct Handover: Hashable, Sendable {
    public let position: Position
    public let at: Instant
    public let from: TeamID
    public let to: TeamID
    public let by: AgentID
    /// Nil: nothing was said, or it was erased.
    public let brief: String?
    /// How often a person handed it on; at most 100.
    public let count: Int
}

extension StoreReader {
    /// The caller has checked that the ticket may be seen.
    public func handover(of ticket: TicketNumber) throws(StoreError) -> Handover? {
        let stored = try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events
            WHERE ticket = $1 AND type = 'ticket_transferred' AND actor_kind = 'agent'
            ORDER BY position DESC LIMIT 100
            """, [ticket], Self.storedEvent)
        guard let last = try stored.first?.recorded(), case .agent(let agent) = last.actor,
            case .ticket(.transferred(let change)) = last.event
        else { return nil }
        let brief: String? = if let id = change.brief?.id { try content(id) } else { nil }
        return Handover(
            position: last.position, at: last.at, from: change.from, to: change.to, by: agent,
            brief: brief, count: stored.count)
    }
}
