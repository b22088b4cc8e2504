internal import HelpdeskCore
internal import HelpdeskStore

/// Keeps the SLA clocks of a ticket, and what the customer was told, in step with the ticket's own events, in the same
/// transaction (invariant 2).
struct TicketPromises {
    let session: TicketSession

    /// After events of a ticket were appended: what they do to its clocks.
    func follow(_ events: [RecordedEvent], on number: TicketNumber) throws {
        for recorded in events {
            guard case .ticket(let event) = recorded.event else { continue }
            if case .replyReturned(let returned) = event,
                let sentAt = try session.reader.sentAt(returned.delivery, of: number)
            {
                try apply(
                    .answerBounced(answeredAt: sentAt), on: try session.row(number),
                    cause: recorded.position)
            }
            for fact in Self.facts(event) {
                try apply(fact, on: try session.row(number), cause: recorded.position)
            }
        }
    }

    /// A human answer reached the peer.
    func answered(_ number: TicketNumber, cause: Position?) throws {
        try apply(.answered, on: try session.row(number), cause: cause)
        guard let promise = try session.reader.openPromise(of: number) else { return }
        let ended = PromiseEnded(until: promise.until)
        try session.append(
            .promise(promise.until >= session.now ? .kept(ended) : .broken(ended)),
            on: try session.row(number), cause: cause)
    }

    /// Warnings, breaches and told times that have come.
    func attend(_ number: TicketNumber) throws {
        let row = try session.row(number)
        try apply(.momentCame, on: row, cause: nil)
        guard let promise = try session.reader.openPromise(of: number) else { return }
        if promise.until < session.now {
            try session.append(.promise(.broken(PromiseEnded(until: promise.until))), on: row)
        } else if let moment = promise.reviseAt, moment <= session.now {
            try PromiseTelling(session: session).revise(promise, row)
        }
    }

    /// What a clock goes by: its own policy where that is still configured, else what holds for the ticket now.
    func policy(for clock: SLAClock, _ row: TicketRow) throws -> SLAPolicy? {
        if let own = session.policy.sla.policy(named: clock.policy) { return own }
        return session.policy.sla.policy(for: try subject(row))
    }

    /// The time by which a new ticket's customer has an answer, to the minute that they read, for the acknowledgement; nil when
    /// none is promised.
    func answerTime(_ number: TicketNumber) throws -> Instant? {
        guard let due = try session.reader.slaClocks(of: number)[.firstResponse]?.due else {
            return nil
        }
        return due - TimeSpan(milliseconds: due.milliseconds % 60_000)
    }

    private func apply(_ fact: SLAFact, on row: TicketRow, cause: Position?) throws {
        let ticket = row.ticket
        guard ticket.origin == .live || ticket.origin == .agent else { return }
        if ticket.ticketClass != .regular, fact != .withdrawn, fact != .momentCame { return }
        let book = session.policy.sla
        let clocks = try session.reader.slaClocks(of: ticket.number)
        if clocks.all.isEmpty, book.policies.isEmpty { return }
        let events = clocks.decide(
            fact, under: book.policy(for: try subject(row)), in: book, at: session.now)
        for event in events {
            let recorded = try session.append(.sla(event), on: row, cause: cause)
            guard fact == .momentCame else { continue }
            try tell(event, among: events, due: clocks[event.target]?.due, row, recorded.position)
        }
    }

    /// A warning goes to who has the ticket, or to the team's lead where nobody at work has it; a breach to both.
    private func tell(
        _ event: SLAEvent, among events: [SLAEvent], due: Instant?, _ row: TicketRow,
        _ cause: Position
    ) throws {
        let noticing = Noticing(session: session)
        let holder = row.ticket.assignee
        let lead = try session.reader.lead(of: row.ticket.team)
        let occasion: NoticeOccasion
        var readers: [AgentID]
        switch event {
        case .breached(let mark):
            occasion = .slaBreached(mark.target, due: mark.at)
            readers = [holder, lead].compactMap { $0 }
        case .warned(let mark):
            // The clock stood still for a while: what is late already was not about to be.
            let isLate = events.contains {
                if case .breached(let late) = $0 { late.target == mark.target } else { false }
            }
            guard !isLate, let due else { return }
            occasion = .slaWarning(mark.target, due: due)
            let isThere = try holder.map { try noticing.isOnDuty($0) } ?? false
            readers = [isThere ? holder : lead ?? holder].compactMap { $0 }
        case .started, .paused, .resumed, .stopped, .cancelled, .replanned: return
        }
        if readers.count == 2, readers.first == readers.last { readers.removeLast() }
        for agent in readers { try noticing.tell(agent, occasion, row, cause: cause) }
    }

    private func subject(_ row: TicketRow) throws -> SLASubject {
        let ticket = row.ticket
        let standing = try session.reader.service(of: ticket.customer).standing
        let known = try session.reader.settings(
            of: try session.reader.root(of: ticket.customer))
        return SLASubject(
            team: ticket.team, inbox: ticket.inbox,
            priority: ticket.priority,
            segments: Set(known.segments).union(standing == .vip ? ["vip"] : []))
    }

    /// Snooze, assignment and words inside the house move no clock.
    private static func facts(_ event: TicketEvent) -> [SLAFact] {
        switch event {
        case .opened(let opened): return [opened.origin == .agent ? .openedByUs : .opened]
        case .messageReceived(let message): return facts(message)
        case .statusChanged(let change): return facts(change)
        case .prioritised, .transferred: return [.subjectChanged]
        case .classified(let change):
            if change.to != .regular { return [.withdrawn] }
            return change.from == .regular ? [] : [.restored]
        case .messageJoined: return [.customerWrote]
        case .messageWritten, .noteWritten, .assigned, .unassigned, .queued, .snoozed, .woken,
            .tagged, .participantAdded, .participantRemoved, .linked, .callbackRequested,
            .callbackAttempted, .callbackCompleted, .wrapUpBegun, .replyReturned, .merged,
            .mergeUndone, .split, .splitUndone, .messagesMoved, .rulesApplied, .agentMentioned,
            .watchBegun, .watchEnded, .reminderSet, .reminderDue, .reminderRemoved:
            return []
        }
    }

    /// What a machine wrote asks nothing. A conversation on the phone is an answer, whoever rang; a call that nobody took is a
    /// question, and one of ours that nobody took is neither.
    private static func facts(_ message: MessageReceived) -> [SLAFact] {
        guard message.origin == .live else { return [] }
        if let call = message.call {
            if call.outcome == .answered { return [.answered] }
            return call.direction == .inbound ? [.customerWrote] : []
        }
        guard message.author == .customer, message.autoSubmitted == .no else { return [] }
        return [.customerWrote]
    }

    private static func facts(_ change: StatusChanged) -> [SLAFact] {
        switch (change.from, change.to) {
        case (_, .closed): [.closed(change.reason ?? .solved)]
        case (.closed, .pending): [.reopened, .customerAwaited]
        case (.closed, _): [.reopened]
        case (_, .pending): [.customerAwaited]
        case (.pending, _): [.workResumed]
        default: []
        }
    }
}
