public import HelpdeskCore

/// `[[sla]]`: what is promised to whom. The first whose conditions hold is a ticket's own.
public struct SLAConfiguration: Equatable, Sendable {
    public let name: String
    /// Nil: of every team.
    public let team: String?
    /// None: of every inbox.
    public let inboxes: [String]
    /// None: of any.
    public let priorities: [TicketPriority]
    /// Segments of the customer, of which one is enough; none: of any.
    public let segments: [String]
    public let firstResponse: TimeSpan?
    public let response: TimeSpan?
    public let resolution: TimeSpan?
    /// Percent of the time after which to warn; 0: never.
    public let warnAt: Int
    /// Nil: those of the ticket's inbox's team.
    public let businessHours: String?
}

enum SLAKeys {
    private static let span = ValueKind<TimeSpan>.duration(
        .minutes(1) ... .days(365), example: "4h")
    static let name = RequiredKey<String>(
        "name", .name("the policy", example: "standard"), "What the policy is called.",
        example: "\"standard\"")
    static let team = OptionalKey<String>(
        "team", .reference("a [[team]]", example: "support"), absent: "every team",
        "Whose tickets it is for.", example: "\"support\"")
    static let inboxes = DefaultedKey<[String]>(
        "inboxes",
        .list(of: .reference("an [[inbox]]", example: "support-mail"), "inboxes", counts: 0...100),
        default: [], written: "[]", "Only tickets that came in here; none: from everywhere.",
        example: "[\"support-mail\"]")
    static let priorities = DefaultedKey<[TicketPriority]>(
        "priorities", .list(of: .choice("a priority"), "priorities", counts: 0...4), default: [],
        written: "[]", "Only tickets of these priorities; none: of any.",
        example: "[\"high\", \"urgent\"]")
    static let segments = DefaultedKey<[String]>(
        "segments", .list(of: .text(), "segments", counts: 0...100), default: [], written: "[]",
        "Only customers of one of these segments; \"vip\" is every VIP. None: all.",
        example: "[\"vip\"]")
    static let firstResponse = OptionalKey<TimeSpan>(
        "first_response", span, absent: "no promise",
        "Working time until the first human answer is delivered. The acknowledgement tells the customer the time that follows from it.",
        example: "\"4h\"")
    static let response = OptionalKey<TimeSpan>(
        "response", span, absent: "no promise",
        "Working time until each message of the customer has a human answer.", example: "\"8h\"")
    static let resolution = OptionalKey<TimeSpan>(
        "resolution", span, absent: "no promise",
        "Working time until the ticket is closed. The time in which it is pending does not count. It is counted in hours of work: \"16h\" is two days of eight hours, \"2d\" is 48 hours of work.",
        example: "\"16h\"")
    static let warnAt = DefaultedKey<Int>(
        "warn_at", .number(0...99), default: 80, written: "80",
        "Warns when so many percent of the time are used up. 0: never.", example: "75")
    static let businessHours = OptionalKey<String>(
        "business_hours", .reference("a [[business_hours]]", example: "tehran"),
        absent: "those of the team, else always",
        "In which hours the time counts.", example: "\"tehran\"")
    static let section = SectionDescription(
        "sla", .list,
        "What is promised to whom: the first one whose team, inboxes, priorities and segments fit is a ticket's own. A change holds for clocks that start or run on later.",
        keys: [
            name.description, team.description, inboxes.description, priorities.description,
            segments.description, firstResponse.description, response.description,
            resolution.description, warnAt.description, businessHours.description,
        ])
}

extension ConfigurationReader {
    mutating func sla(_ section: SectionTable) -> SLAConfiguration? {
        let team = read(SLAKeys.team, section)
        let inboxes = read(SLAKeys.inboxes, section)
        let priorities = read(SLAKeys.priorities, section)
        let segments = read(SLAKeys.segments, section)
        let firstResponse = read(SLAKeys.firstResponse, section)
        let response = read(SLAKeys.response, section)
        let resolution = read(SLAKeys.resolution, section)
        let warnAt = read(SLAKeys.warnAt, section)
        let businessHours = read(SLAKeys.businessHours, section)
        guard let name = read(SLAKeys.name, section) else { return nil }
        return SLAConfiguration(
            name: name, team: team, inboxes: inboxes, priorities: priorities, segments: segments,
            firstResponse: firstResponse, response: response, resolution: resolution,
            warnAt: warnAt, businessHours: businessHours)
    }
}
