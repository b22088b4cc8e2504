internal import HelpdeskCore
internal import HelpdeskStore

/// Routes one ticket within a transaction and records the decision.
struct TicketRouting {
    let session: TicketSession

    /// - Parameter holder: who should get it back (a reopened ticket's assignee, a linked ticket's agent).
    func route(
        _ row: TicketRow, holder: AgentID? = nil, excluded: [AgentID: RoutingExclusion] = [:],
        cause: Position? = nil
    ) throws {
        guard row.ticket.isRoutable else { return }
        let decision = try decide(row, holder: holder, excluded: excluded)
        switch decision.outcome {
        case .assigned(let agent, let team, _):
            guard row.ticket.assignee != agent else { return }
            try transferIfNeeded(row, to: team, cause: cause)
            try session.perform(
                .assign(agent, by: .router, decision: decision),
                on: try session.row(row.ticket.number), by: .system, cause: cause)
        case .waiting, .queued:
            // Waiting on as before is no news.
            if row.isQueued && row.waitsUntil == decision.lookAgainAt { return }
            try queue(row, decision, cause: cause)
        }
    }

    /// A ticket in the queue is in nobody's hands: whoever holds it and cannot take it now is waited for without it.
    private func queue(
        _ row: TicketRow, _ decision: RoutingDecision, cause: Position?
    ) throws {
        if row.ticket.assignee != nil {
            try session.perform(.unassign(.unavailable), on: row, by: .system, cause: cause)
        }
        try session.perform(
            .queue(until: decision.lookAgainAt, decision: decision),
            on: try session.row(row.ticket.number), by: .system, cause: cause)
    }

    private func decide(
        _ row: TicketRow, holder: AgentID?, excluded: [AgentID: RoutingExclusion]
    ) throws -> RoutingDecision {
        let policy = session.policy
        let ticket = row.ticket
        let service = try session.reader.service(of: ticket.customer)
        let low = try session.reader.scoredLow(
            by: ticket.customer, atMost: policy.survey.lowScore,
            since: session.now - policy.routing.stickiness)
        let past = try past(row)
        let request = RoutingRequest(
            team: ticket.team, work: ticket.workKind(policy), priority: ticket.priority,
            standing: service.standing, language: row.language.flatMap { LanguageCode($0) },
            holder: holder ?? ticket.assignee ?? past.awaited,
            holderLoad: ticket.assignee != nil && ticket.weighs ? .counted : .notCounted,
            lastServed: service.lastServed, scoredLow: low,
            excluded: excluded.merging(past.excluded) { given, _ in given },
            waitingSince: past.since,
            deadline: try session.reader.slaDeadline(of: ticket.number))
        let snapshot = try session.desk.board.snapshot(session.transaction, policy: policy)
        return HelpdeskCore.route(snapshot, request, policy: policy.routing, at: session.now)
    }

    /// What the stream says of this ticket's wait; one that was only just opened has none.
    private func past(_ row: TicketRow) throws -> WaitingPast {
        guard row.ticket.version > 2, row.isQueued || row.ticket.assignee == nil else {
            return WaitingPast()
        }
        return try session.reader.waitingPast(of: row.ticket.number)
    }

    /// The overflow team's agent works in the overflow team.
    private func transferIfNeeded(
        _ row: TicketRow, to team: TeamID, cause: Position?
    ) throws {
        guard team != row.ticket.team else { return }
        try session.perform(
            .transfer(
                to: team, isPrivate: session.policy.teams[team]?.privacy ?? .open, brief: nil),
            on: row, by: .system, cause: cause)
    }
}
