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
    private static let typed: [(text: String, expected: Int64)] = [
        ("tomorrow 9", 1380), ("فردا ۹", 1380), ("فردا", 1380), ("فردا ساعت ۹", 1380),
        ("tomorrow at 9pm", 2100), ("امروز ۱۸", 480), ("پس‌فردا", 2820),
        ("پس فردا ۱۰", 2880), ("دوشنبه", 1380), ("سه‌شنبه ۱۰:۳۰", 2910),
        ("۲ ساعت", 120), ("in 2 hours", 120), ("۳۰ دقیقه", 30), ("1 week", 10080),
        ("ساعت ۱۱", 60), ("9pm", 660), ("at 11", 60), ("1405/09/02", 1380),
        ("۱۴۰۵/۰۹/۰۳ ۱۰", 2880), ("2026-11-24 10am", 2880), ("mon 12am", 840),
        ("يکشنبه", 10020),
    ]

    @Test(arguments: typed)
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
