/// One promise on one ticket, folded from its events: what was promised, how much of it is used, and when it is due.
public struct SLAClock: Hashable, Sendable, Codable {
    public enum Phase: Hashable, Sendable, Codable {
        case running(since: Instant, SLADeadline)
        case paused(since: Instant)
        /// It can run on: a ticket reopens, an answer comes back.
        case stopped(at: Instant, SLAStopped.Outcome)
        case cancelled(at: Instant)
    }

    public let target: SLATarget
    public private(set) var policy: String
    public private(set) var allowance: TimeSpan
    public let startedAt: Instant
    /// Working time of the intervals that ended.
    public private(set) var used: TimeSpan
    public private(set) var phase: Phase
    /// When the deadline passed unmet; it stays, whatever follows.
    public private(set) var breachedAt: Instant?
    public private(set) var warnedAt: Instant?

    /// As it was kept.
    public init(
        target: SLATarget, policy: String, allowance: TimeSpan, startedAt: Instant, used: TimeSpan,
        phase: Phase, breachedAt: Instant?, warnedAt: Instant?
    ) {
        self.target = target
        self.policy = policy
        self.allowance = allowance
        self.startedAt = startedAt
        self.used = used
        self.phase = phase
        self.breachedAt = breachedAt
        self.warnedAt = warnedAt
    }

    init(_ started: SLAStarted, at: Instant) {
        target = started.target
        policy = started.policy
        allowance = started.allowance
        startedAt = at
        used = .zero
        phase = .running(since: at, started.deadline)
    }

    /// When it asks to be looked at: at the warning, else just after the deadline, for exactly then is still in time; nil when
    /// neither is ahead.
    public var nextMoment: Instant? {
        guard case .running(_, let deadline) = phase, breachedAt == nil else { return nil }
        let late = deadline.due + TimeSpan(milliseconds: 1)
        return warnedAt == nil ? deadline.warning ?? late : late
    }

    public var due: Instant? {
        guard case .running(_, let deadline) = phase else { return nil }
        return deadline.due
    }

    mutating func apply(_ event: SLAEvent, at: Instant) {
        switch event {
        case .started(let started): self = SLAClock(started, at: at)
        case .paused(let paused):
            used = paused.used
            phase = .paused(since: at)
        case .resumed(let resumed): phase = .running(since: at, resumed.deadline)
        case .warned(let mark): warnedAt = mark.at
        case .breached(let mark): breachedAt = mark.at
        case .stopped(let stopped):
            used = stopped.used
            phase = .stopped(at: at, stopped.outcome)
        case .cancelled(let cancelled):
            used = cancelled.used
            phase = .cancelled(at: at)
        case .replanned(let replanned):
            policy = replanned.policy
            allowance = replanned.allowance
            used = replanned.used
            warnedAt = nil
            phase = replanned.deadline.map { .running(since: at, $0) } ?? .paused(since: at)
        }
    }
}

/// The clocks of one ticket, at most one per target.
public struct SLAClocks: Hashable, Sendable, Codable {
    private var clocks: [SLATarget: SLAClock] = [:]

    public init() {}

    public init(_ clocks: [SLAClock]) {
        for clock in clocks { self.clocks[clock.target] = clock }
    }

    public subscript(target: SLATarget) -> SLAClock? { clocks[target] }

    /// In the order of `SLATarget`.
    public var all: [SLAClock] { SLATarget.allCases.compactMap { clocks[$0] } }

    /// When the first of them asks to be looked at.
    public var nextMoment: Instant? { all.compactMap(\.nextMoment).min() }

    /// The earliest deadline that runs: what a queue is ordered by.
    public var earliestDue: Instant? { all.compactMap(\.due).min() }

    /// Folds one event. An event of a clock that was never started changes nothing.
    public func applying(_ event: SLAEvent, at: Instant) -> SLAClocks {
        var next = self
        if case .started(let started) = event {
            next.clocks[event.target] = SLAClock(started, at: at)
        } else {
            next.clocks[event.target]?.apply(event, at: at)
        }
        return next
    }
}
