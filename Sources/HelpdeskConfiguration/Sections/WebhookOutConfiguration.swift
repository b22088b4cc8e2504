public import HelpdeskCore
import TOMLReading

/// `[[webhook_out]]`: a program that hears of events. One of them alone may be written `[webhook_out]`.
public struct WebhookOutConfiguration: Equatable, Sendable {
    /// Names the place it has in the stream: another name begins anew.
    public let name: String
    public let url: String
    /// Each signs what is sent: while one is replaced by another, a receiver finds the one it knows.
    public let secrets: [SecretSource]
    /// Types, or beginnings of types with `*`; none: all.
    public let events: [String]
    /// Private teams of whose tickets it hears.
    public let privateTeams: [String]
    public let timeout: TimeSpan

    /// The endpoint of `notify.webhook` is called so.
    public static let noticeEndpoint = "notify"
}

enum WebhookOutKeys {
    static let name = DefaultedKey<String>(
        "name", .name("the endpoint", example: "crm"), default: "main", written: "\"main\"",
        "What it is called in hamdeld webhook. Where it is in the stream goes by this name: a new name begins at the newest event.",
        example: "\"crm\"")
    static let url = RequiredKey<String>(
        "url", .webURL(example: "https://crm.example.org/hamdel"),
        "Where events are posted, one each, as /stream has them. 2xx takes one; 410 stops the endpoint until hamdeld webhook resume; everything else is tried again for three days, while other tickets go on.",
        example: "\"https://crm.example.org/hamdel\"")
    static let secret = RequiredKey<[SecretSource]>(
        "secret", .secrets, "What they are signed with (Standard Webhooks).",
        example: "{ file = \"/etc/hamdel/secrets/crm\" }")
    static let events = DefaultedKey<[String]>(
        "events", .list(of: .eventType, "event types", counts: 0...200), default: [],
        written: "[]",
        "Only these types of event; a * at the end stands for any ending. None: all.",
        example: "[\"ticket_*\", \"survey_answered\"]")
    static let privateTeams = DefaultedKey<[String]>(
        "private_teams",
        .list(of: .reference("a [[team]]", example: "people"), "teams", counts: 0...100),
        default: [], written: "[]",
        "Private teams of whose tickets it hears. Of others it gets nothing.",
        example: "[\"people\"]")
    static let timeout = DefaultedKey<TimeSpan>(
        "timeout", .duration(.seconds(1) ... .seconds(60), example: "15s"), default: .seconds(15),
        written: "\"15s\"", "How long an answer is waited for.")
    static let section = SectionDescription(
        "webhook_out", .list,
        "Programs that hear what happens, by POST: at least once, in order per ticket. [webhook_out] is understood where there is one alone.",
        keys: [
            name.description, url.description, secret.description, events.description,
            privateTeams.description, timeout.description,
        ])
}

extension ValueKind where Value == String {
    /// How a type is written; whether there is such a one, `check` says, with the list of all.
    fileprivate static var eventType: Self {
        let expectation = "a type of event such as \"ticket_opened\", or a beginning with \"*\""
        return Self("event type", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            let name = text.hasSuffix("*") ? text.utf8.dropLast() : text.utf8[...]
            guard text.utf8.count <= 64, !text.isEmpty,
                name.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") })
            else { throw Mismatch() }
            return text
        }
    }
}

extension ConfigurationReader {
    mutating func webhookOut(_ section: SectionTable) -> WebhookOutConfiguration? {
        let name = read(WebhookOutKeys.name, section)
        let url = read(WebhookOutKeys.url, section)
        let secrets = read(WebhookOutKeys.secret, section)
        let events = read(WebhookOutKeys.events, section)
        let privateTeams = read(WebhookOutKeys.privateTeams, section)
        let timeout = read(WebhookOutKeys.timeout, section)
        guard let url, let secrets else { return nil }
        return WebhookOutConfiguration(
            name: name, url: url, secrets: secrets, events: events, privateTeams: privateTeams,
            timeout: timeout)
    }

    /// Names tell places in the stream apart, and teams must be there.
    mutating func check(
        _ endpoints: [ConfigurationListItem<WebhookOutConfiguration>], teams: [String]
    ) {
        var seen: Set<String> = [WebhookOutConfiguration.noticeEndpoint]
        for item in endpoints {
            guard let endpoint = item.value else { continue }
            if !seen.insert(endpoint.name).inserted {
                record(
                    ConfigurationProblem(
                        place: item.section.place(of: "name"), key: item.section.keyPath("name"),
                        expected: "a name of its own", got: TOMLText.quoted(endpoint.name),
                        hint: endpoint.name == WebhookOutConfiguration.noticeEndpoint
                            ? "notify.webhook has it" : "another [[webhook_out]] has it"))
            }
            for event in endpoint.events where !EventNames.isKnown(event) {
                record(Self.unknown(event, in: item.section))
            }
            for team in endpoint.privateTeams where extent == .whole && !teams.contains(team) {
                record(
                    ConfigurationProblem(
                        place: item.section.place(of: "private_teams"),
                        key: item.section.keyPath("private_teams"),
                        expected: "names of [[team]]s", got: TOMLText.quoted(team)))
            }
        }
    }

    /// An endpoint that waits for what never happens would be silent for ever.
    private static func unknown(
        _ event: String, in section: SectionTable
    ) -> ConfigurationProblem {
        let known = EventNames.all + [EventNames.hidden]
        let nearest = SpellingSuggestion.nearest(to: event, among: known)
        return ConfigurationProblem(
            place: section.place(of: "events"), key: section.keyPath("events"),
            expected: "types of events, or beginnings of them with \"*\": one of "
                + known.sorted().joined(separator: ", "),
            got: TOMLText.quoted(event),
            hint: nearest.map { "did you mean \(TOMLText.quoted($0))?" })
    }
}
