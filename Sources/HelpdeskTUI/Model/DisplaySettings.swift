public import HelpdeskCore

/// How numbers and times are written for this agent.
public struct DisplaySettings: Sendable {
    public enum Digits: Hashable, Sendable { case latin, persian }
    public enum Calendar: Hashable, Sendable { case gregorian, jalali }

    public var digits: Digits
    public var calendar: Calendar
    /// What the agent's wall clock shows at a moment: the zone is the shell's business.
    public var local: @Sendable (Instant) -> LocalTime

    public init(
        digits: Digits = .latin, calendar: Calendar = .gregorian,
        local: @escaping @Sendable (Instant) -> LocalTime = { ZoneRules.utc.local($0) }
    ) {
        self.digits = digits
        self.calendar = calendar
        self.local = local
    }

    /// HAMDEL_DIGITS and HAMDEL_CALENDAR, else by the locale: Persian ones for a Persian locale.
    public init(
        environment: [String: String], local: @escaping @Sendable (Instant) -> LocalTime
    ) {
        let locale =
            ["LC_ALL", "LC_TIME", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let isPersian = locale?.hasPrefix("fa") == true
        let digits: Digits =
            switch environment["HAMDEL_DIGITS"] {
            case "persian": .persian
            case "latin": .latin
            default: isPersian ? .persian : .latin
            }
        let calendar: Calendar =
            switch environment["HAMDEL_CALENDAR"] {
            case "jalali": .jalali
            case "gregorian": .gregorian
            default: isPersian ? .jalali : .gregorian
            }
        self.init(digits: digits, calendar: calendar, local: local)
    }

    /// Our own words with the digits of the setting; ids and addresses are not passed through here.
    public func digits(_ text: String) -> String {
        switch digits {
        case .latin: text
        case .persian: PersianDigits.persian(text)
        }
    }

    /// A sentence of ours that may hold names and ids: its numbers have the digits of the setting.
    public func sentence(_ text: String) -> String {
        switch digits {
        case .latin: text
        case .persian: PersianDigits.sentence(text)
        }
    }

    public func number(_ number: Int) -> String { digits(String(number)) }

    /// `#1042`.
    public func ticket(_ number: TicketNumber) -> String { digits("#\(number.rawValue)") }
}
