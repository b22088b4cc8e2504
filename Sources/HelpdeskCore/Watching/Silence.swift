/// Whether an inbox that hears something at this time of the week has gone quiet: the mailbox whose fetching stopped without an
/// error is found by what does not come (reliability I14). Pure.
public struct Silence: Hashable, Sendable {
    /// When the last message came.
    public let since: Instant
    /// How often one usually comes at this time.
    public let usual: TimeSpan

    public init(since: Instant, usual: TimeSpan) {
        self.since = since
        self.usual = usual
    }

    /// Shorter silences are nobody's alarm.
    public static let shortest = TimeSpan.hours(1)
    /// Of the same weekday: so many days ago, and so many.
    public static let weeksAgo: [Int64] = [1, 2]
    /// So many usual gaps without a word are too many.
    public static let gaps = 3

    /// The stretches to compare a silence with: as long, ending at the same time of the same weekday in weeks past. None where
    /// the silence is too short to mean anything, or longer than a week, when it is compared with nothing of its kind.
    public static func stretches(
        since last: Instant, now: Instant
    ) -> [(from: Instant, through: Instant)] {
        let silence = now.since(last)
        guard silence >= shortest, silence < .days(7) else { return [] }
        return weeksAgo.map { weeks in
            let back = TimeSpan.days(7 * weeks)
            return (last - back, now - back)
        }
    }

    /// - Parameter counts: what came in each of the stretches. A single quiet week among them is enough not to worry.
    public static func judge(since last: Instant, now: Instant, counts: [Int]) -> Silence? {
        guard !counts.isEmpty, counts.allSatisfy({ $0 >= gaps }) else { return nil }
        let average = max(counts.reduce(0, +) / counts.count, 1)
        return Silence(
            since: last,
            usual: TimeSpan(milliseconds: now.since(last).milliseconds / Int64(average)))
    }
}
