internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// Where the feed reads: a page of the stream with what decides who may see it, in one snapshot.
struct StreamSource: Sendable {
    /// Events in one read.
    static let page = 256

    let desk: Desk

    /// Events after a position for everybody, and the teams of every agent; both as they are now.
    func page(
        after position: Position
    ) async throws(StoreError) -> (items: [StreamItem], teams: [AgentID: Set<TeamID>]) {
        let privateTeams = Set(
            desk.policy.teams.values.filter { $0.privacy == .restricted }.map(\.team.id))
        return try await desk.store.read { reader throws(StoreError) in
            let events = try reader.events(after: position, limit: Self.page, viewer: .system)
            var sight = StreamSight(privateTeams: privateTeams)
            for ticket in Set(events.compactMap(\.ticket)) {
                if let row = try reader.ticket(ticket, viewer: .system), row.isHidden {
                    sight.hidden[ticket] = row.ticket.team
                }
            }
            for customer in Set(events.filter { $0.ticket == nil }.compactMap(\.customer)) {
                sight.secretive[customer] = try reader.onlyPrivateTeam(of: customer)
            }
            // Without anything hidden nobody's teams matter.
            let isOpen =
                sight.hidden.isEmpty && sight.secretive.isEmpty
                && !events.contains { $0.type.hasPrefix("macro_") }
            let teams = isOpen ? [:] : try Self.teams(reader)
            return (events.map(sight.item), teams)
        }
    }

    /// The teams of every agent, as they are now.
    func teams() async throws(StoreError) -> [AgentID: Set<TeamID>] {
        try await desk.store.read { reader throws(StoreError) in try Self.teams(reader) }
    }

    private static func teams(
        _ reader: StoreReader
    ) throws(StoreError) -> [AgentID: Set<TeamID>] {
        let agents = try reader.routingAgents(shifts: [:])
        return Dictionary(agents.map { ($0.id, $0.teams) }, uniquingKeysWith: { $1 })
    }
}
