/// A date and a time of day as a clock on the wall shows them, in no zone in particular.
public struct LocalTime: Hashable, Comparable, Sendable {
    public let date: CivilDate
    /// 0 up to, not including, 86,400,000.
    public let millisecondOfDay: Int

    public static let millisecondsPerDay = 86_400_000

    /// Hours, minutes and seconds outside a day are cut to its first or last moment.
    public init(_ date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let seconds =
            min(max(hour, 0), 24) * 3_600 + min(max(minute, 0), 60) * 60 + min(max(second, 0), 60)
        self.init(date: date, millisecondOfDay: seconds * 1_000)
    }

    init(date: CivilDate, millisecondOfDay: Int) {
        self.date = date
        self.millisecondOfDay = min(max(millisecondOfDay, 0), Self.millisecondsPerDay - 1)
    }

    /// The wall clock that many milliseconds after 1970-01-01 00:00 on the same wall; outside the years 1 to 9999
    /// the nearest day.
    init(millisecondsSinceEpoch: Int64) {
        let (quotient, remainder) = millisecondsSinceEpoch.quotientAndRemainder(
            dividingBy: Int64(Self.millisecondsPerDay))
        let date = CivilDate(dayNumber: Int(remainder < 0 ? quotient - 1 : quotient))
        self.init(
            date: date,
            millisecondOfDay: Int(
                remainder < 0 ? remainder + Int64(Self.millisecondsPerDay) : remainder))
    }

    var millisecondsSinceEpoch: Int64 {
        Int64(date.dayNumber) * Int64(Self.millisecondsPerDay) + Int64(millisecondOfDay)
    }

    public var hour: Int { millisecondOfDay / 3_600_000 }
    public var minute: Int { millisecondOfDay / 60_000 % 60 }
    public var second: Int { millisecondOfDay / 1_000 % 60 }

    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.millisecondOfDay) < (right.date, right.millisecondOfDay)
    }
}
