/// A day of the Jalali (Solar Hijri) calendar, as Iran uses it: years -61 to 3177.
///
/// Leap years follow the 33-year cycle, corrected where the vernal equinox at Tehran's noon says otherwise. That
/// agrees with the official calendar for the years for which it was published (1178 to 1500) and with the
/// astronomical computation of ICU after that; before 1178 other libraries differ by a day here and there.
public struct JalaliDate: Hashable, Comparable, Sendable, Codable {
    public let year: Int
    /// 1 (Farvardin) to 12 (Esfand).
    public let month: Int
    public let day: Int

    public static let years = -61...3177

    /// `nil` when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year),
            (1...max(Self.lengthOfMonth(month, year: year), 1)).contains(day),
            (1...12).contains(month)
        else { return nil }
        self.init(uncheckedYear: year, month, day)
    }

    private init(uncheckedYear year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `1405/01/15` or `1405-1-15`, with any digits. `nil` when it is no date.
    public init?(_ text: String) {
        guard let numbers = DateNumbers(text) else { return nil }
        self.init(year: numbers.year, month: numbers.month, day: numbers.day)
    }

    /// The Jalali name of a day; days before the year -61 or after 3177 give the nearest one.
    public init(_ date: CivilDate) {
        let first = Self.firstDay(of: Self.years.lowerBound)
        let last = Self.firstDay(of: Self.years.upperBound + 1) - 1
        let dayNumber = min(max(date.dayNumber, first), last)
        // The mean year has 365 8/33 days; the guess is at most one off, in either direction.
        var year = (dayNumber - Self.firstDay(of: 1)) * 33 / 12_053 + 1
        year = min(max(year, Self.years.lowerBound), Self.years.upperBound)
        if dayNumber < Self.firstDay(of: year) { year -= 1 }
        if dayNumber >= Self.firstDay(of: year + 1) { year += 1 }
        let dayOfYear = dayNumber - Self.firstDay(of: year)
        if dayOfYear < 186 {
            self.init(uncheckedYear: year, dayOfYear / 31 + 1, dayOfYear % 31 + 1)
        } else {
            self.init(uncheckedYear: year, (dayOfYear - 186) / 30 + 7, (dayOfYear - 186) % 30 + 1)
        }
    }

    /// The same day in the Gregorian calendar.
    public var civil: CivilDate { CivilDate(dayNumber: Self.firstDay(of: year) + dayOfYear - 1) }

    public var weekday: Weekday { civil.weekday }

    /// 1 to 366.
    public var dayOfYear: Int { (month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6) + day }

    /// `1405-01-15`, in ASCII digits: for configuration and programs.
    public var text: String { padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) }

    public static func < (left: JalaliDate, right: JalaliDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    public static func isLeap(_ year: Int) -> Bool {
        firstDay(of: year + 1) - firstDay(of: year) == 366
    }

    /// Days in a month, 0 for a month that does not exist.
    public static func lengthOfMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 1...6: 31
        case 7...11: 30
        case 12: isLeap(year) ? 30 : 29
        default: 0
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = JalaliDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a Jalali date: YYYY-MM-DD was expected")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The day number of 1 Farvardin, for any year from -61 to 3178.
    private static func firstDay(of year: Int) -> Int {
        let cycles = 8 * year + 21
        let leapDays = (cycles >= 0 ? cycles : cycles - 32) / 33
        let arithmetic = 365 * (year - 1) + leapDays + epoch
        return delayedLeapYears.contains(year - 1) ? arithmetic - 1 : arithmetic
    }

    /// The day number of the last day before 1 Farvardin 1 (19 March 622 of the Julian calendar).
    private static let epoch = -492_268

    /// Years that the 33-year cycle makes leap, while the equinox makes it the year after.
    private static let delayedLeapYears: Set<Int> = [
        1502, 1601, 1634, 1667, 1700, 1733, 1766, 1799, 1832, 1865, 1898, 1931, 1964, 1997, 2030,
        2059, 2063,
        2096, 2129, 2158, 2162, 2191, 2195, 2224, 2228, 2257, 2261, 2290, 2294, 2323, 2327, 2356,
        2360, 2389,
        2393, 2422, 2426, 2455, 2459, 2488, 2492, 2521, 2525, 2554, 2558, 2587, 2591, 2620, 2624,
        2653, 2657,
        2686, 2690, 2719, 2723, 2748, 2752, 2756, 2781, 2785, 2789, 2818, 2822, 2847, 2851, 2855,
        2880, 2884,
        2888, 2913, 2917, 2921, 2946, 2950, 2954, 2979, 2983, 2987,
    ]
}
