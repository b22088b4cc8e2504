import Foundation
import HelpdeskCore

/// Zone tables for tests, taken from Foundation as the daemon's shell does.
enum ZoneTables {
    static func named(_ name: String, from first: Int = 1970, to last: Int = 2040) -> ZoneRules? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        var moment = Date(timeIntervalSince1970: Double(first - 1970) * 31_556_952)
        let end = Date(timeIntervalSince1970: Double(last - 1970) * 31_556_952)
        let initial = zone.secondsFromGMT(for: moment)
        var transitions: [ZoneRules.Transition] = []
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end,
            next > moment
        {
            transitions.append(
                .init(
                    at: Instant(milliseconds: Int64(next.timeIntervalSince1970 * 1_000)),
                    offsetSeconds: zone.secondsFromGMT(for: next)))
            moment = next
        }
        return ZoneRules(name: name, initialOffsetSeconds: initial, transitions: transitions)
    }

    /// One hour ahead of UTC, two in the summer of 2024: clocks are put forward on 31 March at 02:00 local and back
    /// on 27 October at 03:00 local.
    static let berlin2024 = ZoneRules(
        name: "Europe/Berlin", initialOffsetSeconds: 3_600,
        transitions: [
            .init(at: moment("2024-03-31T01:00:00Z"), offsetSeconds: 7_200),
            .init(at: moment("2024-10-27T01:00:00Z"), offsetSeconds: 3_600),
        ])
}

/// A moment by RFC 3339 with or without fractions; anything else is a mistake in the test.
func moment(_ text: String) -> Instant {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions =
        text.contains(".")
        ? [.withInternetDateTime, .withFractionalSeconds] : [.withInternetDateTime]
    guard let date = formatter.date(from: text) else { preconditionFailure("not a time: \(text)") }
    return Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
}
