internal import Foundation
internal import HelpdeskCore
internal import Synchronization

/// Named time zones as tables of transitions, made once per zone from Foundation: the core knows no named zone (DESIGN §6).
enum ZoneTable {
    /// What business hours, phone logs and promises are ever asked about.
    private static let first = Date(timeIntervalSince1970: 0)
    private static let last = Date(timeIntervalSince1970: 4_102_444_800)  // 2100-01-01

    static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

    /// At most as many as tzdata has names.
    private static let known = Mutex<[String: ZoneRules]>([:])

    /// `rules`, made once for each name.
    @Sendable static func remembered(_ name: String) -> ZoneRules? {
        known.withLock { known in
            if let rules = known[name] { return rules }
            let made = rules(name)
            if let made { known[name] = made }
            return made
        }
    }

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
}
