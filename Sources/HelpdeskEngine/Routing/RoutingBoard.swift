internal import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// The routing snapshot, kept from one transaction to the next: loaded once, advanced with every change of a ticket inside
/// the transaction that makes it, dropped on rollback (DESIGN §5). Touched on the writer's thread, so it always
/// agrees with the stream it is used in.
final class RoutingBoard: Sendable {
    private let kept = Mutex(Kept())

    private struct Kept {
        var snapshot: RoutingSnapshot?
        /// Grows with every drop, so that what was loaded under an older policy is not kept after a reload.
        var generation = 0
        /// When somebody's working time begins or ends next; nil: nobody has looked since the snapshot was made.
        var dutyChange: Instant?
        var loads = 0
    }

    /// How often the snapshot was read from the database.
    var loadCount: Int { kept.withLock { $0.loads } }

    func drop() {
        kept.withLock { kept in
            kept.snapshot = nil
            kept.dutyChange = nil
            kept.generation &+= 1
        }
    }

    func snapshot(
        _ transaction: StoreTransaction, policy: DeskPolicy
    ) throws(StoreError) -> RoutingSnapshot {
        let (known, generation) = kept.withLock { ($0.snapshot, $0.generation) }
        if let known { return known }
        let snapshot = try RoutingBoard.load(transaction.reader, policy: policy)
        kept.withLock { kept in
            kept.loads &+= 1
            if kept.generation == generation { kept.snapshot = snapshot }
        }
        return snapshot
    }

    /// A ticket went from one state to another: takes it off the hands it was in and puts it into those it is in.
    func move(from before: TicketRow?, to after: TicketRow, policy: DeskPolicy) {
        let old = before.flatMap { Burden($0, policy) }
        let new = Burden(after, policy)
        guard old != new else { return }
        kept.withLock { kept in
            if let old { kept.snapshot?.release(old.work, from: old.agent) }
            if let new { kept.snapshot?.resume(new.work, by: new.agent) }
        }
    }

    func screen(_ screen: Screen, of agent: AgentID) {
        kept.withLock { $0.snapshot?.setScreen(screen, of: agent) }
    }

    /// Whether some working time may have begun or ended since the queues were looked at.
    func dutyMayHaveChanged(at now: Instant) -> Bool {
        kept.withLock { $0.dutyChange.map { $0 <= now } ?? true }
    }

    func watchDuty(until next: Instant) { kept.withLock { $0.dutyChange = next } }

    func assigned(_ agent: AgentID, at: Instant) {
        kept.withLock { $0.snapshot?.noteAssignment(to: agent, at: at) }
    }

    func presence(_ presence: Presence?, of agent: AgentID) {
        kept.withLock { $0.snapshot?.setPresence(presence, of: agent) }
    }

    /// From the store: agents, and what each holds.
    static func load(
        _ reader: StoreReader, policy: DeskPolicy
    ) throws(StoreError) -> RoutingSnapshot {
        let agents = try reader.routingAgents(shift: policy.shifts.shift)
        var loads: [AgentID: AgentLoad] = [:]
        for (agent, at) in try reader.lastAssignments() {
            loads[agent, default: .none].lastAssignedAt = at
        }
        for holding in try reader.holdings() {
            let work = workKind(
                inbox: holding.inbox, callbackDue: holding.callbackDue, policy: policy)
            loads[holding.agent, default: .none][work] += holding.count
        }
        return RoutingSnapshot(
            agents: agents, teams: policy.teams.values.map(\.team), loads: loads)
    }

    static func workKind(
        inbox: InboxID, callbackDue: CallbackStanding, policy: DeskPolicy
    ) -> WorkKind {
        if callbackDue == .due { return .callBack }
        return policy.inboxes[inbox]?.work ?? .mail
    }

    /// What a ticket weighs on whom, if on anybody.
    private struct Burden: Equatable {
        let agent: AgentID
        let work: WorkKind

        init?(_ row: TicketRow, _ policy: DeskPolicy) {
            let ticket = row.ticket
            guard let agent = ticket.assignee, ticket.weighs else { return nil }
            self.agent = agent
            work = ticket.workKind(policy)
        }
    }
}

extension Ticket {
    /// Whether it takes capacity: work that waits for the agent's next step.
    var weighs: Bool {
        (status == .new || status == .open) && snoozedUntil == nil && ticketClass == .regular
            && origin != .history
    }

    func workKind(_ policy: DeskPolicy) -> WorkKind {
        let standing: CallbackStanding =
            if case .due = callback { .due } else { .notDue }
        return RoutingBoard.workKind(inbox: inbox, callbackDue: standing, policy: policy)
    }
}
