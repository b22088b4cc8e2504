/// The working hours of one day: disjoint ranges of minutes, ascending, each within 0 to 1440. No range is a day off.
public struct DayHours: Hashable, Sendable {
    struct Minutes: Hashable, Sendable {
        var from: Int
        var to: Int
    }

    let ranges: [Minutes]

    public static let off = DayHours(minutes: [])
    public static let wholeDay = DayHours(minutes: [Minutes(from: 0, to: 1440)])

    /// Ranges may come in any order and overlap. What runs past midnight is cut off: only a week knows the next day.
    public init(_ ranges: [HourRange]) {
        self.init(minutes: ranges.map { Minutes(from: $0.from, to: min($0.to, 1440)) })
    }

    init(minutes: [Minutes]) {
        var merged: [Minutes] = []
        for range in minutes.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) })
        where range.from < range.to {
            if let last = merged.last, range.from <= last.to {
                merged[merged.count - 1].to = max(last.to, range.to)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
    }

    public var isOff: Bool { ranges.isEmpty }
}
