/// When the desk tells a customer a new time by itself, because the one that they were told will pass unkept.
public struct PromiseRevision: Hashable, Sendable {
    /// How often for one ticket; 0: never.
    public var times: Int
    /// How long before the told time; of a short promise a quarter of its length, if that is less.
    public var before: TimeSpan

    public static let never = PromiseRevision(times: 0)
    /// Nobody is told more than twice that it takes longer still.
    public static let most = 2

    public init(times: Int, before: TimeSpan = .minutes(30)) {
        self.times = min(max(times, 0), Self.most)
        self.before = max(before, .zero)
    }

    /// When to look whether an answer is on its way; nil: not at all.
    /// - Parameter revisions: how often a new time was told before.
    public func moment(givenAt: Instant, until: Instant, revisions: Int) -> Instant? {
        guard revisions < times, until > givenAt else { return nil }
        let quarter = TimeSpan(milliseconds: until.since(givenAt).milliseconds / 4)
        return until - min(before, quarter)
    }
}

/// No new time was told by itself, and why.
public struct PromiseRevisionSkipped: Hashable, Sendable, Codable {
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// It is off now, or was told often enough.
        case disabled
        /// An answer is on its way.
        case answering
        /// The ticket is closed.
        case closed
        /// It is spam or bulk mail.
        case notRegular = "not_regular"
        /// There is no way to the customer now.
        case noAddress = "no_address"
        /// Within the bounds of acknowledgements, whose count it shares.
        case dailyLimit = "daily_limit"
        case weeklyLimit = "weekly_limit"
        case paused
        case undeliverable
        case tooMany = "too_many"
        /// Nothing is promised any more from which a new time follows.
        case noPolicy = "no_policy"
    }

    public var until: Instant
    public var reason: Reason

    public init(until: Instant, reason: Reason) {
        self.until = until
        self.reason = reason
    }
}
