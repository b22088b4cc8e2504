import HelpdeskConfiguration
import HelpdeskCore
import Testing

@Suite struct ValueTests {
    static let durations: [(text: String, span: TimeSpan?)] = [
        ("1h", .hours(1)), ("7d", .days(7)), ("30m", .minutes(30)), ("10s", .seconds(10)),
        ("2 min", .minutes(2)), ("90 sec", .seconds(90)), ("1h30m", .minutes(90)),
        ("1h 30m", .minutes(90)), ("1w", .days(7)), ("2W", .days(14)), ("0s", .zero),
        ("1d1h1m1s", .seconds(90_061)), ("۲h", .hours(2)), ("٣d", .days(3)), ("090m", .minutes(90)),
        ("", nil), ("1", nil), ("h", nil), ("1x", nil), ("30m1h", nil), ("1h1h", nil),
        ("1h ", .hours(1)),
        (" 1h", nil), ("-1h", nil), ("1.5h", nil), ("1h,", nil), ("91d", nil), ("9999999999s", nil),
        ("999999999w", nil), ("1h\u{0}", nil), ("1ｈ", nil), ("1hh", nil),
    ]

    @Test(arguments: durations)
    func durationsAreReadByTheirGrammar(_ example: (text: String, span: TimeSpan?)) throws {
        let text = smallest + "[survey]\ndelay = \(quoted(example.text))\n"
        let result = try? load(text).get().configuration.survey.delay
        #expect(result == example.span)
    }

    static let sizes: [(text: String, bytes: Int?)] = [
        ("25MiB", 26_214_400), ("1 GiB", 1_073_741_824), ("100kB", 100_000), ("64KiB", 65_536),
        ("2mb", 2_000_000), ("70000B", 70_000), ("70000 b", 70_000), ("۲۵MiB", 26_214_400),
        ("25", nil), ("25M", nil), ("1B", nil), ("2GiB", nil), ("999999999GiB", nil), ("MiB", nil),
        ("", nil), ("1MiB1", nil),
    ]

    @Test(arguments: sizes)
    func sizesAreReadByTheirGrammar(_ example: (text: String, bytes: Int?)) {
        let text = smallest + "[limits]\nmessage_size = \(quoted(example.text))\n"
        #expect((try? load(text).get().configuration.limits.messageSize) == example.bytes)
    }

    static let numbers: [(key: String, value: String, complaint: String)] = [
        ("survey.low_score", "0", "a whole number from 1 to 5, got 0"),
        ("survey.low_score", "6", "a whole number from 1 to 5, got 6"),
        ("survey.low_score", "2.0", "a whole number from 1 to 5, got 2.0"),
        ("survey.low_score", "\"2\"", "a whole number from 1 to 5, got \"2\""),
        (
            "survey.low_score", "9223372036854775807",
            "a whole number from 1 to 5, got 9223372036854775807"
        ),
        (
            "survey.enabled", "\"yes\"",
            "true or false, got \"yes\"; write true or false without quotes"
        ),
        ("survey.enabled", "1", "true or false, got 1"),
        (
            "survey.delay", "3600",
            "a duration such as \"1h\", from 0s to 90d, got 3600; give the unit: \"3600s\", \"3600m\", \"3600h\""
        ),
        (
            "limits.message_size", "25",
            "a size such as \"25MiB\", from 64KiB to 1GiB, got 25; give the unit: \"25B\" or \"25MiB\""
        ),
        (
            "lmtp.mode", "0o660",
            "permissions in octal such as \"0660\", got 432; put it in quotes: \"0660\""
        ),
        ("lmtp.mode", "\"0668\"", "permissions in octal such as \"0660\", got \"0668\""),
        ("lmtp.mode", "\"7660\"", "permissions in octal such as \"0660\", got \"7660\""),
        ("lmtp.mode", "\"+660\"", "permissions in octal such as \"0660\", got \"+660\""),
        (
            "lmtp.listen", "\"0.0.0.0:24\"",
            "an address of this machine and a port such as \"127.0.0.1:2424\", got \"0.0.0.0:24\"; LMTP asks for no password, so it listens on loopback only"
        ),
        (
            "routing.weights", "{ mail = 101 }",
            "a whole number from 0 to 100, got 101"
        ),
        (
            "survey.delay", "1979-05-27",
            "a duration such as \"1h\", from 0s to 90d, got 1979-05-27"
        ),
        (
            "survey.delay", "1979-05-27T07:32:00Z",
            "a duration such as \"1h\", from 0s to 90d, got a date with a time"
        ),
        ("survey.delay", "[]", "a duration such as \"1h\", from 0s to 90d, got a list"),
        ("survey.delay", "{}", "a duration such as \"1h\", from 0s to 90d, got a table"),
    ]

