/// Every interval of a ticket's clocks, told from their events: what somebody who doubts a figure can add up.
public struct SLAHistory: Hashable, Sendable {
    public struct Interval: Hashable, Sendable {
        public enum State: String, Sendable { case running, paused, stopped, cancelled }

        public var target: SLATarget
        public var policy: String
        public var state: State
        public var from: Instant
        /// Nil for the last one.
        public var to: Instant?
        /// Working time counted from the start of the clock to the end of this interval; nil while it runs.
        public var used: TimeSpan?
        /// Of a running interval.
        public var due: Instant?
    }

    /// By target, each in order of time.
    public let intervals: [Interval]
    public let clocks: SLAClocks

    /// - Parameter events: of one ticket, oldest first.
    public init(_ events: [(at: Instant, event: SLAEvent)]) {
        var clocks = SLAClocks()
        var intervals: [SLATarget: [Interval]] = [:]
        for (at, event) in events {
            clocks = clocks.applying(event, at: at)
            guard let clock = clocks[event.target] else { continue }
            switch event {
            case .warned, .breached: continue
            case .started, .paused, .resumed, .stopped, .cancelled, .replanned: break
            }
            var own = intervals[event.target] ?? []
            if let last = own.indices.last {
                own[last].to = at
                own[last].used = clock.used
            }
            own.append(Self.interval(clock, at))
            intervals[event.target] = own
        }
        self.clocks = clocks
        self.intervals = SLATarget.allCases.flatMap { intervals[$0] ?? [] }
    }

    private static func interval(_ clock: SLAClock, _ at: Instant) -> Interval {
        let state: Interval.State =
            switch clock.phase {
            case .running: .running
            case .paused: .paused
            case .stopped: .stopped
            case .cancelled: .cancelled
            }
        return Interval(
            target: clock.target, policy: clock.policy, state: state, from: at, to: nil,
            used: state == .running ? nil : clock.used, due: clock.due)
    }
}
