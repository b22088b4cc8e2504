public import HelpdeskCore

/// `[survey]`: asking how it went.
public struct SurveyConfiguration: Equatable, Sendable {
    public enum Switch: Equatable, Sendable { case on, off }

    public let surveys: Switch
    public let delay: TimeSpan
    public let cooldown: TimeSpan
    /// 1 to 5: this score and lower opens a recovery.
    public let lowScore: Int
    public let expires: TimeSpan
    /// 0 to 100.
    public let samplePercent: Int
    public let recoveryDue: TimeSpan
    public let recoveryOwner: RecoveryOwner
    /// Nil: the customer is not asked again after a repair.
    public let secondAsk: TimeSpan?
    /// Nil: nobody is reminded.
    public let reminder: TimeSpan?
    public let quietHours: QuietHours?
    /// Nil: the customer's own.
    public let language: TextLanguage?

    /// Who cares for an unhappy customer.
    public enum RecoveryOwner: String, Equatable, Sendable, CaseIterable { case lead, agent }
}

enum SurveyKeys {
    static let enabled = DefaultedKey<Bool>(
        "enabled", .flag, default: true, written: "true",
        "Whether customers are asked when their ticket closes.", example: "false")
    static let delay = DefaultedKey<TimeSpan>(
        "delay", .duration(.zero ... .days(90)), default: .hours(1), written: "\"1h\"",
        "How long after closing; reopening in the meantime cancels the survey.")
    static let cooldown = DefaultedKey<TimeSpan>(
        "cooldown", .duration(.zero ... .days(3_650), example: "7d"), default: .days(7),
        written: "\"7d\"", "No customer is asked twice within this time.")
    static let lowScore = DefaultedKey<Int>(
        "low_score", .number(1...5), default: 2, written: "2",
        "This score, or a lower one, opens a recovery: a task for a person.")
    static let expires = DefaultedKey<TimeSpan>(
        "expires", .duration(.hours(1) ... .days(365), example: "14d"), default: .days(14),
        written: "\"14d\"", "How long the page takes an answer.")
    static let samplePercent = DefaultedKey<Int>(
        "sample_percent", .number(0...100), default: 100, written: "100",
        "How many of a hundred closed tickets are asked about.", example: "25")
    static let recoveryDue = DefaultedKey<TimeSpan>(
        "recovery_due", .duration(.minutes(5) ... .days(90), example: "24h"), default: .hours(24),
        written: "\"24h\"", "How long the owner of a recovery has.")
    static let recoveryOwner = DefaultedKey<SurveyConfiguration.RecoveryOwner>(
        "recovery_owner", .choice("an owner"), default: .lead, written: "\"lead\"",
        "Who gets a recovery: the team's first lead, or the agent who was rated; each stands in where there is no other.",
        example: "\"agent\"")
    static let secondAsk = OptionalKey<TimeSpan>(
        "second_ask", .duration(.hours(1) ... .days(90)), absent: "not asked again",
        "How long after a recovery is done the customer is asked once more.", example: "\"2d\"")
    static let reminder = OptionalKey<TimeSpan>(
        "reminder", .duration(.hours(1) ... .days(90)), absent: "nobody is reminded",
        "How long after the invitation somebody who has not answered is reminded, once.",
        example: "\"3d\"")
    static let quietHours = OptionalKey<QuietHours>(
        "quiet_hours", .quietHours, absent: "none",
        "When customers are left alone, on the clocks of their own time zone (their attribute \"timezone\"), else of the inbox.",
        example: "[\"21:00-09:00\"]")
    static let language = OptionalKey<TextLanguage>(
        "language", .choice("a language"), absent: "the customer's own",
        "The language that everybody is asked in.", example: "\"fa\"")
    static let section = SectionDescription(
        "survey", .table, "Asking customers how it went, and what a bad answer starts.",
        keys: [
            enabled.description, delay.description, cooldown.description, lowScore.description,
            expires.description, samplePercent.description, recoveryDue.description,
            recoveryOwner.description, secondAsk.description, reminder.description,
            quietHours.description, language.description,
        ])
}

extension ConfigurationReader {
    mutating func survey(_ section: SectionTable) -> SurveyConfiguration {
        SurveyConfiguration(
            surveys: read(SurveyKeys.enabled, section) ? .on : .off,
            delay: read(SurveyKeys.delay, section), cooldown: read(SurveyKeys.cooldown, section),
            lowScore: read(SurveyKeys.lowScore, section),
            expires: read(SurveyKeys.expires, section),
            samplePercent: read(SurveyKeys.samplePercent, section),
            recoveryDue: read(SurveyKeys.recoveryDue, section),
            recoveryOwner: read(SurveyKeys.recoveryOwner, section),
            secondAsk: read(SurveyKeys.secondAsk, section),
            reminder: read(SurveyKeys.reminder, section),
            quietHours: read(SurveyKeys.quietHours, section),
            language: read(SurveyKeys.language, section))
    }
}
