internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

/// One event of the feed with who may see it: encoded once for all subscribers.
struct StreamItem: Sendable {
    let position: Position
    /// The event, framed.
    let frame: [UInt8]
    /// The team whose members alone may see it; nil: everybody.
    let team: TeamID?
    /// A ticket leaves the sight of those outside `team`: what those who saw it before get instead.
    let farewell: Farewell?

    struct Farewell: Sendable {
        let frame: [UInt8]
        /// The team it comes from, if that was private too: only its members saw the ticket.
        let from: TeamID?
    }

    /// What a member of these teams gets; nil: nothing, the position is skipped.
    func frame(for teams: Set<TeamID>) -> [UInt8]? {
        guard let team, !teams.contains(team) else { return frame }
        guard let farewell else { return nil }
        if let from = farewell.from, !teams.contains(from) { return nil }
        return farewell.frame
    }
}

/// What must be known beside the events to say who may see them: at one moment of the store.
struct StreamSight: Sendable {
    /// The private team of each hidden ticket among them.
    var hidden: [TicketNumber: TeamID] = [:]
    /// The private team of each customer who is known from private tickets alone.
    var secretive: [CustomerID: TeamID] = [:]
    var privateTeams: Set<TeamID> = []

    func item(_ event: StoredEvent) -> StreamItem {
        let team =
            if let ticket = event.ticket {
                hidden[ticket]
            } else if event.type == "macro_set" || event.type == "macro_removed" {
                privateTeam(of: event)
            } else {
                event.customer.flatMap { secretive[$0] }
            }
        return StreamItem(
            position: event.position, frame: StreamFrame.event(API.Event(event)), team: team,
            farewell: team == nil ? nil : farewell(event))
    }

    /// A macro of a private team is its members' alone; such a team shares none with others.
    private func privateTeam(of event: StoredEvent) -> TeamID? {
        guard let data = try? JSONReader.value(of: Array(event.data.utf8)),
            case .array(let teams)? = data["teams"]
        else { return nil }
        return teams.compactMap { $0.text.map(TeamID.init(rawValue:)) }
            .first(where: privateTeams.contains)
    }

    private func farewell(_ event: StoredEvent) -> StreamItem.Farewell? {
        guard event.type == "ticket_transferred",
            let data = try? JSONReader.value(of: Array(event.data.utf8)),
            data["private"] == .bool(true),
            let from = data["from"]?.text.map(TeamID.init(rawValue:))
        else { return nil }
        return StreamItem.Farewell(
            frame: StreamFrame.event(.hidden(event)),
            from: privateTeams.contains(from) ? from : nil)
    }
}
