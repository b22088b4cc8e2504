import HelpdeskAPI
import HelpdeskCore
import RandomKit
import Testing

struct RFC3339Tests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1_773_994_260_123, "2026-03-20T08:11:00.123Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a moment is written in UTC with milliseconds and read back`(
        milliseconds: Int64, text: String
    ) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(RFC3339.text(instant) == text)
        #expect(RFC3339.instant(text) == instant)
    }

    @Test func `moments outside the years 1 to 9999 are written as the nearest within`() {
        #expect(RFC3339.text(.distantPast) == "0001-01-01T00:00:00.000Z")
        #expect(RFC3339.text(.distantFuture) == "9999-12-31T23:59:59.999Z")
    }

    @Test(arguments: [
        ("2026-03-20T08:11:00Z", "2026-03-20T08:11:00.000Z"),
        ("2026-03-20t08:11:00.5z", "2026-03-20T08:11:00.500Z"),
        ("2026-03-20 08:11:00.1239999999Z", "2026-03-20T08:11:00.123Z"),
        ("2026-03-20T11:41:00+03:30", "2026-03-20T08:11:00.000Z"),
        ("2026-03-20T00:00:00-00:00", "2026-03-20T00:00:00.000Z"),
        ("2026-01-01T00:30:00+03:30", "2025-12-31T21:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z"),
    ])
    func `every form of RFC 3339 is read`(text: String, expected: String) {
        #expect(RFC3339.instant(text).map(RFC3339.text) == expected)
    }

    @Test(arguments: [
        "", "2026-03-20", "2026-03-20T08:11:00", "2026-03-20T08:11Z", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-03-20T24:00:00Z", "2026-03-20T08:60:00Z",
        "2026-03-20T08:11:61Z", "2026-03-20T08:11:00.Z", "2026-03-20T08:11:00+3:30",
        "2026-03-20T08:11:00+24:00", "0000-01-01T00:00:00Z", "2026-03-20T08:11:00Z ",
        "۲۰۲۶-03-20T08:11:00Z", "+2026-03-20T08:11:00Z", "2026-03-20T08:11:00.123Z\u{0}",
    ])
    func `anything else is refused`(text: String) {
        #expect(RFC3339.instant(text) == nil)
    }

    @Test func `every millisecond written is read as itself`() {
        let seed = SeededRandom.freshSeed()
        var generator = SeededRandom(seed: seed)
        for _ in 0..<5_000 {
            let milliseconds = Int64.random(
                in: -62_135_596_800_000...253_402_300_799_999, using: &generator)
            let instant = Instant(milliseconds: milliseconds)
            #expect(
                RFC3339.instant(RFC3339.text(instant)) == instant, "seed \(seed)")
        }
    }
}
