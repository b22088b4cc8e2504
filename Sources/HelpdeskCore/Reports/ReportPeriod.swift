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
        let days = (length + day - 1) / day
        let step = max(1, (days + Int64(count) - 1) / Int64(count)) * day
        var parts: [ReportPeriod] = []
        var start = from
        while start < to, parts.count < count {
            let end = min(to, start + TimeSpan(milliseconds: step))
            parts.append(ReportPeriod(from: start, to: end))
            start = end
        }
        return parts
    }
}
