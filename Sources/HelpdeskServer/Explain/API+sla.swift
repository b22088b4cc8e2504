internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Explanation {
    /// Each clock of a ticket with every interval that was counted or not.
    static func clocks(_ events: [RecordedEvent]) -> [Clock] {
        let history = SLAHistory(
            events.compactMap { recorded in
                guard case .sla(let event) = recorded.event else { return nil }
                return (at: recorded.at, event: event)
            })
        return history.clocks.all.map { clock in
            Clock(
                clock,
                history.intervals.filter { $0.target == clock.target }.map { Interval($0) })
        }
    }
}

extension API.Explanation.Clock {
    fileprivate init(_ clock: SLAClock, _ intervals: [API.Explanation.Interval]) {
        self.init(
            target: clock.target.rawValue, policy: clock.policy,
            state: API.Ticket.SLAClock(clock)?.state ?? "cancelled",
            allowanceSeconds: clock.allowance.countedSeconds,
            usedSeconds: clock.used.countedSeconds,
            due: Timestamp(clock.due), warnedAt: Timestamp(clock.warnedAt),
            breachedAt: Timestamp(clock.breachedAt), intervals: intervals)
    }
}

extension API.Explanation.Interval {
    fileprivate init(_ interval: SLAHistory.Interval) {
        self.init(
            state: interval.state.rawValue, policy: interval.policy, from: Timestamp(interval.from),
            to: Timestamp(interval.to), usedSeconds: interval.used?.countedSeconds,
            due: Timestamp(interval.due))
    }
}

extension TimeSpan {
    /// Whole seconds, the rest cut off.
    fileprivate var countedSeconds: Int64 { milliseconds / 1_000 }
}

extension API.Explanation.Step {
    /// Nil for an event that says nothing of what a customer was told.
    init?(promise event: RecordedEvent) {
        guard case .promise(let promise) = event.event else { return nil }
        let words: (decision: String, sentence: String)
        switch promise {
        case .given(let given):
            words = (
                "given", "The customer was told to have an answer by \(RFC3339.text(given.until))."
            )
        case .revised(let given):
            words = (
                "revised",
                "The customer was told of more time, until \(RFC3339.text(given.until))."
            )
        case .kept(let ended):
            words = ("kept", "The answer came by \(RFC3339.text(ended.until)), as told.")
        case .broken(let ended):
            words = (
                "broken",
                "\(RFC3339.text(ended.until)) passed without an answer and without word of more time."
            )
        }
        self.init(
            position: event.position, at: Timestamp(event.at), decision: words.decision,
            sentence: words.sentence)
    }
}
