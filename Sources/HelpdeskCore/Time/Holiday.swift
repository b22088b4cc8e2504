/// A day off as configuration writes it: `2026-12-25` or `jalali:1405-01-01`, in any digits; with `*` for the year, `*-12-25` or
/// `jalali:*-01-01`, the same day of every year.
public enum Holiday: Hashable, Sendable {
    case gregorian(CivilDate)
    case jalali(JalaliDate)
    case everyGregorianYear(month: Int, day: Int)
    case everyJalaliYear(month: Int, day: Int)

    /// The Gregorian years for which a yearly day is written out.
    public static let years = 1970...2100
    /// The same in the Jalali calendar.
    static let jalaliYears = 1348...1479
    /// Leap years: every day that there is has its place in them.
    private static let leapYear = "2024"
    private static let jalaliLeapYear = "1403"

    public init(_ text: String) throws(HolidayError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts[0] == "jalali" else { throw HolidayError(text: text, problem: .calendar) }
            let isYearly = parts[1].first == "*"
            let written = isYearly ? Self.jalaliLeapYear + parts[1].dropFirst() : String(parts[1])
            guard let date = JalaliDate(written) else {
                throw HolidayError(text: text, problem: .jalaliDate)
            }
            self =
                isYearly ? .everyJalaliYear(month: date.month, day: date.day) : .jalali(date)
        } else {
            let isYearly = text.first == "*"
            let written = isYearly ? Self.leapYear + text.dropFirst() : text
            guard let date = CivilDate(written) else {
                throw HolidayError(text: text, problem: .gregorianDate)
            }
            self =
                isYearly
                ? .everyGregorianYear(month: date.month, day: date.day) : .gregorian(date)
        }
    }

    /// Nil for a day of every year.
    public var date: CivilDate? {
        switch self {
        case .gregorian(let date): date
        case .jalali(let date): date.civil
        case .everyGregorianYear, .everyJalaliYear: nil
        }
    }

    /// The one day, or that of each of `years` that has it.
    public var dates: [CivilDate] {
        switch self {
        case .gregorian(let date): [date]
        case .jalali(let date): [date.civil]
        case .everyGregorianYear(let month, let day):
            Self.years.compactMap { CivilDate(year: $0, month: month, day: day) }
        case .everyJalaliYear(let month, let day):
            Self.jalaliYears.compactMap { JalaliDate(year: $0, month: month, day: day)?.civil }
        }
    }
}

/// Why a holiday was refused; `description` says what to write instead.
public struct HolidayError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Problem: Hashable, Sendable { case calendar, gregorianDate, jalaliDate }

    public let text: String
    public let problem: Problem

    public init(text: String, problem: Problem) {
        self.text = text
        self.problem = problem
    }

    public var description: String {
        let wanted =
            switch problem {
            case .calendar: "expected YYYY-MM-DD or jalali:YYYY-MM-DD, or * for every year"
            case .gregorianDate: "no such day in the Gregorian calendar; expected YYYY-MM-DD"
            case .jalaliDate: "no such day in the Jalali calendar; expected jalali:YYYY-MM-DD"
            }
        return "\"\(text)\": \(wanted)"
    }
}
