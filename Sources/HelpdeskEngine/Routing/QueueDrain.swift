internal import HelpdeskCore
internal import HelpdeskStore

/// Gives waiting tickets to whoever became free, most urgent first. A page of a team's queue at a time, and only while somebody
/// has room: tickets that ask the same as one that nobody at all can take are not asked about.
struct QueueDrain {
    /// Tickets in a page. Within one, the order is that of DESIGN "Routing"; pages follow each other by priority.
    static let page = 500
    /// Pages of one team in one drain; what waits behind them is reached by the next.
    static let pages = 40

    let session: TicketSession

    /// Who could be given more.
    private enum Room { case forAll, forVIPs, none }

    /// What a ticket asks, as far as its row says: equal ones can be taken by the same people.
    private struct Question: Hashable {
        let work: WorkKind
        let language: LanguageCode?
        let skills: [SkillName: Int]
        let standing: CustomerUpdated.Standing
    }

    /// After work left some hands: the teams those work in, and the teams that overflow into them.
    func drain(_ freed: Set<AgentID>) throws {
        guard !freed.isEmpty else { return }
        let snapshot = try snapshot()
        let own = freed.reduce(into: Set<TeamID>()) { teams, agent in
            teams.formUnion(snapshot.agent(agent)?.teams ?? [])
        }
        let overflowing = snapshot.teams.values.filter { team in
            team.overflow.map(own.contains) == true
        }.map(\.id)
        for team in own.union(overflowing).sorted() { try drain(team) }
    }

    /// After a change of presence, of agents or of hours.
    func drainAll() throws {
        for team in session.policy.teams.keys.sorted() { try drain(team) }
    }

    private func drain(_ team: TeamID) throws {
        var hopeless: Set<Question> = []
        var last: QueuePlace?
        for _ in 0..<Self.pages {
            var room = try room(in: team)
            guard room != .none else { return }
            let page = try session.reader.queuedTickets(of: team, after: last, limit: Self.page)
            for waiting in drainOrder(page, policy: session.policy.routing) {
                if room == .forVIPs, waiting.standing != .vip { continue }
                let row = try session.row(waiting.ticket)
                let question = question(row, waiting.standing)
                guard row.isQueued, !hopeless.contains(question) else { continue }
                if try TicketRouting(session: session).route(row) == .hopeless {
                    hopeless.insert(question)
                }
                // Something was given away: it may have been the last room.
                if try !session.row(waiting.ticket).isQueued {
                    room = try self.room(in: team)
                    if room == .none { return }
                }
            }
            guard page.count == Self.page, let end = page.last else { return }
            last = QueuePlace(end)
        }
    }

    private func question(
        _ row: TicketRow, _ standing: CustomerUpdated.Standing
    ) -> Question {
        Question(
            work: row.ticket.workKind(session.policy), language: row.language(session.policy),
            skills: row.requirements.skills, standing: standing)
    }

    /// Whether anybody who could take this team's tickets has any capacity left: without, no decision can change.
    private func room(in team: TeamID) throws -> Room {
        let snapshot = try snapshot()
        let policy = session.policy.routing
        let overflow = snapshot.teams[team]?.overflow
        let least = WorkKind.allCases.map { policy.weights[$0] }.min() ?? 0
        var room = Room.none
        for agent in snapshot.agents where agent.capacity > 0 {
            guard agent.teams.contains(team) || overflow.map(agent.teams.contains) == true,
                let load = snapshot.load(of: agent.id)
            else { continue }
            let used = load.units(policy.weights) + max(least, 1)
            if used <= agent.capacity || least == 0 { return .forAll }
            if used <= agent.capacity + policy.vipReserve { room = .forVIPs }
        }
        return room
    }

    private func snapshot() throws -> RoutingSnapshot {
        try session.desk.board.snapshot(session.transaction, policy: session.policy)
    }
}
