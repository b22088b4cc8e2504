/// A day of the week. Which one begins the week is a matter of the reader's language, not of this type.
public enum Weekday: Int, Sendable, Codable, CaseIterable, Hashable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Reads `mon`, `Monday`, …, as configuration writes them.
    public init?(word: String) {
        let lower = TextFold.folded(word)
        guard let found = Self.allCases.first(where: { lower == $0.word || lower == $0.name })
        else { return nil }
        self = found
    }

    /// `mon` … `sun`.
    public var word: String { String(name.prefix(3)) }

    /// `monday` … `sunday`.
    public var name: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }

    public var next: Weekday { Weekday(rawValue: (rawValue + 1) % 7) ?? .monday }
}
