internal import HelpdeskAPI
internal import HelpdeskCore

/// Writes moments as the agent's wall clock shows them: `2026-11-22 10:14`, or in the Jalali calendar
/// `1405/09/01 10:14`.
struct MomentText {
    enum Calendar: Equatable {
        case gregorian
        case jalali

        /// HAMDEL_CALENDAR, else Jalali for a Persian locale.
        init(environment: [String: String]) {
            switch environment["HAMDEL_CALENDAR"] {
            case "jalali": self = .jalali
            case "gregorian": self = .gregorian
            default:
                let locale =
                    ["LC_ALL", "LC_TIME", "LANG"].lazy
                    .compactMap { environment[$0] }.first { !$0.isEmpty }
                self = locale?.hasPrefix("fa") == true ? .jalali : .gregorian
            }
        }
    }

    var calendar: Calendar
    var offset: @Sendable (Instant) -> Int

    func text(_ moment: Timestamp) -> String {
        let rules = ZoneRules(name: "local", offsetSeconds: offset(moment.instant))
        let local = rules.local(moment.instant)
        switch calendar {
        case .gregorian:
            let clock = JalaliFormat("%H:%M", language: .english).text(of: local)
            return "\(local.date.text) \(clock)"
        case .jalali:
            return JalaliFormat("%Y/%m/%d %H:%M", language: .english).text(of: local)
        }
    }
}
