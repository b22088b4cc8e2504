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
        var reason: String?
        let who = event.actor.kind == "agent" ? event.actor.id.map { " by \($0)" } ?? "" : ""
        switch promise {
        case .given(let given):
            words = (
                "given",
                "The customer was told\(who) to have an answer by \(RFC3339.text(given.until))."
            )
        case .revised(let given):
            words = (
                "revised",
                "The customer was told\(who) of more time, until \(RFC3339.text(given.until))."
            )
        case .kept(let ended):
            words = ("kept", "The answer came by \(RFC3339.text(ended.until)), as told.")
        case .broken(let ended):
            words = (
                "broken",
                "\(RFC3339.text(ended.until)) passed without an answer and without word of more time."
            )
        case .revisionSkipped(let skipped):
            words = (
                "not_revised",
                "The customer was told of no more time before \(RFC3339.text(skipped.until)): \(Self.because(skipped.reason))."
            )
            reason = skipped.reason.rawValue
        }
        self.init(
            position: event.position, at: Timestamp(event.at), decision: words.decision,
            reason: reason, sentence: words.sentence)
    }
    private static func because(_ reason: PromiseRevisionSkipped.Reason) -> String {
        switch reason {
        case .disabled: "the desk does not do that by itself, or did it often enough"
        case .answering: "an answer was on its way"
        case .closed: "the ticket was closed"
        case .notRegular: "it is spam or bulk mail"
        case .noAddress: "there was no way to reach them"
        case .dailyLimit: "this address has had enough automatic mail today"
        case .weeklyLimit: "this address has had enough automatic mail this week"
        case .paused: "the desk sent as many in the last hour as it may, and pauses"
        case .undeliverable: "mail to this address came back less than 60 days ago"
        case .tooMany: "this ticket sent the address enough automatic mail for now"
        case .noPolicy: "nothing is promised any more"
        }
    }
}
