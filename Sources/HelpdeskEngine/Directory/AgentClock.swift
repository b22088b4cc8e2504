public import HelpdeskCore
public import HelpdeskStore

/// What "tomorrow 9" means to somebody: on their own clock, else the inbox's.
public struct AgentClock {
    let reader: StoreReader
    let desk: Desk

    public init(reader: StoreReader, desk: Desk) {
        self.reader = reader
        self.desk = desk
    }

    public func when(_ agent: AgentID, _ inbox: InboxID) throws(StoreError) -> WhenText {
        let own = try reader.agent(agent, viewer: .agent(agent))?.timezone
        let zone =
            own.flatMap(desk.environment.zone) ?? desk.policy.inboxes[inbox]?.zone ?? .utc
        return WhenText(now: desk.now, zone: zone)
    }
}

extension Desk {
    /// A moment as an agent typed it about a ticket that they see.
    public func moment(
        _ text: String, on ticket: TicketNumber, by caller: Caller
    ) async throws(DeskFailure) -> Instant {
        let desk = self
        let found = try await read { reader throws(StoreError) -> (Instant?, TicketRow?) in
            guard let row = try reader.ticket(ticket, viewer: caller.viewer) else {
                return (nil, nil)
            }
            let clock = try AgentClock(reader: reader, desk: desk)
                .when(caller.agent, row.ticket.inbox)
            return (clock.moment(text), row)
        }
        guard found.1 != nil else { throw .notFound("ticket \(ticket.rawValue)") }
        guard let moment = found.0 else {
            throw .invalid(
                field: "when", expected: "a time such as 2h, tomorrow 9, monday 14:30 or 1405/09/03"
            )
        }
        return moment
    }
}
