public import HelpdeskCore

// Sections that nothing acts on yet. They are read and checked, so that a file may hold them; each one in use is
// warned of.

/// `[notify]`: telling agents.
public struct NotifyConfiguration: Equatable, Sendable {
    public enum Mail: Equatable, Sendable { case on, off }
    public let mail: Mail
}

/// `[retention]`: what is deleted after a while.
public struct RetentionConfiguration: Equatable, Sendable {
    /// Nil: kept for ever.
    public let rawMail: TimeSpan?
    /// Nil: kept for ever.
    public let quarantine: TimeSpan?
}

/// `[webhook_out]`: telling other programs.
public struct WebhookOutConfiguration: Equatable, Sendable {
    public let url: String
    public let secrets: [SecretSource]
}

enum NotifyKeys {
    static let mail = DefaultedKey<Bool>(
        "mail", .flag, default: false, written: "false",
        "Tells agents who have an address (agent add --email) by mail that a ticket is theirs or that its customer answered: never of their own acts, never off duty, at most one about a ticket in ten minutes. They may answer it for seven days: a note, or with #reply in the first line an answer to the customer. Answers count only where authserv_id vouches for their sender.",
        example: "true")
    static let section = SectionDescription(
        "notify", .table, "Telling agents what concerns them.",
        keys: [mail.description])
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

enum WebhookOutKeys {
    static let url = RequiredKey<String>(
        "url", .webURL(example: "https://crm.example.org/hamdel"), "Where events are posted.",
        example: "\"https://crm.example.org/hamdel\"")
    static let secret = RequiredKey<[SecretSource]>(
        "secret", .secrets, "What they are signed with.",
        example: "{ file = \"/etc/hamdel/secrets/crm\" }")
    static let section = SectionDescription(
        "webhook_out", .table, standing: .notYet, "Telling other programs what happens.",
        keys: [url.description, secret.description])
}

extension ConfigurationReader {
    mutating func notify(_ section: SectionTable) -> NotifyConfiguration {
        NotifyConfiguration(mail: read(NotifyKeys.mail, section) ? .on : .off)
    }

    mutating func retention(_ section: SectionTable) -> RetentionConfiguration {
        RetentionConfiguration(
            rawMail: read(RetentionKeys.rawMail, section),
            quarantine: read(RetentionKeys.quarantine, section))
    }

    mutating func webhookOut(_ section: SectionTable) -> WebhookOutConfiguration? {
        let url = read(WebhookOutKeys.url, section)
        let secrets = read(WebhookOutKeys.secret, section)
        guard let url, let secrets else { return nil }
        return WebhookOutConfiguration(url: url, secrets: secrets)
    }
}
