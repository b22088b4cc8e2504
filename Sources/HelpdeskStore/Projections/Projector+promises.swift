internal import HelpdeskCore

extension Projector {
    func project(
        _ event: SLAEvent, of ticket: TicketNumber, at: Instant
    ) throws(StoreError) {
        let clocks = try reader.slaClocks(of: ticket).applying(event, at: at)
        guard let clock = clocks[event.target] else {
            throw .damaged("clock \(event.target.rawValue) of ticket \(ticket.rawValue)")
        }
        try clock.keep(of: ticket, connection)
    }

    func project(_ event: PromiseEvent, of ticket: TicketNumber) throws(StoreError) {
        switch event {
        case .given(let given):
            try connection.execute(
                """
                INSERT INTO promises (ticket, until, state, revisions, revise_at)
                VALUES ($1, $2, 'open', 0, $3)
                ON CONFLICT (ticket) DO UPDATE SET until = excluded.until, state = 'open',
                  revise_at = excluded.revise_at
                """, [ticket, given.until, given.reviseAt])
        case .revised(let given):
            try connection.execute(
                """
                INSERT INTO promises (ticket, until, state, revisions, revise_at)
                VALUES ($1, $2, 'open', 1, $3)
                ON CONFLICT (ticket) DO UPDATE SET until = excluded.until, state = 'open',
                  revisions = promises.revisions + 1, revise_at = excluded.revise_at
                """, [ticket, given.until, given.reviseAt])
        case .revisionSkipped:
            try connection.execute(
                "UPDATE promises SET revise_at = NULL WHERE ticket = $1", [ticket])
        case .kept:
            try connection.execute(
                "UPDATE promises SET state = 'kept' WHERE ticket = $1", [ticket])
        case .broken:
            try connection.execute(
                "UPDATE promises SET state = 'broken' WHERE ticket = $1", [ticket])
        }
    }
}

extension SLAClock {
    static let columns =
        "target, policy, allowance, started_at, used, phase, phase_at, due, warning, warned_at, breached_at"

    func keep(of ticket: TicketNumber, _ connection: any SQLConnection) throws(StoreError) {
        let (word, at, deadline) = stored
        try connection.execute(
            """
            INSERT INTO sla_clocks (ticket, \(Self.columns), next_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (ticket, target) DO UPDATE SET policy = excluded.policy,
              allowance = excluded.allowance, started_at = excluded.started_at,
              used = excluded.used, phase = excluded.phase, phase_at = excluded.phase_at,
              due = excluded.due, warning = excluded.warning, warned_at = excluded.warned_at,
              breached_at = excluded.breached_at, next_at = excluded.next_at
            """,
            [
                ticket, target.rawValue, policy, allowance.milliseconds, startedAt,
                used.milliseconds, word, at, deadline?.due, deadline?.warning, warnedAt, breachedAt,
                nextMoment,
            ])
    }

    private var stored: (word: String, at: Instant, deadline: SLADeadline?) {
        switch phase {
        case .running(let since, let deadline): ("running", since, deadline)
        case .paused(let since): ("paused", since, nil)
        case .stopped(let at, .met): ("met", at, nil)
        case .stopped(let at, .missed): ("missed", at, nil)
        case .cancelled(let at): ("cancelled", at, nil)
        }
    }

    /// From `columns`, beginning at column `first`.
    init(row: borrowing SQLRow, from first: Int) throws(StoreError) {
        let at = try row.instant(first + 6)
        let phase: Phase
        switch try row.text(first + 5) {
        case "running":
            guard let due = row.optionalInstant(first + 7) else {
                throw .damaged("sla_clocks.due")
            }
            phase = .running(
                since: at, SLADeadline(due: due, warning: row.optionalInstant(first + 8)))
        case "paused": phase = .paused(since: at)
        case "met": phase = .stopped(at: at, .met)
        case "missed": phase = .stopped(at: at, .missed)
        case "cancelled": phase = .cancelled(at: at)
        case let other: throw .damaged("sla_clocks.phase \(other)")
        }
        guard let target = SLATarget(rawValue: try row.text(first)) else {
            throw .damaged("sla_clocks.target")
        }
        self.init(
            target: target, policy: try row.text(first + 1),
            allowance: TimeSpan(milliseconds: try row.integer(first + 2)),
            startedAt: try row.instant(first + 3),
            used: TimeSpan(milliseconds: try row.integer(first + 4)), phase: phase,
            breachedAt: row.optionalInstant(first + 10),
            warnedAt: row.optionalInstant(first + 9))
    }
}
