import HelpdeskCore
import Testing

@testable import PhoneLogChannel

@Suite("Times and durations of logs")
struct LogTimeTests {
    private static let tehran = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)

    @Test(
        "times are read in the zone unless they say otherwise",
        arguments: [
            ("2026-11-21 09:00:00", 1_795_239_000_000), ("2026-11-21T09:00:00", 1_795_239_000_000),
            ("2026/11/21 09:00", 1_795_239_000_000), ("2026-11-21 9:00", 1_795_239_000_000),
            ("2026-11-21 09:00:00.250", 1_795_239_000_250),
            ("2026-11-21T05:30:00Z", 1_795_239_000_000),
            ("2026-11-21T06:30:00+01:00", 1_795_239_000_000),
            ("2026-11-21 06:30:00 +0100", 1_795_239_000_000),
            ("2026-11-21", 1_795_206_600_000), ("1405/08/30 09:00:00", 1_795_239_000_000),
            ("۱۴۰۵/۰۸/۳۰ ۰۹:۰۰", 1_795_239_000_000), ("1795239000", 1_795_239_000_000),
            ("1795239000000", 1_795_239_000_000), ("2026-11-21 9:00:00 AM", 1_795_239_000_000),
            ("2026-11-21 12:00 am", 1_795_206_600_000), (" 2026-11-21 09:00 ", 1_795_239_000_000),
        ])
    func times(_ text: String, _ milliseconds: Int64) {
        let time = LogTime(zone: Self.tehran, order: .yearFirst)
        #expect(time.instant(text) == Instant(milliseconds: milliseconds))
    }

    @Test(
        "what is no time is none",
        arguments: [
            "", "yesterday", "2026-13-01 00:00", "2026-02-30 00:00", "2026-11-21 25:00",
            "2026-11-21 09:60",
            "2026-11-21 09", "2026-11-21 09:00 later", "0000-00-00 00:00:00", "2026-11-21x09:00",
            "99999999999999999999", "1405/12/31 00:00", "2026-11/21 09:00", "-1",
            "2026-11-21T09:00+99:00",
            "13:00 PM", "2026-11-21 13:00 PM",
        ])
    func noTimes(_ text: String) {
        #expect(LogTime(zone: Self.tehran, order: .yearFirst).instant(text) == nil)
    }

    @Test("day or month first where the inbox says so")
    func orders() {
        let day = LogTime(zone: .utc, order: .dayFirst)
        let month = LogTime(zone: .utc, order: .monthFirst)
        #expect(day.instant("3/4/2026 00:00") == Instant(milliseconds: 1_775_174_400_000))
        #expect(day.instant("03.04.26 00:00") == Instant(milliseconds: 1_775_174_400_000))
        #expect(month.instant("4/3/2026 12:00:00 AM") == Instant(milliseconds: 1_775_174_400_000))
    }

    @Test(
        "durations",
        arguments: [
            ("82", 82), ("82.9", 82), ("1:22", 82), ("00:01:22", 82), ("PT1M22S", 82),
            ("PT1H", 3600),
            ("۸۲", 82), ("0", 0), ("604800", 604_800),
        ])
    func durations(_ text: String, _ seconds: Int64) {
        #expect(LogDuration.seconds(text) == seconds)
    }

    @Test(
        "what is no duration is none",
        arguments: [
            "", "-1", "1:60", "1:2:3:4", "PT", "PT1S1M", "604801", "99999999999999999999", "12x",
            "PT9999999H",
            "999999999999999:59:59",
        ])
    func noDurations(_ text: String) {
        #expect(LogDuration.seconds(text) == nil)
    }
}
