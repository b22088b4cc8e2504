/// What a number of waits come to. Quantiles are waits that somebody had (nearest rank), not means of two.
public struct DurationSummary: Hashable, Sendable {
    public let count: Int
    public let sum: TimeSpan
    public let median: TimeSpan?
    /// Nine of ten waited no longer.
    public let ninetieth: TimeSpan?

    public var mean: TimeSpan? {
        count > 0 ? TimeSpan(milliseconds: sum.milliseconds / Int64(count)) : nil
    }

    /// - Parameter milliseconds: in any order.
    public init(milliseconds: [Int64]) {
        let sorted = milliseconds.sorted()
        count = sorted.count
        var sum: Int64 = 0
        for value in sorted {
            let (next, isTooMuch) = sum.addingReportingOverflow(value)
            sum = isTooMuch ? .max : next
        }
        self.sum = TimeSpan(milliseconds: sum)
        median = Self.quantile(50, of: sorted)
        ninetieth = Self.quantile(90, of: sorted)
    }

    /// The smallest value that so many percent do not exceed.
    private static func quantile(_ percent: Int, of sorted: [Int64]) -> TimeSpan? {
        guard !sorted.isEmpty else { return nil }
        let rank = (sorted.count * percent + 99) / 100
        return TimeSpan(milliseconds: sorted[min(max(rank, 1), sorted.count) - 1])
    }
}
