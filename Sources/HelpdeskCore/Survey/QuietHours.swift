/// When customers are left alone, on the clocks of their own zone.
public struct QuietHours: Hashable, Sendable {
    /// May run past midnight: 22:00-08:00.
    public let range: HourRange

    public init(_ range: HourRange) { self.range = range }

    /// The first moment from `instant` on that is not quiet: `instant` itself, or when the hours end. Where clocks are
    /// put back over the end, the later of the two moments with that reading.
    public func firstLoudMoment(from instant: Instant, in zone: ZoneRules) -> Instant {
        var moment = instant
        // A change of the clocks can lead back into the hours once.
        for _ in 0..<3 {
            guard let rest = remaining(at: zone.local(moment)) else { return moment }
            moment = moment + rest
        }
        return moment
    }

    /// How long they go on; nil when they do not hold.
    private func remaining(at local: LocalTime) -> TimeSpan? {
        let millisecond = local.millisecondOfDay
        let from = range.from * 60_000
        let to = range.to * 60_000
        // The hours that began today, and those that began yesterday.
        for now in [millisecond, millisecond + LocalTime.millisecondsPerDay]
        where from <= now && now < to {
            return TimeSpan(milliseconds: Int64(to - now))
        }
        return nil
    }
}
