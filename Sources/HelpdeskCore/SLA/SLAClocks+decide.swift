extension SLAClocks {
    /// What a fact does to the clocks of a ticket, in the order of their targets.
    ///
    /// A promise stays as it was given: a calendar or an allowance that is changed in the configuration holds for what
    /// starts or runs on later. Only a change of the ticket itself replans, and that is an event.
    /// - Parameters:
    ///   - policy: what holds for the ticket now; nil: nothing is promised.
    ///   - book: for the clocks that began under another policy.
    ///   - moment: when it happened.
    public func decide(
        _ fact: SLAFact, under policy: SLAPolicy?, in book: SLABook, at moment: Instant
    ) -> [SLAEvent] {
        SLATarget.allCases.flatMap { target -> [SLAEvent] in
            let turn = SLATurn(target: target, policy: policy, book: book, moment: moment)
            guard let clock = self[target] else { return turn.start(on: fact, besides: self) }
            return turn.follow(fact, clock)
        }
    }
}

/// One clock and one fact.
struct SLATurn {
    let target: SLATarget
    let policy: SLAPolicy?
    let book: SLABook
    let moment: Instant

    func start(on fact: SLAFact, besides clocks: SLAClocks) -> [SLAEvent] {
        switch fact {
        case .opened: started()
        case .openedByUs where target == .resolution: started()
        case .customerWrote where target == .response: started()
        // A ticket without a policy until now gets what is promised from here on.
        case .subjectChanged where clocks.all.isEmpty, .restored where clocks.all.isEmpty: started()
        default: []
        }
    }

    func follow(_ fact: SLAFact, _ clock: SLAClock) -> [SLAEvent] {
        switch fact {
        case .momentCame: marks(clock)
        case .answered: target == .resolution ? [] : stop(clock)
        case .answerBounced(let answeredAt): takeBack(clock, answeredAt)
        case .customerWrote: target == .response && clock.isOver ? started() : []
        case .customerAwaited: target == .resolution ? pause(clock) : []
        case .workResumed: target == .resolution ? resume(clock) : []
        case .closed(let reason): close(clock, reason)
        case .reopened: target == .resolution && clock.isOver ? resumed(clock, .reopened) : []
        case .withdrawn: cancel(clock, .classified)
        case .restored: restore(clock)
        case .subjectChanged: replan(clock)
        case .opened, .openedByUs: []
        }
    }

    private func started() -> [SLAEvent] {
        guard let policy, let allowance = policy.allowances[target],
            let deadline = deadline(policy, allowance, used: .zero)
        else { return [] }
        return [
            .started(
                SLAStarted(
                    target: target, policy: policy.name, allowance: allowance, deadline: deadline))
        ]
    }

    /// The warning, then the breach, each once.
    private func marks(_ clock: SLAClock) -> [SLAEvent] {
        guard case .running(_, let deadline) = clock.phase, clock.breachedAt == nil else {
            return []
        }
        var events: [SLAEvent] = []
        if clock.warnedAt == nil, let warning = deadline.warning, warning <= moment {
            events.append(.warned(SLAMark(target: target, at: warning)))
        }
        if deadline.due < moment {
            events.append(.breached(SLAMark(target: target, at: deadline.due)))
        }
        return events
    }

    private func stop(_ clock: SLAClock) -> [SLAEvent] {
        let used: TimeSpan
        var events: [SLAEvent] = []
        switch clock.phase {
        case .running(_, let deadline):
            used = self.used(clock)
            if clock.breachedAt == nil, deadline.due < moment {
                events.append(.breached(SLAMark(target: target, at: deadline.due)))
            }
        case .paused: used = clock.used
        case .stopped, .cancelled: return []
        }
        let isLate = clock.breachedAt != nil || !events.isEmpty
        events.append(
            .stopped(SLAStopped(target: target, outcome: isLate ? .missed : .met, used: used)))
        return events
    }