    @Test(arguments: numbers)
    func whatIsOutOfRangeOrOfAnotherTypeIsSaid(
        _ example: (key: String, value: String, complaint: String)
    ) {
        let parts = example.key.split(separator: ".")
        let text = smallest + "[\(parts[0])]\n\(parts[1]) = \(example.value)\n"
        let messages = complaints(text).map { $0.split(separator: ": expected ", maxSplits: 1)[1] }
        #expect(messages.map(String.init) == [example.complaint])
    }

    static let days: [(text: String, date: String?)] = [
        ("2026-03-21", "2026-03-21"), ("jalali:1405-01-01", "2026-03-21"),
        ("jalali:1403-12-30", "2025-03-20"), ("jalali:1404-12-30", nil),
        ("2024-02-29", "2024-02-29"),
        ("2026-02-29", nil), ("1405-01-01", nil), ("jalali:2026-03-21", nil), ("2026-13-01", nil),
        ("jalali:1405-00-10", nil), ("hijri:1447-01-01", nil), ("jalali:۱۴۰۵-۰۱-۰۱", "2026-03-21"),
        ("", nil), ("9999-01-01", nil), ("tomorrow", nil),
    ]

    @Test(arguments: days)
    func holidaysAreDaysOfEitherCalendar(_ example: (text: String, date: String?)) {
        let result = try? load(hours(holidays: quoted(example.text))).get().configuration
        #expect(result?.businessHours.first?.holidays.first?.date?.text == example.date)
    }

    @Test func aDayOfTheWrongCalendarIsSaid() {
        #expect(
            complaints(hours(holidays: "\"1405-01-01\"")) == [
                "hamdel.toml:16:13: business_hours.holidays: expected a day such as \"2026-03-21\" or \"jalali:1405-01-01\", or with * for every year, \"jalali:*-01-01\", got \"1405-01-01\"; a day of the Iranian calendar is written \"jalali:1405-01-01\""
            ])
    }

    static let weeks: [(text: String, complaints: [String])] = [
        ("{ sat = [\"08:00-12:00\"] }", []),
        ("{ sat = [\"00:00-24:00\"], sun = [] }", []),
        ("{ sat = [\"22:00-06:00\"] }", []),
        (
            "{}",
            ["hamdel.toml:15:8: week: expected hours on one day at least, got a week without any"]
        ),
        (
            "{ sat = \"08:00-12:00\" }",
            [
                "hamdel.toml:15:16: week.sat: expected a list of at most 12 hours such as \"08:00-12:00\", got \"08:00-12:00\"; put it in brackets: [\"08:00-12:00\"]"
            ]
        ),
        (
            "{ sat = [\"08:00-25:00\", \"8\"] }",
            [
                "hamdel.toml:15:17: week.sat: expected hours such as \"08:00-12:00\", got \"08:00-25:00\"; times go from 00:00 to 24:00",
                "hamdel.toml:15:32: week.sat: expected hours such as \"08:00-12:00\", got \"8\"; write two times with a hyphen between them",
            ]
        ),
        (
            "{ sat = [\"08:00-12:00\", \"11:00-13:00\"] }",
            [
                "hamdel.toml:15:16: week.sat: expected hours that do not overlap, got 08:00-12:00 and 11:00-13:00"
            ]
        ),
        (
            "{ satt = [\"08:00-12:00\"] }",
            [
                "hamdel.toml:15:8: week: expected hours on one day at least, got a week without any",
                "hamdel.toml:15:10: week.satt: expected a key of week = { … }, got \"satt\"; did you mean \"sat\"?",
            ]
        ),
    ]

    @Test(arguments: weeks)
    func weeksAreChecked(_ example: (text: String, complaints: [String])) {
        #expect(complaints(hours(week: example.text)) == example.complaints)
    }

    @Test func anUnknownTimeZoneIsSaid() {
        #expect(
            complaints(hours(timezone: "Tehran")) == [
                "hamdel.toml:14:12: business_hours.timezone: expected a time zone such as \"Asia/Tehran\", got \"Tehran\""
            ])
    }

    private func hours(
        timezone: String = "Asia/Tehran", week: String = "{ sat = [\"08:00-12:00\"] }",
        holidays: String = ""
    ) -> String {
        smallest
            + "[[business_hours]]\nname = \"x\"\ntimezone = \"\(timezone)\"\nweek = \(week)\nholidays = [\(holidays)]\n"
    }
}

/// As a TOML string.
func quoted(_ text: String) -> String {
    "\"" + text.replacing("\u{0}", with: "\\u0000") + "\""
}
