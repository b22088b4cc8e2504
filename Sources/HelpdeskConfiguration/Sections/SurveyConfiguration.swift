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
    static let section = SectionDescription(
        "survey", .table, "Asking customers how it went, and what a bad answer starts.",
        keys: [
            enabled.description, delay.description, cooldown.description, lowScore.description,
            expires.description, samplePercent.description, recoveryDue.description,
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
            recoveryDue: read(SurveyKeys.recoveryDue, section))
    }
}
