import HelpdeskCore
import Testing

@Suite struct BusinessHoursTests {
    /// Saturday to Wednesday 08:00-12:00 and 13:00-17:00, Thursday 08:00-12:00, in Tehran (UTC+03:30).
    static let tehran = BusinessHours(
        zone: ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600),
        week: WeekHours([
            .saturday: split, .sunday: split, .monday: split, .tuesday: split, .wednesday: split,
            .thursday: [range(480, 720)],
        ]),
        holidays: [date("2026-11-24")])

    private static let split = [range(480, 720), range(780, 1020)]

    static func range(_ from: Int, _ to: Int) -> HourRange {
        guard let range = HourRange(from: from, to: to) else { preconditionFailure("no range") }
        return range
    }

    static func date(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("no date: \(text)") }
        return date
    }

    /// 22 November 2026 is a Sunday; 08:00 in Tehran is 04:30 UTC.
    @Test(
        "Open from the first moment of a range to just before its end",
        arguments: [
            ("2026-11-22T04:29:59.999Z", false), ("2026-11-22T04:30:00Z", true),
            ("2026-11-22T08:29:59.999Z", true),
            ("2026-11-22T08:30:00Z", false), ("2026-11-22T09:30:00Z", true),
            ("2026-11-22T13:30:00Z", false),
            ("2026-11-24T06:00:00Z", false), ("2026-11-27T06:00:00Z", false),
            ("2026-11-26T06:00:00Z", true),
            ("2026-11-26T10:00:00Z", false),
        ])
    func isOpen(at: String, open: Bool) {
        #expect(Self.tehran.isOpen(at: moment(at)) == open)
    }

    @Test(
        "Working time is added over breaks, nights, holidays and weekends",
        arguments: [
            // minutes, from, due
            (60, "2026-11-22T04:30:00Z", "2026-11-22T05:30:00Z"),
            (240, "2026-11-22T04:30:00Z", "2026-11-22T08:30:00Z"),
            (241, "2026-11-22T04:30:00Z", "2026-11-22T09:31:00Z"),
            (480, "2026-11-22T04:30:00Z", "2026-11-22T13:30:00Z"),
            (1, "2026-11-23T13:29:00Z", "2026-11-23T13:30:00Z"),
            (2, "2026-11-23T13:29:00Z", "2026-11-25T04:31:00Z"),
            (60, "2026-11-24T00:00:00Z", "2026-11-25T05:30:00Z"),
            (300, "2026-11-26T04:30:00Z", "2026-11-28T05:30:00Z"),
            (0, "2026-11-22T06:00:00Z", "2026-11-22T06:00:00Z"),
            (0, "2026-11-22T00:00:00Z", "2026-11-22T04:30:00Z"),
        ])
    func adding(minutes: Int64, from: String, due: String) throws {
        #expect(try Self.tehran.adding(.minutes(minutes), to: moment(from)) == moment(due))
    }

    @Test(
        "Working time between two moments",
        arguments: [
            ("2026-11-22T04:30:00Z", "2026-11-22T13:30:00Z", 480),
            ("2026-11-22T08:30:00Z", "2026-11-22T09:30:00Z", 0),
            ("2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z", 480 * 4 + 240),
            ("2026-11-22T13:00:00Z", "2026-11-22T05:00:00Z", 0),
        ])
    func elapsed(from: String, to: String, minutes: Int64) {
        #expect(Self.tehran.elapsed(from: moment(from), to: moment(to)) == .minutes(minutes))
    }

    @Test("The next opening and closing")
    func next() throws {
        let hours = Self.tehran
        #expect(
            try hours.nextOpen(from: moment("2026-11-23T13:30:00Z"))
                == moment("2026-11-25T04:30:00Z"))
        #expect(
            try hours.nextOpen(from: moment("2026-11-22T05:00:00Z"))
                == moment("2026-11-22T05:00:00Z"))
        #expect(
            try hours.nextClose(from: moment("2026-11-22T05:00:00Z"))
                == moment("2026-11-22T08:30:00Z"))
        #expect(
            try hours.nextClose(from: moment("2026-11-22T08:30:00Z"))
                == moment("2026-11-22T13:30:00Z"))
    }

    @Test("A calendar that never opens or never closes fails instead of searching for ever")
    func bounded() {
        let start = moment("2026-11-22T00:00:00Z")
        let never = BusinessHours(zone: .utc, week: WeekHours([:]))
        #expect(throws: BusinessHoursError.noWorkingTime(after: start)) {
            try never.nextOpen(from: start)
        }
        #expect(throws: BusinessHoursError.noWorkingTime(after: start)) {
            try never.adding(.hours(1), to: start)
        }
        #expect(never.elapsed(from: .distantPast, to: .distantFuture) == .zero)
        #expect(throws: BusinessHoursError.neverCloses(after: start)) {
            try BusinessHours.always.nextClose(from: start)
        }
        let oneDayEach = BusinessHours(zone: .utc, week: WeekHours([.monday: [Self.range(0, 1)]]))
        #expect(throws: BusinessHoursError.noWorkingTime(after: start)) {
            try oneDayEach.adding(.days(1), to: start)
        }
        #expect(throws: BusinessHoursError.self) {
            try Self.tehran.adding(TimeSpan(milliseconds: .max), to: .distantFuture)
        }
        #expect(throws: BusinessHoursError.self) { try Self.tehran.nextOpen(from: .distantFuture) }
        #expect(throws: BusinessHoursError.negativeWork) {
            try Self.tehran.adding(.minutes(-5), to: start)
        }
    }

    @Test("A range past midnight works on into the next day, whose holiday it respects")
    func night() throws {
        let night = BusinessHours(
            zone: .utc,
            week: WeekHours([.sunday: [Self.range(1_320, 360)], .monday: [Self.range(1_320, 360)]]),
            holidays: [Self.date("2026-11-24")])
        #expect(
            try night.nextClose(from: moment("2026-11-22T23:00:00Z"))
                == moment("2026-11-23T06:00:00Z"))
        #expect(
            try night.nextClose(from: moment("2026-11-23T23:00:00Z"))
                == moment("2026-11-24T00:00:00Z"))
    }

    @Test("Jalali holidays and special days replace the week")
    func specialDays() throws {
        let hours = BusinessHours(
            zone: .utc, week: .always, holidays: try Holiday("jalali:1405-09-02").dates,
            specialDays: [
                Self.date("2026-11-22"): DayHours([Self.range(600, 660)]),
                Self.date("2026-11-23"): DayHours([Self.range(600, 660)]),
            ])
        #expect(
            hours.elapsed(from: moment("2026-11-22T00:00:00Z"), to: moment("2026-11-25T00:00:00Z"))
                == .hours(25))
    }

    /// In Berlin clocks skip 02:00-03:00 on 31 March 2024 and show 02:00-03:00 twice on 27 October 2024.
    @Test("A skipped hour is not worked, and an hour shown twice is worked twice")
    func clockChanges() throws {
        let hours = BusinessHours(
            zone: ZoneTables.berlin2024, week: WeekHours([.sunday: [Self.range(90, 210)]]))
        let spring = (moment("2024-03-31T00:00:00Z"), moment("2024-04-01T00:00:00Z"))
        #expect(hours.elapsed(from: spring.0, to: spring.1) == .minutes(60))
        let autumn = (moment("2024-10-27T00:00:00Z"), moment("2024-10-28T00:00:00Z"))
        #expect(hours.elapsed(from: autumn.0, to: autumn.1) == .minutes(150))
        let half = BusinessHours(
            zone: ZoneTables.berlin2024, week: WeekHours([.sunday: [Self.range(120, 150)]]))
        #expect(
            half.periods(from: autumn.0, count: 2) == [
                autumn.0..<moment("2024-10-27T00:30:00Z"),
                moment("2024-10-27T01:00:00Z")..<moment("2024-10-27T01:30:00Z"),
            ])
        #expect(try half.nextOpen(from: spring.0) == moment("2024-04-07T00:00:00Z"))
        // Found by the property tests: on the day of the change, hours after it, cut off within the first of them.
        let late = BusinessHours(
            zone: ZoneTables.berlin2024, week: WeekHours([.sunday: [Self.range(480, 720)]]))
        let eightThirty = moment("2024-03-31T06:30:00Z")
        #expect(late.elapsed(from: spring.0, to: eightThirty) == .minutes(30))
        #expect(try late.adding(.minutes(30), to: spring.0) == eightThirty)
    }
}

