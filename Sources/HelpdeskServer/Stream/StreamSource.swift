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
        let privateTeams = desk.policy.privateTeams
        return try await desk.store.read { reader throws(StoreError) in
            let events = try reader.events(after: position, limit: Self.page, viewer: .system)
            let sight = try EventSight(of: events, privateTeams: privateTeams, reader)
            // Without anything hidden nobody's teams matter.
            let teams = sight.isOpen ? [:] : try Self.teams(reader)
            return (events.map { StreamItem($0, sight.audience(of: $0)) }, teams)
        }
    }

    /// The teams of every agent, as they are now.
    func teams() async throws(StoreError) -> [AgentID: Set<TeamID>] {
        try await desk.store.read { reader throws(StoreError) in try Self.teams(reader) }
    }

    private static func teams(
        _ reader: StoreReader
    ) throws(StoreError) -> [AgentID: Set<TeamID>] {
        let agents = try reader.routingAgents { _, _ in nil }
        return Dictionary(agents.map { ($0.id, $0.teams) }, uniquingKeysWith: { $1 })
    }
}
