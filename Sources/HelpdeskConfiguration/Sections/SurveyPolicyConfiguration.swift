public import HelpdeskCore

/// `[[survey_policy]]`: another question, or other rules, for some customers or tickets. What it does not say is as in
/// `[survey]`.
public struct SurveyPolicyConfiguration: Equatable, Sendable {
    /// What makes it ask.
    public enum Trigger: String, Equatable, Sendable, CaseIterable {
        case closing, relationship, request
    }

    public let name: String
    public let kind: SurveyKind
    public let trigger: Trigger
    /// Age of the relationship at the first ask.
    public let after: TimeSpan?
    /// Nil: once.
    public let every: TimeSpan?
    /// Nil: of every team.
    public let team: String?
    /// None: of every inbox.
    public let inboxes: [String]
    /// Segments of the customer, of which one is enough; none: of any.
    public let segments: [String]
    /// Tags of the ticket, of which one is enough; none: of any.
    public let tags: [String]
    public let surveys: SurveyConfiguration.Switch
    public let delay: TimeSpan?
    public let cooldown: TimeSpan?
    public let lowScore: Int?
    public let expires: TimeSpan?
    public let samplePercent: Int?
    public let recoveryDue: TimeSpan?
    public let recoveryOwner: SurveyConfiguration.RecoveryOwner?
    public let secondAsk: TimeSpan?
    public let reminder: TimeSpan?
    public let quietHours: QuietHours?
    public let language: TextLanguage?
    /// By language.
    public let questions: [TextLanguage: String]
}

enum SurveyPolicyKeys {
    private static let asInSurvey = "as in [survey]"
    static let name = RequiredKey<String>(
        "name", .name("the policy", example: "nps"),
        "What it is called, in explanations and reports.", example: "\"nps\"")
    static let kind = RequiredKey<SurveyKind>(
        "kind", .choice("a kind of question"),
        "csat: how satisfied, 1 to 5; nps: how likely to recommend, 0 to 10; ces: how easy, 1 to 7; own: a question of yours, 1 to 5.",
        example: "\"nps\"")
    static let trigger = DefaultedKey<SurveyPolicyConfiguration.Trigger>(
        "ask", .choice("an occasion"), default: .closing, written: "\"closing\"",
        "When: as a ticket closes, by the age of the relationship, or only on request by the API.",
        example: "\"relationship\"")
    static let after = OptionalKey<TimeSpan>(
        "after", .duration(.days(1) ... .days(3_650), example: "90d"), absent: "90 days",
        "For ask = \"relationship\": how old it is when they are asked first.", example: "\"90d\"")
    static let every = OptionalKey<TimeSpan>(
        "every", .duration(.days(7) ... .days(3_650), example: "180d"), absent: "once",
        "For ask = \"relationship\": how long until they are asked again.", example: "\"180d\"")
    static let team = OptionalKey<String>(
        "team", .reference("a [[team]]", example: "support"), absent: "every team",
        "Only tickets of this team.", example: "\"support\"")
    static let inboxes = DefaultedKey<[String]>(
        "inboxes",
        .list(of: .reference("an [[inbox]]", example: "support-mail"), "inboxes", counts: 0...100),
        default: [], written: "[]", "Only tickets that came in here; none: from everywhere.",
        example: "[\"support-mail\"]")
    static let segments = DefaultedKey<[String]>(
        "segments", .list(of: .text(), "segments", counts: 0...100), default: [], written: "[]",
        "Only customers of one of these segments; \"vip\" is every VIP. None: all.",
        example: "[\"vip\"]")
    static let tags = DefaultedKey<[String]>(
        "tags", .list(of: .text(), "tags", counts: 0...100), default: [], written: "[]",
        "Only tickets with one of these tags. None: all.", example: "[\"billing\"]")
    static let enabled = DefaultedKey<Bool>(
        "enabled", .flag, default: true, written: "true",
        "Whether whom it is for is asked at all.", example: "false")
    static let delay = OptionalKey<TimeSpan>(
        "delay", .duration(.zero ... .days(90)), absent: asInSurvey,
        "How long after closing.", example: "\"1h\"")
    static let cooldown = OptionalKey<TimeSpan>(
        "cooldown", .duration(.zero ... .days(3_650), example: "7d"), absent: asInSurvey,
        "Nobody who was asked anything within this time is asked.", example: "\"30d\"")
    static let lowScore = OptionalKey<Int>(
        "low_score", .number(0...10), absent: "2, of nps 6, of ces 3",
        "This score, or a lower one, opens a recovery.", example: "2")
    static let expires = OptionalKey<TimeSpan>(
        "expires", .duration(.hours(1) ... .days(365), example: "14d"), absent: asInSurvey,
        "How long the page takes an answer.", example: "\"14d\"")
    static let samplePercent = OptionalKey<Int>(
        "sample_percent", .number(0...100), absent: asInSurvey,
        "How many of a hundred are asked.", example: "25")
    static let recoveryDue = OptionalKey<TimeSpan>(
        "recovery_due", .duration(.minutes(5) ... .days(90), example: "24h"), absent: asInSurvey,
        "How long the owner of a recovery has.", example: "\"4h\"")
    static let recoveryOwner = OptionalKey<SurveyConfiguration.RecoveryOwner>(
        "recovery_owner", .choice("an owner"), absent: asInSurvey, "Who gets a recovery.",
        example: "\"agent\"")
    static let secondAsk = OptionalKey<TimeSpan>(
        "second_ask", .duration(.hours(1) ... .days(90)), absent: asInSurvey,
        "How long after a recovery is done the customer is asked once more.", example: "\"2d\"")
    static let reminder = OptionalKey<TimeSpan>(
        "reminder", .duration(.hours(1) ... .days(90)), absent: asInSurvey,
        "How long after the invitation somebody is reminded, once.", example: "\"3d\"")
    static let quietHours = OptionalKey<QuietHours>(
        "quiet_hours", .quietHours, absent: asInSurvey, "When customers are left alone.",
        example: "[\"21:00-09:00\"]")
    static let language = OptionalKey<TextLanguage>(
        "language", .choice("a language"), absent: asInSurvey,
        "The language that everybody is asked in.", example: "\"fa\"")
    static let questionEnglish = OptionalKey<String>(
        "question_en", .text("a question"), absent: "ours",
        "The question in English.", example: "\"How was your delivery?\"")
    static let questionPersian = OptionalKey<String>(
        "question_fa", .text("a question"), absent: "ours",
        "The question in Persian.", example: "\"تحویل سفارش چطور بود؟\"")
    static let section = SectionDescription(
        "survey_policy", .list,
        "Another question, or other rules, for some customers or tickets: the first one of its occasion whose team, inboxes, segments and tags fit counts, and what it does not say is as in [survey].",
        keys: [
            name.description, kind.description, trigger.description, after.description,
            every.description, team.description, inboxes.description, segments.description,
            tags.description, enabled.description, delay.description, cooldown.description,
            lowScore.description, expires.description, samplePercent.description,
            recoveryDue.description, recoveryOwner.description, secondAsk.description,
            reminder.description, quietHours.description, language.description,
            questionEnglish.description, questionPersian.description,
        ])
}

