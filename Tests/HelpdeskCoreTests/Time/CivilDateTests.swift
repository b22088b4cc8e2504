import Foundation
import HelpdeskCore
import Testing

@Suite struct CivilDateTests {
    @Test("Every day of 1 to 9999 follows the one before it")
    func continuity() {
        var date = CivilDate.first
        #expect(date.text == "0001-01-01")
        var broken = 0
        for number in (CivilDate.first.dayNumber + 1)...CivilDate.last.dayNumber {
            let next = CivilDate(dayNumber: number)
            let isNextDay = next.day == date.day + 1 && next.month == date.month
            if !isNextDay && next.day != 1 { broken += 1 }
            if CivilDate(year: next.year, month: next.month, day: next.day) != next { broken += 1 }
            date = next
        }
        #expect(broken == 0)
        #expect(date.text == "9999-12-31")
    }

    @Test(
        "Known days",
        arguments: [
            ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11_016, .tuesday),
            ("2026-11-22", 20_779, .sunday), ("1969-12-31", -1, .wednesday),
            ("0001-01-01", -719_162, .monday),
        ])
    func known(text: String, number: Int, weekday: Weekday) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number)
        #expect(date.weekday == weekday)
        #expect(date.text == text)
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "0000-01-01", "10000-01-01",
            "2023-1", "2023-1-1-1",
            "2023-1/1", "-2023-01-01", "", "2023-01-0x", "99999999999999999999-01-01", "2023--01",
            "2023-01-",
        ])
    func refused(text: String) { #expect(CivilDate(text) == nil) }

    @Test("Dates are read in any digits")
    func digits() {
        #expect(CivilDate("۲۰۲۶/۱۱/۲۲")?.text == "2026-11-22")
        #expect(CivilDate("2026/1/2")?.text == "2026-01-02")
    }

    @Test("Days beyond the calendar are the nearest day in it")
    func clamped() {
        #expect(CivilDate(dayNumber: .max) == .last)
        #expect(CivilDate(dayNumber: .min) == .first)
        #expect(CivilDate.last.adding(days: .max) == .last)
        #expect(CivilDate.first.adding(days: .min) == .first)
    }

    @Test("A date is coded as its text")
    func coding() throws {
        let date = try #require(CivilDate("2026-11-22"))
        let bytes = try JSONEncoder().encode([date])
        #expect(String(decoding: bytes, as: UTF8.self) == #"["2026-11-22"]"#)
        #expect(try JSONDecoder().decode([CivilDate].self, from: bytes) == [date])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data(#"["22.11.2026"]"#.utf8))
        }
    }

    @Test("Weekdays are read as configuration writes them")
    func weekdays() {
        #expect(Weekday.allCases.map(\.word) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
        #expect(Weekday(word: "Sat") == .saturday)
        #expect(Weekday(word: "friday") == .friday)
        #expect(Weekday(word: "fr") == nil)
        #expect(Weekday.sunday.next == .monday)
    }
}
