import HelpdeskCore
import TOMLReading

/// Longer texts are no date and no hours, whatever they are.
private let longestText = 64

extension ValueKind where Value == HourRange {
    static var hours: Self {
        let expectation = "hours such as \"08:00-12:00\""
        return Self("hours", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            guard text.utf8.count <= longestText else { throw Mismatch() }
            do throws(HourRangeError) {
                return try HourRange(text)
            } catch {
                switch error.problem {
                case .notTwoTimes:
                    throw Mismatch(hint: "write two times with a hyphen between them")
                case .notATime: throw Mismatch(hint: "times go from 00:00 to 24:00")
                case .empty: throw Mismatch(hint: "a whole day is \"00:00-24:00\"")
                }
            }
        }
    }
}

extension ValueKind where Value == [HourRange] {
    /// The hours of one day, in order.
    static var day: Self {
        let several = ValueKind.list(
            of: ValueKind<HourRange>.hours, "hours such as \"08:00-12:00\"", counts: 0...12)
        return Self("list of hours", expectation: several.expectation) { node, key, reader in
            guard let hours = several.read(node, key, &reader) else { return nil }
            let sorted = hours.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
            for (earlier, later) in zip(sorted, sorted.dropFirst()) where later.from < earlier.to {
                reader.record(
                    ConfigurationProblem(
                        place: node.place, key: key, expected: "hours that do not overlap",
                        got: "\(written(earlier)) and \(written(later))"))
                return nil
            }
            return sorted
        }
    }

    private static func written(_ range: HourRange) -> String {
        let end = range.to > 1_440 ? range.to - 1_440 : range.to
        return clock(range.from) + "-" + clock(end)
    }

    private static func clock(_ minutes: Int) -> String {
        let hour = minutes / 60
        let minute = minutes % 60
        return (hour < 10 ? "0\(hour)" : "\(hour)") + (minute < 10 ? ":0\(minute)" : ":\(minute)")
    }
}

extension ValueKind where Value == Holiday {
    static var day: Self {
        let expectation =
            "a day such as \"2026-03-21\" or \"jalali:1405-01-01\", or with * for every year, \"jalali:*-01-01\""
        return Self("day", expectation: expectation) { value throws(Mismatch) in
            if case .date(let year, let month, let day) = value {
                guard let date = CivilDate(year: year, month: month, day: day) else {
                    throw Mismatch()
                }
                return try checked(.gregorian(date))
            }
            let text = try value.text()
            guard text.utf8.count <= longestText else { throw Mismatch() }
            return try checked(holiday(text))
        }
    }

    private static func holiday(_ text: String) throws(Mismatch) -> Holiday {
        do throws(HolidayError) {
            return try Holiday(text)
        } catch {
            switch error.problem {
            case .calendar: throw Mismatch(hint: "the calendar is jalali, or none is named")
            case .gregorianDate: throw Mismatch(hint: "there is no such day")
            case .jalaliDate: throw Mismatch(hint: "there is no such day in the Iranian calendar")
            }
        }
    }

    /// The calendars are told apart by their years: 1405 is this one here and a long time ago there.
    private static func checked(_ day: Holiday) throws(Mismatch) -> Holiday {
        switch day {
        case .gregorian(let date):
            if (1_300...1_500).contains(date.year) {
                throw Mismatch(
                    hint: "a day of the Iranian calendar is written \"jalali:\(date.text)\"")
            }
            guard (1_900...2_200).contains(date.year) else {
                throw Mismatch(hint: "years go from 1900 to 2200 here")
            }
        case .jalali(let date):
            guard (1_300...1_500).contains(date.year) else {
                throw Mismatch(hint: "years of the Iranian calendar go from 1300 to 1500 here")
            }
        case .everyGregorianYear, .everyJalaliYear: break
        }
        return day
    }
}

extension ValueKind where Value == WeekConfiguration {
    static var week: Self {
        .table("week", WeekKeys.section) { table, reader in
            var days: [Weekday: [HourRange]] = [:]
            let before = reader.problems.count
            for day in WeekConfiguration.order {
                guard let hours = reader.read(WeekKeys.day(day), table), !hours.isEmpty else {
                    continue
                }
                days[day] = hours
            }
            if days.isEmpty, reader.problems.count == before {
                reader.record(
                    ConfigurationProblem(
                        place: table.place, key: table.description.name,
                        expected: "hours on one day at least", got: "a week without any"))
            }
            return WeekConfiguration(days: days)
        }
    }
}
