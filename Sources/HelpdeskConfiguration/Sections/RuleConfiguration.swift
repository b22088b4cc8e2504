public import HelpdeskCore
internal import TOMLReading

/// `[[rule]]`: what tickets of a kind ask of the desk. References to teams hold.
public struct RuleConfiguration: Equatable, Sendable {
    public let name: String
    public let condition: RuleCondition
    public let team: String?
    /// Lowest level by skill.
    public let skills: [String: Int]
    public let language: LanguageCode?
    public let priority: TicketPriority?
    public let tags: [String]
    public let next: Rule<RoutingEffect>.Next
}

enum RuleKeys {
    static let mostQuestions = 50

    private static let questions = ValueKind<[RuleCondition]>.list(
        of: .question, "questions", counts: 0...mostQuestions)

    static let name = RequiredKey<String>(
        "name", .name("the rule", example: "refunds"),
        "What the rule is called in `hamdel ticket explain`.", example: "\"refunds\"")
    static let all = DefaultedKey<[RuleCondition]>(
        "all", questions, default: [], written: "[]",
        "Every one of these must hold. A rule without any question is for every ticket.",
        example: "[{ field = \"subject\", mentions = [\"refund\", \"بازپرداخت\"] }]")
    static let any = DefaultedKey<[RuleCondition]>(
        "any", questions, default: [], written: "[]", "Of these, where there are any, one must.",
        example: "[{ field = \"inbox\", is = \"site-chat\" }]")
    static let none = DefaultedKey<[RuleCondition]>(
        "none", questions, default: [], written: "[]", "None of these may hold.",
        example: "[{ field = \"segment\", is = \"trial\" }]")
    static let team = OptionalKey<String>(
        "team", .reference("a [[team]]", example: "billing"), absent: "that of the inbox",
        "Whose ticket it becomes. Of several rules the first that names a team decides.",
        example: "\"billing\"")
    static let skills = DefaultedKey<[String: Int]>(
        "skills", .levels, default: [:], written: "{}",
        "Skills that whoever takes it must have, with the lowest level; an agent with no skill listed may take anything. Of several rules the highest level holds.",
        example: "{ refunds = 2 }")
    static let language = OptionalKey<LanguageCode>(
        "language", .language, absent: "what the customer writes",
        "A language that whoever takes it must speak. Of several rules the first that names one decides.",
        example: "\"fa\"")
    static let priority = OptionalKey<TicketPriority>(
        "priority", .choice("a priority"), absent: "normal",
        "How urgent it is. Of several rules the highest holds.", example: "\"high\"")
    static let tags = DefaultedKey<[String]>(
        "tags", .list(of: .tag, "tags", counts: 0...10), default: [], written: "[]",
        "Tags that it gets.", example: "[\"refund\"]")
    static let stop = DefaultedKey<Bool>(
        "stop", .flag, default: false, written: "false",
        "Whether no later rule is asked when this one applies.", example: "true")
    static let section = SectionDescription(
        "rule", .list,
        "What tickets of a kind ask of the desk. Rules are asked in this order when a ticket is opened; `hamdel ticket explain` says which applied and why. When a person hands a ticket to another team they are asked again for skills and language, but for those that name a third team.",
        keys: [
            name.description, all.description, any.description, none.description,
            team.description, skills.description, language.description, priority.description,
            tags.description, stop.description,
        ])
}

extension ConfigurationReader {
    mutating func rule(_ section: SectionTable) -> RuleConfiguration? {
        let all = read(RuleKeys.all, section)
        let any = read(RuleKeys.any, section)
        let none = read(RuleKeys.none, section)
        let team = read(RuleKeys.team, section)
        let skills = read(RuleKeys.skills, section)
        let language = read(RuleKeys.language, section)
        let priority = read(RuleKeys.priority, section)
        let tags = read(RuleKeys.tags, section)
        let stop = read(RuleKeys.stop, section)
        if team == nil, skills.isEmpty, language == nil, priority == nil, tags.isEmpty, !stop,
            section.table.entry("team") == nil, section.table.entry("skills") == nil
        {
            warn(
                section.place, key: section.keyPath("team"),
                "the rule wants nothing: give it a team, skills, a language, a priority or tags")
        }
        guard let name = read(RuleKeys.name, section) else { return nil }
        var parts = all
        if !any.isEmpty { parts.append(.any(any)) }
        if !none.isEmpty { parts.append(.none(none)) }
        return RuleConfiguration(
            name: name, condition: .all(parts), team: team, skills: skills, language: language,
            priority: priority, tags: tags, next: stop ? .stop : .goOn)
    }
}
