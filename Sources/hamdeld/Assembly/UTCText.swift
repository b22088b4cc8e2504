internal import HelpdeskCore

/// A moment for ops to read, to the second: `2026-11-29T20:57:03Z`.
enum UTCText {
    static func of(_ instant: Instant) -> String {
        let local = ZoneRules.utc.local(instant)
        let date = [local.date.year, local.date.month, local.date.day].map(padded)
        let time = [local.hour, local.minute, local.second].map(padded)
        return date.joined(separator: "-") + "T" + time.joined(separator: ":") + "Z"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