extension ConfigurationReader {
    mutating func surveyPolicy(_ section: SectionTable) -> SurveyPolicyConfiguration? {
        let kind = read(SurveyPolicyKeys.kind, section)
        let name = read(SurveyPolicyKeys.name, section)
        var questions: [TextLanguage: String] = [:]
        questions[.english] = read(SurveyPolicyKeys.questionEnglish, section)
        questions[.persian] = read(SurveyPolicyKeys.questionPersian, section)
        let rest = SurveyPolicyConfiguration(
            name: name ?? "", kind: kind ?? .csat,
            trigger: read(SurveyPolicyKeys.trigger, section),
            after: read(SurveyPolicyKeys.after, section),
            every: read(SurveyPolicyKeys.every, section),
            team: read(SurveyPolicyKeys.team, section),
            inboxes: read(SurveyPolicyKeys.inboxes, section),
            segments: read(SurveyPolicyKeys.segments, section),
            tags: read(SurveyPolicyKeys.tags, section),
            surveys: read(SurveyPolicyKeys.enabled, section) ? .on : .off,
            delay: read(SurveyPolicyKeys.delay, section),
            cooldown: read(SurveyPolicyKeys.cooldown, section),
            lowScore: read(SurveyPolicyKeys.lowScore, section),
            expires: read(SurveyPolicyKeys.expires, section),
            samplePercent: read(SurveyPolicyKeys.samplePercent, section),
            recoveryDue: read(SurveyPolicyKeys.recoveryDue, section),
            recoveryOwner: read(SurveyPolicyKeys.recoveryOwner, section),
            secondAsk: read(SurveyPolicyKeys.secondAsk, section),
            reminder: read(SurveyPolicyKeys.reminder, section),
            quietHours: read(SurveyPolicyKeys.quietHours, section),
            language: read(SurveyPolicyKeys.language, section), questions: questions)
        if let kind, kind == .own, questions.isEmpty {
            record(
                ConfigurationProblem(
                    place: section.place, key: section.keyPath("question_en"),
                    expected: "a question, in question_en or question_fa", got: "nothing"))
        }
        return name == nil || kind == nil ? nil : rest
    }
}
