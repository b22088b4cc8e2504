import Foundation
import HelpdeskCore
import RandomKit
import Testing

struct HolidayCalendarTests {
    private static func calendar(_ events: String...) -> HolidayCalendar {
        let text =
            "BEGIN:VCALENDAR\r\n"
            + events.map { "BEGIN:VEVENT\r\n\($0)\r\nEND:VEVENT\r\n" }.joined()
            + "END:VCALENDAR\r\n"
        return HolidayCalendar(iCalendar: Array(text.utf8))
    }

    private static func range(_ from: String, _ to: String) throws -> Range<CivilDate> {
        try #require(CivilDate(from))..<(try #require(CivilDate(to)))
    }

    private func days(
        _ calendar: HolidayCalendar, _ from: String = "2026-01-01", _ to: String = "2028-01-01"
    ) throws -> [String] {
        try calendar.days(in: Self.range(from, to)).keys.map(\.text).sorted()
    }

    @Test(
        "Rules as calendars of holidays have them",
        arguments: [
            ("RRULE:FREQ=YEARLY", "20121225", ["2026-12-25", "2027-12-25"]),
            // The fourth Thursday of November.
            ("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "20101125", ["2026-11-26", "2027-11-25"]),
            // The last Monday of May.
            ("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "20100531", ["2026-05-25", "2027-05-31"]),
            ("RRULE:FREQ=YEARLY;INTERVAL=2", "20240301", ["2026-03-01"]),
            ("RRULE:FREQ=YEARLY;UNTIL=20261231", "20200501", ["2026-05-01"]),
            ("RRULE:FREQ=MONTHLY;COUNT=3", "20261031", ["2026-10-31", "2026-12-31", "2027-01-31"]),
            ("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "20270131", ["2027-01-31", "2027-02-28"]),
            ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", "20271215", ["2027-12-15", "2027-12-29"]),
            (
                "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", "20260105",
                ["2026-01-05", "2026-01-06", "2026-01-08"]
            ),
            ("RRULE:FREQ=DAILY;COUNT=2", "20261231", ["2026-12-31", "2027-01-01"]),
            ("RRULE:FREQ=YEARLY", "20240229", []),
            (
                "EXDATE;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=1", "20200101",
                ["2027-01-01"]
            ),
            ("RDATE;VALUE=DATE:20260707,20270707", "20250707", ["2026-07-07", "2027-07-07"]),
            ("DTEND;VALUE=DATE:20260103", "20251231", ["2026-01-01", "2026-01-02"]),
        ])
    func rules(rule: String, start: String, expected: [String]) throws {
        let calendar = Self.calendar("DTSTART;VALUE=DATE:\(start)\r\nSUMMARY:Feast\r\n\(rule)")
        #expect(try days(calendar) == expected)
        #expect(calendar.problems.isEmpty)
    }

    @Test("Folded lines, escapes and quoted parameters are read; meetings with a time are left out")
    func lines() throws {
        let calendar = Self.calendar(
            "DTSTART;X-NOTE=\"a;b:c\";VALUE=DATE:20260321\r\nSUMMARY:Nowruz\\, the fi\r\n rst day",
            "DTSTART;TZID=Europe/Berlin:20260322T090000\r\nSUMMARY:Meeting",
            "DTSTART:20260401\r\nSUMMARY:Day of nature")
        #expect(
            try calendar.days(in: Self.range("2026-01-01", "2027-01-01")) == [
                try #require(CivilDate("2026-03-21")): "Nowruz, the first day",
                try #require(CivilDate("2026-04-01")): "Day of nature",
            ])
    }

    @Test("A rule that is not understood is said, not guessed")
    func unknownRule() throws {
        let calendar = Self.calendar(
            "DTSTART;VALUE=DATE:20200101\r\nSUMMARY:Odd\r\nRRULE:FREQ=YEARLY;BYSETPOS=1")
        #expect(try days(calendar).isEmpty)
        #expect(
            calendar.problems.map(\.detail) == [
                "“Odd” comes again by a rule that is not understood: BYSETPOS=1"
            ])
        #expect(calendar.problems.map(\.line) == [5])
    }

    @Test("What is no calendar has no holidays and ends nothing")
    func garbage() throws {
        var random = SeededRandom(seed: testSeed("HolidayCalendar"))
        let sample = Array(
            "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYDAY=-1MO;COUNT=9\nEND:VEVENT\n"
                .utf8)
        for _ in 0..<2_000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let found = try days(HolidayCalendar(iCalendar: bytes), "2025-01-01", "2029-01-01")
            #expect(found.count <= 1_461)
        }
    }

    @Test(
        "Days off of a peer's calendars",
        .enabled(if: Corpus.isPresent("sla-zammad"), "the sla corpora are not there"))
    func peers() throws {
        var compared = 0
        for one in try Corpus.cases(of: "sla-zammad", kinds: ["ical-holidays"]) {
            let name = try #require(one.extras["input"] as? String)
            let bytes = try Data(
                contentsOf: Corpus.folder.appendingPathComponent("sla-zammad/\(name)"))
            let now = ZoneRules.utc.local(moment(one.expect["now"] as? String ?? "")).date
            // The peer looks a year back and three years ahead.
            let calendar = HolidayCalendar(iCalendar: Array(bytes))
            let found = calendar.days(in: now.adding(days: -366)..<now.adding(days: 3 * 365))
            let wanted = try #require(one.expect["holidays"] as? [String: String])
            #expect(
                Dictionary(uniqueKeysWithValues: found.map { ($0.key.text, $0.value) }) == wanted,
                "\(one.id)")
            compared += 1
        }
        print("sla-zammad calendars: \(compared) agree")
        #expect(compared == 2)
    }
}
