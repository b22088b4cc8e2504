public import HelpdeskCore

/// `[[team]]`: who works on tickets together.
public struct TeamConfiguration: Equatable, Sendable {
    public enum Openness: Equatable, Sendable {
        case open
        /// Invisible to everybody outside it, in lists, search, counts, timelines and the stream.
        case `private`
    }

    public let name: String
    /// The name of a `[[business_hours]]`; nil: always on duty.
    public let businessHours: String?
    /// The team that takes over; never in a circle.
    public let overflow: String?
    public let openness: Openness
    /// What its customers write, where a message does not tell; nil: whatever.
    public let language: LanguageCode?
}

enum TeamKeys {
    static let name = RequiredKey<String>(
        "name", .name("a team", example: "support"),
        "What the team is called everywhere; tickets refer to it, so renaming makes another team.",
        example: "\"support\"")
    static let businessHours = OptionalKey<String>(
        "business_hours", .reference("a [[business_hours]]", example: "tehran"),
        absent: "round the clock",
        "When the team works: deadlines and promises count only these hours.",
        example: "\"tehran\"")
    static let overflow = OptionalKey<String>(
        "overflow", .reference("another [[team]]", example: "second-line"), absent: "tickets wait",
        "The team that gets what nobody here can take.", example: "\"second-line\"")
    static let isPrivate = DefaultedKey<Bool>(
        "private", .flag, default: false, written: "false",
        "Hides the team's tickets from everybody else, in lists, search, counts and timelines.",
        example: "true")
    static let language = OptionalKey<LanguageCode>(
        "language", .language, absent: "anybody may take such a ticket",
        "What its customers write where a message does not tell: only agents who speak it get those tickets.",
        example: "\"fa\"")
    static let section = SectionDescription(
        "team", .list, "Who works on tickets together. One at least.",
        keys: [
            name.description, businessHours.description, overflow.description,
            isPrivate.description, language.description,
        ])
}

extension ConfigurationReader {
    mutating func team(_ section: SectionTable) -> TeamConfiguration? {
        let businessHours = read(TeamKeys.businessHours, section)
        let overflow = read(TeamKeys.overflow, section)
        let isPrivate = read(TeamKeys.isPrivate, section)
        let language = read(TeamKeys.language, section)
        guard let name = read(TeamKeys.name, section) else { return nil }
        return TeamConfiguration(
            name: name, businessHours: businessHours, overflow: overflow,
            openness: isPrivate ? .private : .open, language: language)
    }
}
