public import HelpdeskCore
import TOMLReading

/// `[notify]`: telling agents what concerns them.
public struct NotifyConfiguration: Equatable, Sendable {
    public enum Mail: Equatable, Sendable { case on, off }

    public let mail: Mail
    /// Where notices are posted; nil: nowhere.
    public let webhook: Webhook?
    /// Mails and webhooks to one agent.
    public let perHour: Int
    /// Of agents who chose none.
    public let quietHours: QuietHours

    public struct Webhook: Equatable, Sendable {
        public let url: String
        public let secrets: [SecretSource]
    }
}

enum NotifyKeys {
    static let mail = DefaultedKey<Bool>(
        "mail", .flag, default: false, written: "false",
        "Tells agents who have an address (agent add --email) by mail: that a ticket is theirs, that its customer answered, that somebody mentioned them, that a promise is nearly due or was missed, that a low score is theirs to make good, that an answer came back. Never of their own acts; of the first two, and of what is nearly due, never off duty; at most one about a ticket in ten minutes. Each agent can choose otherwise (hamdel notify). They may answer such a mail for seven days: a note, or with #reply in the first line an answer to the customer. Answers count only where authserv_id vouches for their sender.",
        example: "true")
    static let webhook = OptionalKey<String>(
        "webhook", .webURL(example: "https://chat.example.org/hooks/hamdel"),
        absent: "no webhook",
        "Where what agents are told is posted too, as the events agent_noticed and notices_digested, like [[webhook_out]].",
        example: "\"https://chat.example.org/hooks/hamdel\"")
    static let webhookSecret = OptionalKey<[SecretSource]>(
        "webhook_secret", .secrets, absent: "no webhook", "What they are signed with.",
        example: "{ file = \"/etc/hamdel/secrets/notify\" }")
    static let perHour = DefaultedKey<Int>(
        "per_hour", .number(1...1_000), default: 30, written: "30",
        "Mails and webhooks to one agent within an hour. What is beyond waits for one digest, an hour later."
    )
    static let quietHours = DefaultedKey<QuietHours>(
        "quiet_hours", .quietHours, default: .none, written: "[]",
        "When agents get neither mail nor webhook, every day, on the clock of their own time zone (agent add --timezone, else UTC). What comes then waits for one digest. Each agent can choose otherwise.",
        example: "[\"22:00-07:00\"]")
    static let section = SectionDescription(
        "notify", .table, "Telling agents what concerns them.",
        keys: [
            mail.description, webhook.description, webhookSecret.description,
            perHour.description, quietHours.description,
        ])
}

extension ValueKind where Value == QuietHours {
    static var quietHours: Self {
        let expectation =
            "a list of at most \(QuietHours.limit) hours such as \"22:00-07:00\""
        return Self("list of hours", expectation: expectation) { value throws(Mismatch) in
            guard case .array(let nodes) = value else { throw Mismatch() }
            var texts: [String] = []
            for node in nodes {
                let text = try node.value.text()
                guard text.utf8.count <= 64 else { throw Mismatch() }
                texts.append(text)
            }
            do throws(QuietHoursError) { return try QuietHours(texts) } catch {
                throw Mismatch(hint: error.description)
            }
        }
    }
}

extension ConfigurationReader {
    mutating func notify(_ section: SectionTable) -> NotifyConfiguration {
        let url = read(NotifyKeys.webhook, section)
        let secrets = read(NotifyKeys.webhookSecret, section)
        let given = ["webhook", "webhook_secret"].filter { section.table.entry($0) != nil }
        if given.count == 1, let one = given.first {
            record(
                ConfigurationProblem(
                    place: section.place(of: one), key: section.keyPath(one),
                    expected: "webhook and webhook_secret together", got: "\(one) alone"))
        }
        var webhook: NotifyConfiguration.Webhook?
        if let url, let secrets {
            webhook = NotifyConfiguration.Webhook(url: url, secrets: secrets)
        }
        return NotifyConfiguration(
            mail: read(NotifyKeys.mail, section) ? .on : .off, webhook: webhook,
            perHour: read(NotifyKeys.perHour, section),
            quietHours: read(NotifyKeys.quietHours, section))
    }
}
