/// A day off as configuration writes it: `2026-12-25` or `jalali:1405-01-01`, in any digits.
public enum Holiday: Hashable, Sendable {
    case gregorian(CivilDate)
    case jalali(JalaliDate)

    public init(_ text: String) throws(HolidayError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts[0] == "jalali" else { throw HolidayError(text: text, problem: .calendar) }
            guard let date = JalaliDate(String(parts[1])) else {
                throw HolidayError(text: text, problem: .jalaliDate)
            }
            self = .jalali(date)
        } else {
            guard let date = CivilDate(text) else {
                throw HolidayError(text: text, problem: .gregorianDate)
            }
            self = .gregorian(date)
        }
    }

    public var date: CivilDate {
        switch self {
        case .gregorian(let date): date
        case .jalali(let date): date.civil
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
            case .calendar: "expected YYYY-MM-DD or jalali:YYYY-MM-DD"
            case .gregorianDate: "no such day in the Gregorian calendar; expected YYYY-MM-DD"
            case .jalaliDate: "no such day in the Jalali calendar; expected jalali:YYYY-MM-DD"
            }
        return "\"\(text)\": \(wanted)"
    }
}
