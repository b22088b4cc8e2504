/// Two replays of the same arrivals, side by side.
public struct DryRunComparison: Hashable, Sendable {
    /// A ticket that somebody else would have got.
    public struct Move: Hashable, Sendable {
        public var ticket: TicketNumber
        public var from: AgentID?
        public var to: AgentID?

        public init(ticket: TicketNumber, from: AgentID?, to: AgentID?) {
            self.ticket = ticket
            self.from = from
            self.to = to
        }
    }

    public let before: DryRunSummary
    public let after: DryRunSummary
    /// In the order of arrival.
    public let moves: [Move]

    public init(_ before: DryRun, _ after: DryRun) {
        self.before = DryRunSummary(before)
        self.after = DryRunSummary(after)
        let others = Dictionary(
            after.placements.map { ($0.ticket, $0.agent) }, uniquingKeysWith: { $1 })
        moves = before.placements.compactMap { placement in
            guard let to = others[placement.ticket], to != placement.agent else { return nil }
            return Move(ticket: placement.ticket, from: placement.agent, to: to)
        }
    }
}

/// A replay in figures.
public struct DryRunSummary: Hashable, Sendable {
    public let tickets: Int
    /// Still with nobody when the replay ended.
    public let unassigned: Int
    /// Of the tickets of customers whom somebody had served before, the share that came to that agent, in thousandths.
    public let sameAgent: Int
    /// Time from arrival to assignment, of those assigned: the middle one, and the one that 95 % do not exceed.
    public let waitMedian: TimeSpan
    public let wait95: TimeSpan
    /// Units in hand, summed over hours, in thousandths, by agent.
    public let unitHours: [AgentID: Int]
    /// Largest less smallest share of the capacity in use, over the hours of the replay in which anybody had work, in
    /// thousandths; agents without capacity are left out.
    public let spread: Int

    public init(_ run: DryRun) {
        tickets = run.placements.count
        unassigned = run.placements.count { $0.agent == nil }
        let returning = run.placements.filter { $0.servedLast != nil && $0.agent != nil }
        sameAgent =
            returning.isEmpty
            ? 0 : returning.count { $0.servedLast == $0.agent } * 1_000 / returning.count
        let waits = run.placements.compactMap { placement in
            placement.assignedAt.map { $0.since(placement.arrivedAt) }
        }.sorted()
        waitMedian = waits.isEmpty ? .zero : waits[(waits.count - 1) / 2]
        wait95 = waits.isEmpty ? .zero : waits[(waits.count * 95 + 99) / 100 - 1]
        var sums: [AgentID: Int] = [:]
        for hour in run.hours { sums[hour.agent, default: 0] += hour.meanUnits }
        unitHours = sums
        let hours = max(Set(run.hours.map(\.start)).count, 1)
        let shares = run.capacities.filter { $0.value > 0 }.map { agent, capacity in
            (sums[agent] ?? 0) / hours / capacity
        }
        spread = (shares.max() ?? 0) - (shares.min() ?? 0)
    }
}
