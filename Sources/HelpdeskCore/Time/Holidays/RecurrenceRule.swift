/// When an all-day event comes again (RFC 5545 section 3.3.10), as far as calendars of holidays use it: `FREQ` from daily to
/// yearly, `INTERVAL`, `COUNT`, `UNTIL`, `BYMONTH`, `BYMONTHDAY`, `BYDAY`.
struct RecurrenceRule: Hashable, Sendable {
    enum Frequency: String {
        case daily = "DAILY", weekly = "WEEKLY", monthly = "MONTHLY", yearly = "YEARLY"
    }

    enum End: Hashable {
        case never
        case after(count: Int)
        case on(CivilDate)
    }

    /// `FR`, `4TH` as `4TH`: the fourth Thursday; `-1SU`: the last Sunday.
    struct Day: Hashable {
        var ordinal: Int?
        var weekday: Weekday
    }

    var frequency: Frequency
    var interval: Int
    var end: End
    var months: Set<Int>
    var monthDays: Set<Int>
    var days: [Day]

    /// Nil, with the part that is not understood, when it says something else: a holiday is not guessed.
    init(_ text: String) throws(Unsupported) {
        var frequency: Frequency?
        interval = 1
        end = .never
        months = []
        monthDays = []
        days = []
        for part in text.uppercased().split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw Unsupported(part: String(part)) }
            let fault = Unsupported(part: String(part))
            let values = pair[1].split(separator: ",")
            switch pair[0] {
            case "FREQ": frequency = Frequency(rawValue: String(pair[1]))
            case "INTERVAL": interval = try Self.number(pair[1], in: 1...1_000, fault)
            case "COUNT": end = .after(count: try Self.number(pair[1], in: 1...10_000, fault))
            case "UNTIL":
                guard let date = ICalendarLines.date(pair[1]) else { throw fault }
                end = .on(date)
            case "BYMONTH":
                for value in values { months.insert(try Self.number(value, in: 1...12, fault)) }
            case "BYMONTHDAY":
                for value in values {
                    monthDays.insert(try Self.number(value, in: -31...31, fault))
                }
            case "BYDAY":
                for value in values { days.append(try Self.day(value, fault)) }
            case "WKST": continue
            default: throw fault
            }
        }
        guard let frequency else { throw Unsupported(part: "FREQ") }
        self.frequency = frequency
    }

    struct Unsupported: Error { var part: String }

    private static func number(
        _ text: Substring, in range: ClosedRange<Int>, _ fault: Unsupported
    ) throws(Unsupported) -> Int {
        guard let number = Int(text), range.contains(number) else { throw fault }
        return number
    }

    private static func day(_ text: Substring, _ fault: Unsupported) throws(Unsupported) -> Day {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        guard let index = names.firstIndex(of: String(text.suffix(2))),
            let weekday = Weekday(rawValue: index)
        else { throw fault }
        let ordinal = text.dropLast(2)
        if ordinal.isEmpty { return Day(ordinal: nil, weekday: weekday) }
        return Day(ordinal: try number(ordinal, in: -53...53, fault), weekday: weekday)
    }

    /// Whether it comes again on this day, which is not before `start`; its end is the caller's business.
    func holds(on date: CivilDate, from start: CivilDate) -> Bool {
        let (year, month, day) = date.parts
        let first = start.parts
        if !months.isEmpty, !months.contains(month) { return false }
        switch frequency {
        case .daily:
            guard (date.dayNumber - start.dayNumber) % interval == 0 else { return false }
            return monthDayFits(date) && weekdayFits(date)
        case .weekly:
            let weeks = Self.week(date) - Self.week(start)
            guard weeks % interval == 0, monthDayFits(date) else { return false }
            return days.isEmpty ? date.weekday == start.weekday : weekdayFits(date)
        case .monthly:
            let between = (year - first.year) * 12 + month - first.month
            guard between % interval == 0 else { return false }
            if monthDays.isEmpty, days.isEmpty { return day == first.day }
            return monthDayFits(date) && dayFits(date, within: .month)
        case .yearly:
            guard (year - first.year) % interval == 0 else { return false }
            if monthDays.isEmpty, days.isEmpty {
                return day == first.day && (months.isEmpty ? month == first.month : true)
            }
            if days.isEmpty, months.isEmpty, month != first.month { return false }
            return monthDayFits(date) && dayFits(date, within: months.isEmpty ? .year : .month)
        }
    }

    /// Weeks begin on Monday.
    private static func week(_ date: CivilDate) -> Int {
        let shifted = date.dayNumber + 3
        return (shifted >= 0 ? shifted : shifted - 6) / 7
    }

    private func monthDayFits(_ date: CivilDate) -> Bool {
        guard !monthDays.isEmpty else { return true }
        let (year, month, day) = date.parts
        let fromEnd = day - CivilDate.lengthOfMonth(month, year: year) - 1
        return monthDays.contains(day) || monthDays.contains(fromEnd)
    }

    private func weekdayFits(_ date: CivilDate) -> Bool {
        days.isEmpty || days.contains { $0.weekday == date.weekday }
    }

    private enum Span { case month, year }

    /// `4TH` counts within the month, or within the year where no month is named.
    private func dayFits(_ date: CivilDate, within span: Span) -> Bool {
        guard !days.isEmpty else { return true }
        let (year, month, day) = date.parts
        let ordinal: Int
        let length: Int
        switch span {
        case .month:
            ordinal = day
            length = CivilDate.lengthOfMonth(month, year: year)
        case .year:
            let newYear = CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? date.dayNumber
            ordinal = date.dayNumber - newYear + 1
            length = CivilDate.isLeap(year) ? 366 : 365
        }
        return days.contains { wanted in
            guard wanted.weekday == date.weekday else { return false }
            guard let number = wanted.ordinal else { return true }
            return number > 0
                ? (ordinal - 1) / 7 + 1 == number : (length - ordinal) / 7 + 1 == -number
        }
    }
}
