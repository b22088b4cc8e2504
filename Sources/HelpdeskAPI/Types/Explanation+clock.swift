extension API.Explanation {
    /// One promise of time, and how its time was counted.
    public struct Clock: Hashable, Sendable, Codable {
        /// `first_response`, `response`, `resolution`.
        public var target: String
        /// The `[[sla]]` it goes by now.
        public var policy: String
        /// `running`, `paused`, `met`, `breached`, `cancelled`.
        public var state: String
        /// Working time promised.
        public var allowanceSeconds: Int64
        /// Working time of the intervals that ended.
        public var usedSeconds: Int64
        public var due: Timestamp?
        public var warnedAt: Timestamp?
        public var breachedAt: Timestamp?
        /// Oldest first.
        public var intervals: [Interval]

        public init(
            target: String, policy: String, state: String, allowanceSeconds: Int64,
            usedSeconds: Int64, due: Timestamp? = nil, warnedAt: Timestamp? = nil,
            breachedAt: Timestamp? = nil, intervals: [Interval] = []
        ) {
            self.target = target
            self.policy = policy
            self.state = state
            self.allowanceSeconds = allowanceSeconds
            self.usedSeconds = usedSeconds
            self.due = due
            self.warnedAt = warnedAt
            self.breachedAt = breachedAt
            self.intervals = intervals
        }

        enum CodingKeys: String, CodingKey {
            case target, policy, state
            case allowanceSeconds = "allowance_s"
            case usedSeconds = "used_s"
            case due
            case warnedAt = "warned_at"
            case breachedAt = "breached_at"
            case intervals
        }
    }

    /// A stretch of time in which a clock ran, or did not.
    public struct Interval: Hashable, Sendable, Codable {
        /// `running`, `paused`, `stopped`, `cancelled`.
        public var state: String
        public var policy: String
        public var from: Timestamp
        /// Nil for the last one.
        public var to: Timestamp?
        /// Working time from the clock's start to the end of this interval; nil while it runs.
        public var usedSeconds: Int64?
        public var due: Timestamp?

        public init(
            state: String, policy: String, from: Timestamp, to: Timestamp? = nil,
            usedSeconds: Int64? = nil, due: Timestamp? = nil
        ) {
            self.state = state
            self.policy = policy
            self.from = from
            self.to = to
            self.usedSeconds = usedSeconds
            self.due = due
        }

        enum CodingKeys: String, CodingKey {
            case state, policy, from, to
            case usedSeconds = "used_s"
            case due
        }
    }
}
