internal import Foundation
internal import HelpdeskCore
internal import Synchronization

/// Named time zones as tables of transitions, made once per zone from Foundation: the core knows no named zone (DESIGN §6).
enum ZoneTable {
    /// What business hours, phone logs and promises are ever asked about.
    private static let first = Date(timeIntervalSince1970: 0)
    private static let last = Date(timeIntervalSince1970: 4_102_444_800)  // 2100-01-01

    static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

    /// Nil for a name that tzdata does not have.
    static func rules(_ name: String) -> ZoneRules? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        var transitions: [ZoneRules.Transition] = []
        var moment = first
        while transitions.count < ZoneRules.transitionLimit,
            let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment,
            next < last
        {
            transitions.append(
                ZoneRules.Transition(
                    at: Instant(milliseconds: Int64(next.timeIntervalSince1970) * 1000),
                    offsetSeconds: zone.secondsFromGMT(for: next)))
            moment = next
        }
        return ZoneRules(
            name: name, initialOffsetSeconds: zone.secondsFromGMT(for: first),
            transitions: transitions)
    }

    /// The same, made once: for names that come with customers. Remembers 500 of them, more than there are zones.
    static func remembered(_ name: String) -> ZoneRules? {
        known.withLock { known in
            if let rules = known[name] { return rules }
            let rules = Self.rules(name)
            if known.count < 500 { known[name] = .some(rules) }
            return rules
        }
    }

    private static let known = Mutex<[String: ZoneRules?]>([:])
}