    private func pause(_ clock: SLAClock) -> [SLAEvent] {
        guard case .running = clock.phase else { return [] }
        let late = marks(clock).filter {
            if case .breached = $0 { true } else { false }
        }
        return late + [.paused(SLAPaused(target: target, used: used(clock)))]
    }

    private func resume(_ clock: SLAClock) -> [SLAEvent] {
        guard case .paused = clock.phase else { return [] }
        return resumed(clock, .work)
    }

    /// The clock that this answer had stopped runs on from here; the time in between was nobody's fault and is not counted.
    private func takeBack(_ clock: SLAClock, _ answeredAt: Instant) -> [SLAEvent] {
        guard target != .resolution, case .stopped(answeredAt, _) = clock.phase else { return [] }
        return resumed(clock, .bounce)
    }

    private func resumed(_ clock: SLAClock, _ cause: SLAResumed.Cause) -> [SLAEvent] {
        guard let own = plan(of: clock),
            let deadline = deadline(own, clock.allowance, used: clock.used, clock: clock)
        else { return cancel(clock, .noPolicy) }
        return [.resumed(SLAResumed(target: target, cause: cause, deadline: deadline))]
    }

    private func close(_ clock: SLAClock, _ reason: ClosingReason) -> [SLAEvent] {
        switch reason {
        case .spam, .duplicate: cancel(clock, .closed)
        case .solved, .noAnswer, .wrappedUp:
            target == .resolution ? stop(clock) : cancel(clock, .closed)
        }
    }

    private func cancel(_ clock: SLAClock, _ reason: SLACancelled.Reason) -> [SLAEvent] {
        guard !clock.isOver else { return [] }
        return [.cancelled(SLACancelled(target: target, reason: reason, used: used(clock)))]
    }

    private func restore(_ clock: SLAClock) -> [SLAEvent] {
        guard case .cancelled = clock.phase else { return [] }
        return resumed(clock, .restored)
    }

    private func replan(_ clock: SLAClock) -> [SLAEvent] {
        guard !clock.isOver else { return [] }
        guard let policy, let allowance = policy.allowances[target] else {
            return cancel(clock, .noPolicy)
        }
        guard policy.name != clock.policy || allowance != clock.allowance else { return [] }
        let used = used(clock)
        var deadline: SLADeadline?
        if case .running = clock.phase {
            deadline = self.deadline(policy, allowance, used: used, clock: clock)
            guard deadline != nil else { return cancel(clock, .noPolicy) }
        }
        return [
            .replanned(
                SLAReplanned(
                    target: target, policy: policy.name, allowance: allowance, used: used,
                    deadline: deadline))
        ]
    }

    private func plan(of clock: SLAClock) -> SLAPolicy? {
        book.policy(named: clock.policy) ?? policy
    }

    /// Working time counted up to the moment.
    private func used(_ clock: SLAClock) -> TimeSpan {
        guard case .running(let since, _) = clock.phase, let own = plan(of: clock) else {
            return clock.used
        }
        return clock.used + own.hours.elapsed(from: since, to: moment)
    }

    /// Nil where the calendar has no such moment: a promise that cannot be computed is not made.
    private func deadline(
        _ policy: SLAPolicy, _ allowance: TimeSpan, used: TimeSpan, clock: SLAClock? = nil
    ) -> SLADeadline? {
        // A promise that was broken is not made again.
        if let breached = clock?.breachedAt { return SLADeadline(due: breached, warning: nil) }
        func after(_ work: TimeSpan) -> Instant? {
            work <= .zero ? moment : try? policy.hours.adding(work, to: moment)
        }
        guard let due = after(allowance + -used) else { return nil }
        guard clock?.warnedAt == nil, let warning = policy.warning(of: allowance) else {
            return SLADeadline(due: due, warning: nil)
        }
        return SLADeadline(due: due, warning: after(warning + -used))
    }
}

extension SLAClock {
    /// Nothing is counted now, and nothing waits to be.
    var isOver: Bool {
        switch phase {
        case .running, .paused: false
        case .stopped, .cancelled: true
        }
    }
}
