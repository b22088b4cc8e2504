public import HelpdeskCore

// Sections that nothing acts on yet. They are read and checked, so that a file may hold them; each one in use is
// warned of.

/// `[retention]`: what is deleted after a while.
public struct RetentionConfiguration: Equatable, Sendable {
    /// Nil: kept for ever.
    public let rawMail: TimeSpan?
    /// Nil: kept for ever.
    public let quarantine: TimeSpan?
}

enum RetentionKeys {
    private static let span = ValueKind<TimeSpan>.duration(
        .days(1) ... .days(36_500), example: "365d")
    static let rawMail = OptionalKey<TimeSpan>(
        "raw_mail", span, absent: "kept for ever",
        "How long the bytes of a mail are kept beside its text.", example: "\"365d\"")
    static let quarantine = OptionalKey<TimeSpan>(
        "quarantine", span, absent: "kept for ever", "How long unreadable mail is kept.",
        example: "\"90d\"")
    static let section = SectionDescription(
        "retention", .table, standing: .notYet, "What is deleted after a while.",
        keys: [rawMail.description, quarantine.description])
}

extension ConfigurationReader {
    mutating func retention(_ section: SectionTable) -> RetentionConfiguration {
        RetentionConfiguration(
            rawMail: read(RetentionKeys.rawMail, section),
            quarantine: read(RetentionKeys.quarantine, section))
    }
}
