import Foundation
import HelpdeskCore
import Testing

@Suite struct JalaliDateTests {
    @Test("Every day from -61 to 3177 has a name of its own, in order, and comes back")
    func roundTrip() throws {
        let first = try #require(JalaliDate(year: -61, month: 1, day: 1)).civil.dayNumber
        let last = try #require(JalaliDate(year: 3177, month: 12, day: 29)).civil.dayNumber
        var before = JalaliDate(CivilDate(dayNumber: first))
        var wrong = 0
        for number in (first + 1)...last {
            let date = JalaliDate(CivilDate(dayNumber: number))
            if date.civil.dayNumber != number || date <= before { wrong += 1 }
            if JalaliDate(year: date.year, month: date.month, day: date.day) != date { wrong += 1 }
            before = date
        }
        #expect(wrong == 0)
    }

    /// From 1503 on Foundation's ICU still counts without the corrections that ICU 74 brought.
    @Test("The calendar is that of ICU, 1178 to 1502")
    func agreesWithICU() throws {
        var calendar = Calendar(identifier: .persian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(JalaliDate(year: 1178, month: 1, day: 1)).civil.dayNumber
        let last = try #require(JalaliDate(year: 1503, month: 1, day: 1)).civil.dayNumber
        var wrong: [String] = []
        for number in stride(from: first, to: last, by: 1) {
            let day = Date(timeIntervalSince1970: Double(number) * 86_400 + 43_200)
            let parts = calendar.dateComponents([.year, .month, .day], from: day)
            let date = JalaliDate(CivilDate(dayNumber: number))
            if (parts.year, parts.month, parts.day) != (date.year, date.month, date.day) {
                wrong.append(date.text)
            }
        }
        #expect(wrong == [])
    }

    @Test(
        "Dates are read in any digits, and what is no day is refused",
        arguments: [
            ("1405/01/15", "1405-01-15"), ("۱۴۰۵/۱/۱۵", "1405-01-15"), ("١٤٠٣-١٢-٣٠", "1403-12-30"),
            ("\u{200F}۱۴۰۵/۰۱/۱۵", "1405-01-15"), ("1404/12/30", nil), ("1405/13/1", nil),
            ("1405/7/31", nil),
            ("1405/0/1", nil), ("1405/1/0", nil), ("3178/1/1", nil), ("-62/1/1", nil),
            ("1405/1-15", nil),
            ("1405", nil), ("", nil),
        ] as [(String, String?)])
    func parsing(text: String, expected: String?) {
        #expect(JalaliDate(text)?.text == expected)
    }

    @Test("Days beyond the calendar are the nearest day in it")
    func clamped() {
        #expect(JalaliDate(.first).text == "-0061-01-01")
        #expect(JalaliDate(.last).text == "3177-12-30")
    }

    @Test("A date is written for people")
    func formats() throws {
        let local = LocalTime(try #require(JalaliDate("1405/01/05")).civil, hour: 9, minute: 5)
        #expect(JalaliFormat.long(in: .persian).text(of: local) == "۵ فروردین ۱۴۰۵")
        #expect(JalaliFormat.long(in: .english).text(of: local) == "5 Farvardin 1405")
        #expect(JalaliFormat.numeric(in: .persian).text(of: local) == "۱۴۰۵/۰۱/۰۵")
        #expect(JalaliFormat("%", language: .english).text(of: local) == "%")
        #expect(JalaliFormat("%-", language: .english).text(of: local) == "%-")
        #expect(JalaliFormat("%Q %-Q", language: .english).text(of: local) == "%Q %-Q")
        #expect(local.dayText(in: .persian) == "چهارشنبه ۵ فروردین ۱۴۰۵")
        #expect(local.dayText(in: .english) == "Wednesday 25 March 2026")
        #expect(local.clockText(in: .persian) == "۰۹:۰۵")
        #expect(local.clockText(in: .english) == "09:05")
    }
}
