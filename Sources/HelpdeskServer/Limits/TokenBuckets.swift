internal import HelpdeskCore
internal import Synchronization

/// How often something may happen: a steady rate, and how much of it at once.
struct RateLimit: Hashable, Sendable {
    var count: Int
    var per: TimeSpan
    var burst: Int

    /// Nil for a count of 0: no limit.
    init?(_ count: Int, per: TimeSpan, burst: Int) {
        guard count > 0, per > .zero else { return nil }
        self.count = count
        self.per = per
        self.burst = max(1, burst)
    }
}

/// Token buckets by key, with time handed in. Memory is bounded: beyond `maximumKeys` the buckets that are full again
/// are forgotten, and where none is, all are (for a moment everybody may do more; nobody is locked out).
final class TokenBuckets: Sendable {
    static let maximumKeys = 10_000

    private struct Bucket {
        /// In thousandths of a token.
        var level: Int64
        var at: Instant
    }

    private let limit: RateLimit?
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter limit: nil lets everything pass.
    init(_ limit: RateLimit?) { self.limit = limit }

    /// Takes a token. Throws how long until there is one.
    func take(_ key: String, at now: Instant) throws(DeskProblem) {
        guard let limit else { return }
        if let wait = buckets.withLock({ Self.take(key, at: now, limit, &$0) }) {
            throw .rateLimited(retryAfter: wait)
        }
    }

    var keyCount: Int { buckets.withLock { $0.count } }

    private static func take(
        _ key: String, at now: Instant, _ limit: RateLimit, _ buckets: inout [String: Bucket]
    ) -> TimeSpan? {
        let full = Int64(limit.burst) * 1_000
        if buckets[key] == nil, buckets.count >= maximumKeys {
            buckets = buckets.filter { level(of: $0.value, at: now, limit) < full }
            if buckets.count >= maximumKeys { buckets = [:] }
        }
        var bucket = buckets[key] ?? Bucket(level: full, at: now)
        bucket.level = level(of: bucket, at: now, limit)
        bucket.at = max(bucket.at, now)
        defer { buckets[key] = bucket }
        guard bucket.level < 1_000 else {
            bucket.level -= 1_000
            return nil
        }
        let missing = 1_000 - bucket.level
        let (product, overflow) = missing.multipliedReportingOverflow(by: limit.per.milliseconds)
        let perToken = Int64(limit.count) * 1_000
        return TimeSpan(
            milliseconds: overflow ? limit.per.milliseconds : (product + perToken - 1) / perToken)
    }

    /// A clock that jumps backwards fills nothing.
    private static func level(of bucket: Bucket, at now: Instant, _ limit: RateLimit) -> Int64 {
        let full = Int64(limit.burst) * 1_000
        let elapsed = max(0, now.since(bucket.at).milliseconds)
        let (gained, overflow) = elapsed.multipliedReportingOverflow(by: Int64(limit.count) * 1_000)
        guard !overflow else { return full }
        let (level, over) = bucket.level.addingReportingOverflow(gained / limit.per.milliseconds)
        return over ? full : min(full, level)
    }
}
