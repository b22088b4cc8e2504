/// The working hours of a week: any split shifts, any weekend.
public struct WeekHours: Hashable, Sendable {
    /// By `Weekday.rawValue`, always seven.
    private var days: [DayHours]

    public static let always = WeekHours(days: [DayHours](repeating: .wholeDay, count: 7))

    /// A weekday that is not named is a day off; a range past midnight works on into the next day.
    public init(_ ranges: [Weekday: [HourRange]]) {
        var minutes = [[DayHours.Minutes]](repeating: [], count: 7)
        for (weekday, dayRanges) in ranges {
            for range in dayRanges {
                minutes[weekday.rawValue].append(.init(from: range.from, to: min(range.to, 1440)))
                if range.to > 1440 {
                    minutes[weekday.next.rawValue].append(.init(from: 0, to: range.to - 1440))
                }
            }
        }
        days = minutes.map(DayHours.init(minutes:))
    }

    private init(days: [DayHours]) { self.days = days }

    public func hours(on weekday: Weekday) -> DayHours { days[weekday.rawValue] }

    /// Both: open when one of the two is. For several shifts of one agent.
    public func union(_ other: WeekHours) -> WeekHours {
        WeekHours(
            days: zip(days, other.days).map { DayHours(minutes: $0.ranges + $1.ranges) })
    }

    /// Whether there is any working minute in it.
    public var isEmpty: Bool { days.allSatisfy(\.isOff) }
}
