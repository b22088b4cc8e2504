import HelpdeskCore
import Testing

@Suite("Moments as people type them")
struct WhenTextTests {
    /// Sunday 2026-11-22 10:00 in Tehran.
    private static let when = WhenText(
        now: Instant(milliseconds: 1_795_329_000_000),
        zone: ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600))

    private static func minutes(_ text: String) -> Int64? {
        when.moment(text).map {
            ($0.milliseconds - 1_795_329_000_000) / 60_000
        }
    }

    /// Minutes from now on.
    @Test(arguments: [
        ("tomorrow 9", 23 * 60), ("فردا ۹", 23 * 60), ("فردا", 23 * 60), ("فردا ساعت ۹", 23 * 60),
        ("tomorrow at 9pm", 35 * 60), ("امروز ۱۸", 8 * 60), ("پس‌فردا", 47 * 60),
        ("پس فردا ۱۰", 48 * 60), ("دوشنبه", 23 * 60), ("سه‌شنبه ۱۰:۳۰", 48 * 60 + 30),
        ("۲ ساعت", 120), ("in 2 hours", 120), ("۳۰ دقیقه", 30), ("1 week", 7 * 24 * 60),
        ("ساعت ۱۱", 60), ("9pm", 11 * 60), ("at 11", 60), ("1405/09/02", 23 * 60),
        ("۱۴۰۵/۰۹/۰۳ ۱۰", 48 * 60), ("2026-11-24 10am", 48 * 60), ("mon 12am", 14 * 60),
        ("يکشنبه", 167 * 60),
    ])
    func `in both languages, calendars and sets of digits`(text: String, expected: Int64) {
        #expect(Self.minutes(text) == expected)
    }

    @Test(arguments: [
        "", "9", "tomorrow 24", "tomorrow 13pm", "0h", "10001h", "فردا ۹ ۱۰", "2 years", "ساعت",
        "at", "-2h", "2h 3h", "tomorrow 9:5", "1405/13/01", "99999999999999999999h",
        "tomorrow 123",
    ])
    func `anything else is refused`(text: String) {
        #expect(Self.minutes(text) == nil)
    }

    @Test func `a text nobody types is not looked at`() {
        #expect(Self.minutes(String(repeating: " ", count: 100) + "2h") == nil)
    }
}
