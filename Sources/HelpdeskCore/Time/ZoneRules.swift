/// The offsets of one time zone as a table, which the shell takes from the machine's time zone database: the core
/// itself knows no named zone and asks no system.
public struct ZoneRules: Hashable, Sendable {
    /// From `at` on, local time is UTC plus `offsetSeconds`.
    public struct Transition: Hashable, Sendable {
        public var at: Instant
        public var offsetSeconds: Int

        public init(at: Instant, offsetSeconds: Int) {
            self.at = at
            self.offsetSeconds = offsetSeconds
        }
    }

    /// IANA name, for people; it decides nothing.
    public let name: String
    private let initialOffset: Int64
    /// Ascending; each differs from the offset before it.
    private let transitions: [Transition]

    public static let utc = ZoneRules(name: "UTC", offsetSeconds: 0)

    /// More transitions than a zone can have between 1900 and 2500; the rest is left out.
    public static let transitionLimit = 2_000

    /// A zone with one offset for ever.
    public init(name: String, offsetSeconds: Int) {
        self.init(name: name, initialOffsetSeconds: offsetSeconds, transitions: [])
    }

    /// - Parameters:
    ///   - initialOffsetSeconds: what holds before the first transition. Offsets beyond a day either way are cut.
    ///   - transitions: in any order; of two at one moment the later in the list counts.
    public init(name: String, initialOffsetSeconds: Int, transitions: [Transition]) {
        self.name = name
        initialOffset = Self.bounded(initialOffsetSeconds)
        var offset = initialOffset
        var kept: [Transition] = []
        let ordered = transitions.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (_, transition) in ordered where kept.count < Self.transitionLimit {
            if kept.last?.at == transition.at { kept.removeLast() }
            offset = kept.last.map { Int64($0.offsetSeconds) } ?? initialOffset
            let next = Self.bounded(transition.offsetSeconds)
            if next != offset {
                kept.append(Transition(at: transition.at, offsetSeconds: Int(next)))
            }
        }
        self.transitions = kept
    }

    /// How far local time is ahead of UTC at this moment.
    public func offset(at instant: Instant) -> TimeSpan {
        .seconds(stretch(at: instant).offsetSeconds)
    }

    /// What clocks in the zone show at this moment.
    public func local(_ instant: Instant) -> LocalTime {
        LocalTime(millisecondsSinceEpoch: (instant + offset(at: instant)).milliseconds)
    }

    /// The moments at which clocks in the zone show this time: none in the gap when they are put forward, two in the
    /// overlap when they are put back.
    public func moments(of local: LocalTime) -> LocalMoments {
        let wall = Instant(milliseconds: local.millisecondsSinceEpoch)
        // No offset is longer than a day, so only the stretches within a day around can hold the time.
        var found: [Instant] = []
        var before = stretch(at: wall - .days(1))
        var current = before
        for _ in 0...transitions.count {
            let candidate = wall - .seconds(current.offsetSeconds)
            if current.start <= candidate, candidate < current.end { found.append(candidate) }
            if current.end > wall + .days(1) { break }
            if candidate >= current.end { before = current }
            current = stretch(at: current.end)
        }
        if let first = found.first, let last = found.last {
            return first == last ? .one(first) : .two(earlier: first, later: last)
        }
        return .none(
            transition: before.end, shifted: wall - .seconds(before.offsetSeconds))
    }

    /// One moment for a local time: of two the earlier; in a gap as much later as the clocks were put forward.
    public func instant(of local: LocalTime) -> Instant {
        switch moments(of: local) {
        case .one(let moment): moment
        case .two(let earlier, _): earlier
        case .none(_, let shifted): shifted
        }
    }

    /// A run of time with one offset; `end` does not belong to it.
    struct Stretch {
        let start: Instant
        let end: Instant
        let offsetSeconds: Int64
    }

    func stretch(at instant: Instant) -> Stretch {
        // Binary search for the first transition after the moment.
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return Stretch(
            start: low == 0 ? .distantPast : transitions[low - 1].at,
            end: low == transitions.count ? .distantFuture : transitions[low].at,
            offsetSeconds: low == 0 ? initialOffset : Int64(transitions[low - 1].offsetSeconds))
    }

    private static func bounded(_ seconds: Int) -> Int64 {
        Int64(min(max(seconds, -86_400), 86_400))
    }
}

/// What `ZoneRules.moments(of:)` found for a local time.
public enum LocalMoments: Hashable, Sendable {
    case one(Instant)
    /// Clocks were put back: the time was shown twice.
    case two(earlier: Instant, later: Instant)
    /// Clocks were put forward over it: when that happened, and the time read with the offset before it.
    case none(transition: Instant, shifted: Instant)
}
