import HelpdeskCore
import Testing

@Suite("A day off of every year")
struct YearlyHolidayTests {
    @Test("of either calendar is that day of each year that has it")
    func dates() throws {
        let christmas = try Holiday("*-12-25")
        #expect(christmas == .everyGregorianYear(month: 12, day: 25))
        #expect(christmas.dates.count == Holiday.years.count)
        #expect(christmas.dates.contains { $0.text == "2026-12-25" })
        let nowruz = try Holiday("jalali:*-۰۱-۰۱")
        let expected = ["2024-03-20", "2025-03-21", "2026-03-21", "2027-03-21", "2028-03-20"]
        #expect(expected.allSatisfy { day in nowruz.dates.contains { $0.text == day } })
        #expect(try Holiday("*-02-29").dates.allSatisfy { CivilDate.isLeap($0.year) })
        let lastDay = try Holiday("jalali:*-12-30").dates
        #expect(lastDay.contains { JalaliDate($0).text == "1403-12-30" })
        #expect(!lastDay.contains { JalaliDate($0).year == 1404 })
    }

    @Test(
        "that no year has is refused",
        arguments: ["*-02-30", "*-13-01", "jalali:*-07-31", "jalali:*-12-31", "*", "jalali:*"])
    func refused(text: String) {
        #expect(throws: HolidayError.self) { try Holiday(text) }
    }
}
