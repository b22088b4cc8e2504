/// A day of the Gregorian calendar, carried back before its introduction, in the years 1 to 9999; no time zone.
public struct CivilDate: Hashable, Comparable, Sendable, Codable {
    /// Days since 1970-01-01.
    public let dayNumber: Int

    public static let first = CivilDate(unchecked: -719_162)
    public static let last = CivilDate(unchecked: 2_932_896)

    /// The day with this number; a number outside the years 1 to 9999 gives the nearest day within them.
    public init(dayNumber: Int) {
        self.dayNumber = min(max(dayNumber, Self.first.dayNumber), Self.last.dayNumber)
    }

    /// `nil` when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.lengthOfMonth(month, year: year)).contains(day)
        else { return nil }
        self.init(unchecked: Self.dayNumber(year: year, month: month, day: day))
    }

    private init(unchecked dayNumber: Int) { self.dayNumber = dayNumber }

    /// Reads `2026-11-22` or `2026/11/22`, with any digits. `nil` when it is no date.
    public init?(_ text: String) {
        guard let numbers = DateNumbers(text) else { return nil }
        self.init(year: numbers.year, month: numbers.month, day: numbers.day)
    }

    public var year: Int { parts.year }
    public var month: Int { parts.month }
    public var day: Int { parts.day }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; the remainder is made positive for the days before.
        let index = ((dayNumber + 3) % 7 + 7) % 7
        return Weekday(rawValue: index) ?? .monday
    }

    /// The day so many days later, or earlier for a negative count; stays within the years 1 to 9999.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return overflow ? (days < 0 ? .first : .last) : CivilDate(dayNumber: sum)
    }

    /// ISO 8601: `2026-11-22`.
    public var text: String {
        let parts = parts
        return padded(parts.year, 4) + "-" + padded(parts.month, 2) + "-" + padded(parts.day, 2)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days in a month, 0 for a month that does not exist.
    public static func lengthOfMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 0
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CivilDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a date: YYYY-MM-DD was expected")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Year, month and day at once: cheaper than asking for them one by one.
    ///
    /// The year is taken to begin in March, so that the leap day is its last; 400 years are 146,097 days.
    var parts: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}

/// A number with leading zeros; longer numbers are not cut. A minus sign stands before the zeros.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(width - digits.utf8.count, 0))
    return (number < 0 ? "-" : "") + zeros + digits
}
