/// Routing rules were asked about a ticket. What they want for team, priority and tags follows as events of their own
/// that name this one as their cause; skills and language stand here, and hold until the rules are asked again.
public struct RulesApplied: Hashable, Sendable, Codable {
    public enum Occasion: String, Sendable, Codable { case opened, transferred }

    public struct Skill: Hashable, Sendable, Codable {
        public var skill: SkillName
        public var level: Int

        public init(skill: SkillName, level: Int) {
            self.skill = skill
            self.level = level
        }
    }

    public var occasion: Occasion
    /// The rules that applied, by the names that the configuration gives them, in the order in which they were asked.
    public var rules: [String]
    /// Ascending by name.
    public var skills: [Skill]
    public var language: LanguageCode?
    /// What in the ticket made them apply, of kind `rule_matches`; nil when none did.
    public var matches: ContentRef?

    public init(
        occasion: Occasion, rules: [String], requirements: TicketRequirements, matches: ContentRef?
    ) {
        self.occasion = occasion
        self.rules = rules
        skills = requirements.skills.sorted { $0.key < $1.key }
            .map { Skill(skill: $0.key, level: $0.value) }
        language = requirements.language
        self.matches = matches
    }

    public var requirements: TicketRequirements {
        TicketRequirements(
            skills: Dictionary(
                skills.map { ($0.skill, $0.level) }, uniquingKeysWith: { max($0, $1) }),
            language: language)
    }
}

/// What a ticket asks of whoever takes it, beside being in its team.
public struct TicketRequirements: Hashable, Sendable {
    /// Lowest level by skill.
    public var skills: [SkillName: Int]
    /// Nil: the language that the customer writes.
    public var language: LanguageCode?

    public static let none = TicketRequirements()

    public init(skills: [SkillName: Int] = [:], language: LanguageCode? = nil) {
        self.skills = skills
        self.language = language
    }
}
