/// What a report looks at: `from` is in it, `to` is not.
public struct ReportPeriod: Hashable, Sendable {
    public let from: Instant
    public let to: Instant

    /// - Parameter to: not before `from`.
    public init(from: Instant, to: Instant) {
        self.from = from
        self.to = max(from, to)
    }

    /// As long, just before.
    public var previous: ReportPeriod {
        ReportPeriod(from: from - to.since(from), to: from)
    }

    /// The period in at most `count` equal parts of whole days, the last one maybe shorter; for a line.
    public func parts(atMost count: Int) -> [ReportPeriod] {
        let day = TimeSpan.days(1).milliseconds
        let length = to.since(from).milliseconds
        guard length > 0, count > 0 else { return [] }
        let days = Self.rounded(length, by: day)
        let (step, isTooMuch) = Self.rounded(days, by: Int64(count))
            .multipliedReportingOverflow(by: day)
        var parts: [ReportPeriod] = []
        var start = from
        while start < to, parts.count < count {
            // The last one takes what a length beyond all counting left.
            let isLast = isTooMuch || parts.count == count - 1
            let end = isLast ? to : min(to, start + TimeSpan(milliseconds: step))
            parts.append(ReportPeriod(from: start, to: end))
            start = end
        }
        return parts
    }

    /// How many times `divisor` goes into `number`, rounded up; both are positive.
    private static func rounded(_ number: Int64, by divisor: Int64) -> Int64 {
        number / divisor + (number % divisor == 0 ? 0 : 1)
    }
}
