internal import HelpdeskCore
internal import HelpdeskStore

/// Gives waiting tickets to whoever became free, most urgent first. At most `limit` tickets of a team a time; the rest is
/// looked at by the clock or the next change.
struct QueueDrain {
    static let limit = 200
    let session: TicketSession

    /// After work left some hands: the teams those work in, and the teams that overflow into them.
    func drain(_ freed: Set<AgentID>) throws {
        guard !freed.isEmpty else { return }
        let snapshot = try snapshot()
        var teams = freed.reduce(into: Set<TeamID>()) { teams, agent in
            teams.formUnion(snapshot.agent(agent)?.teams ?? [])
        }
        for team in snapshot.teams.values {
            if let overflow = team.overflow, teams.contains(overflow) { teams.insert(team.id) }
        }
        for team in teams.sorted() { try drain(team) }
    }

    /// After a change of presence, of agents or of hours.
    func drainAll() throws {
        for team in session.policy.teams.keys.sorted() { try drain(team) }
    }

    private func drain(_ team: TeamID) throws {
        guard try hasRoom(team) else { return }
        let waiting = try session.reader.queuedTickets(of: team, limit: Self.limit)
        for ticket in drainOrder(waiting, policy: session.policy.routing) {
            let row = try session.row(ticket.ticket)
            try TicketRouting(session: session).route(row)
            // Something was given away: it may have been the last room.
            if try !session.row(ticket.ticket).isQueued, try !hasRoom(team) { return }
        }
    }

    /// Whether anybody who could take this team's tickets has any capacity left: without, no decision can change.
    private func hasRoom(_ team: TeamID) throws -> Bool {
        let snapshot = try snapshot()
        let weights = session.policy.routing.weights
        let overflow = snapshot.teams[team]?.overflow
        return snapshot.agents.contains { agent in
            guard agent.teams.contains(team) || overflow.map(agent.teams.contains) == true,
                let load = snapshot.load(of: agent.id)
            else { return false }
            let used = WorkKind.allCases.reduce(0) { $0 + weights[$1] * load[$1] }
            return used < agent.capacity
        }
    }

    private func snapshot() throws -> RoutingSnapshot {
        try session.desk.board.snapshot(session.transaction, policy: session.policy)
    }
}