@Suite struct HourRangeTests {
    @Test(
        "Hours are read as people write them",
        arguments: [
            ("08:00-12:00", 480, 720), ("8:00 – 12:00", 480, 720), ("۰۸:۰۰-۱۷:۳۰", 480, 1_050),
            ("00:00-24:00", 0, 1_440),
            ("22:00-06:00", 1_320, 1_800),
        ])
    func ranges(text: String, from: Int, to: Int) throws {
        let range = try HourRange(text)
        #expect([range.from, range.to] == [from, to])
    }

    @Test(
        "What is no range is refused with what to write instead",
        arguments: [
            ("08:00", HourRangeError.Problem.notTwoTimes), ("08:00-12:00-13:00", .notTwoTimes),
            ("", .notTwoTimes),
            ("24:00-25:00", .notATime), ("24:00-06:00", .notATime), ("08:60-12:00", .notATime),
            ("8-12", .notATime),
            ("08:00-24:01", .notATime), ("a:00-12:00", .notATime), ("-1:00", .notATime),
            ("08:00-08:00", .empty),
            ("+8:00-12:00", .notATime), ("0800-1200", .notATime),
        ])
    func refused(text: String, problem: HourRangeError.Problem) {
        #expect(throws: HourRangeError(text: text, problem: problem)) { try HourRange(text) }
    }

