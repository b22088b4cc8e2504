public import HelpdeskCore

extension DisplaySettings {
    /// `10:42`.
    public func clock(_ instant: Instant) -> String {
        digits(local(instant).clockText(in: .english))
    }

    /// The time of day for today, else date and time: `2026-11-21 10:42`, `1405/08/30 10:42`.
    public func moment(_ instant: Instant, now: Instant) -> String {
        let there = local(instant)
        if there.date == local(now).date { return clock(instant) }
        return day(there) + " " + clock(instant)
    }

    /// `2026-11-21`, `1405/08/30`.
    public func day(_ instant: Instant) -> String { day(local(instant)) }

    private func day(_ local: LocalTime) -> String {
        switch calendar {
        case .gregorian: digits(local.date.text)
        case .jalali: digits(JalaliFormat("%Y/%m/%d", language: .english).text(of: local))
        }
    }

    /// A day as a heading: `Sunday 22 November 2026`, `Sunday 1 Azar 1405`.
    public func longDay(_ instant: Instant) -> String {
        let local = local(instant)
        switch (calendar, digits) {
        case (.gregorian, _): return digits(local.dayText(in: .english))
        case (.jalali, .persian): return local.dayText(in: .persian)
        case (.jalali, .latin):
            return JalaliFormat("%A %-d %B %Y", language: .english).text(of: local)
        }
    }

    /// How long ago, in at most four cells: `now`, `5m`, `3h`, `12d`, `40w`, `9y`.
    public func age(of instant: Instant, now: Instant) -> String {
        let minutes = max(now.since(instant).milliseconds, 0) / 60_000
        return digits(DisplaySettings.span(minutes: minutes))
    }

    private static func span(minutes: Int64) -> String {
        switch minutes {
        case ..<1: "now"
        case ..<60: "\(minutes)m"
        case ..<1_440: "\(minutes / 60)h"
        case ..<(1_440 * 14): "\(minutes / 1_440)d"
        case ..<(1_440 * 365): "\(minutes / 1_440 / 7)w"
        default: "\(min(minutes / 1_440 / 365, 999))y"
        }
    }
}
