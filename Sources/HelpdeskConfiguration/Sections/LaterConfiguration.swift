public import HelpdeskCore

// Sections that nothing acts on yet. They are read and checked, so that a file may hold them; each one in use is
// warned of.

/// `[[sla]]`: what is promised to whom.
public struct SLAConfiguration: Equatable, Sendable {
    public let name: String
    /// Nil: of every team.
    public let team: String?
    public let firstResponse: TimeSpan?
    public let resolution: TimeSpan?
}

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

enum SLAKeys {
    private static let span = ValueKind<TimeSpan>.duration(
        .minutes(1) ... .days(365), example: "4h")
    static let name = RequiredKey<String>(
        "name", .name("the policy", example: "standard"), "What the policy is called.",
        example: "\"standard\"")
    static let team = OptionalKey<String>(
        "team", .reference("a [[team]]", example: "support"), absent: "every team",
        "Whose tickets it is for.", example: "\"support\"")
    static let firstResponse = OptionalKey<TimeSpan>(
        "first_response", span, absent: "no promise",
        "Working time until the first human answer is delivered.", example: "\"4h\"")
    static let resolution = OptionalKey<TimeSpan>(
        "resolution", span, absent: "no promise", "Working time until the ticket is closed.",
        example: "\"2d\"")
    static let section = SectionDescription(
        "sla", .list, standing: .notYet, "What is promised to whom.",
        keys: [
            name.description, team.description, firstResponse.description, resolution.description,
        ])
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
    mutating func sla(_ section: SectionTable) -> SLAConfiguration? {
        let team = read(SLAKeys.team, section)
        let firstResponse = read(SLAKeys.firstResponse, section)
        let resolution = read(SLAKeys.resolution, section)
        guard let name = read(SLAKeys.name, section) else { return nil }
        return SLAConfiguration(
            name: name, team: team, firstResponse: firstResponse, resolution: resolution)
    }

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