    @Test(
        "Holidays are read in both calendars",
        arguments: [
            ("2026-12-25", "2026-12-25"), ("jalali:1405-01-01", "2026-03-21"),
            ("jalali:۱۴۰۵/۱/۱", "2026-03-21"),
        ])
    func holidays(text: String, date: String) throws {
        #expect(try Holiday(text).date?.text == date)
    }

    @Test(
        "What is no holiday is refused",
        arguments: [
            ("jalali:1404-12-30", HolidayError.Problem.jalaliDate), ("2026-02-29", .gregorianDate),
            ("hijri:1448-01-01", .calendar), ("Nowruz", .gregorianDate),
        ])
    func refusedHolidays(text: String, problem: HolidayError.Problem) {
        #expect(throws: HolidayError(text: text, problem: problem)) { try Holiday(text) }
    }

    @Test("An agent's shifts add up")
    func shifts() {
        let early = WeekHours([.monday: [BusinessHoursTests.range(480, 720)]])
        let late = WeekHours([.monday: [BusinessHoursTests.range(700, 900)]])
        let shift = Shift([
            BusinessHours(zone: .utc, week: early.union(late)),
            BusinessHours(
                zone: BusinessHoursTests.tehran.zone,
                week: WeekHours([.friday: [BusinessHoursTests.range(480, 540)]])),
        ])
        #expect(shift.isOnDuty(at: moment("2026-11-23T14:59:00Z")))
        #expect(!shift.isOnDuty(at: moment("2026-11-23T15:00:00Z")))
        let evening = moment("2026-11-23T15:00:00Z")
        #expect(
            shift.nextDuty(from: evening, before: evening + .days(7))
                == moment("2026-11-27T04:30:00Z"))
        #expect(shift.nextDuty(from: evening, before: evening + .days(1)) == nil)
        #expect(!Shift([]).isOnDuty(at: evening))
    }
}
