internal import HelpdeskCore
internal import HelpdeskStore

/// Routes one ticket within a transaction and records the decision.
struct TicketRouting {
    let session: TicketSession

    /// Whether asking again about the same kind of ticket could bring anything.
    enum Prospect: Hashable {
        /// Nobody at all can take what asks the same.
        case hopeless
        case open
    }

    /// - Parameter holder: who should get it back (a reopened ticket's assignee, a linked ticket's agent).
    @discardableResult
    func route(
        _ row: TicketRow, holder: AgentID? = nil, excluded: [AgentID: RoutingExclusion] = [:],
        cause: Position? = nil
    ) throws -> Prospect {
        guard row.ticket.isRoutable else { return .open }
        let request = try request(row, holder: holder, excluded: excluded)
        let snapshot = try session.desk.board.snapshot(session.transaction, policy: session.policy)
        let decision = HelpdeskCore.route(
            snapshot, request, policy: session.policy.routing, at: session.now)
        switch decision.outcome {
        case .assigned(let agent, let team, _):
            guard row.ticket.assignee != agent else { return .open }
            try transferIfNeeded(row, to: team, cause: cause)
            try session.perform(
                .give(agent, decision: decision, until: deadline(in: team)),
                on: try session.row(row.ticket.number), by: .system, cause: cause)
            return .open
        case .waiting, .queued:
            // Waiting on as before is no news.
            if !row.isQueued || row.waitsUntil != decision.lookAgainAt {
                try queue(row, decision, cause: cause)
            }
        }
        if case .queued = decision.outcome, request.excluded.isEmpty { return .hopeless }
        return .open
    }

    /// When an agent who does nothing with a ticket of this team loses it again.
    private func deadline(in team: TeamID) -> Instant? {
        session.policy.routing.assignmentDeadline(
            assignedAt: session.now, hours: session.policy.teams[team]?.team.hours)
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

    /// What the router is asked about a ticket.
    func request(
        _ row: TicketRow, holder: AgentID? = nil, excluded: [AgentID: RoutingExclusion] = [:]
    ) throws -> RoutingRequest {
        let policy = session.policy
        let ticket = row.ticket
        let service = try session.reader.service(of: ticket.customer)
        let low = try session.reader.scoredLow(
            by: ticket.customer, atMost: policy.survey.lowScore,
            since: session.now - policy.routing.stickiness)
        let past = try past(row)
        let (known, endsAt) = policy.routing.exclusions(of: past.exclusions, at: session.now)
        return RoutingRequest(
            team: ticket.team, work: ticket.workKind(policy), priority: ticket.priority,
            standing: service.standing, requiredSkills: row.requirements.skills,
            language: row.language(policy), holder: holder ?? ticket.assignee ?? past.awaited,
            holderLoad: ticket.assignee != nil && ticket.weighs ? .counted : .notCounted,
            lastServed: service.lastServed, scoredLow: low,
            excluded: excluded.merging(known) { given, _ in given },
            exclusionEndsAt: endsAt, waitingSince: past.since,
            deadline: try session.reader.slaDeadline(of: ticket.number))
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

extension TicketRow {
    /// What the rules say, else what the customer writes, else what the team's customers write.
    func language(_ policy: DeskPolicy) -> LanguageCode? {
        requirements.language ?? language.flatMap { LanguageCode($0) }
            ?? policy.teams[ticket.team]?.language
    }
}
