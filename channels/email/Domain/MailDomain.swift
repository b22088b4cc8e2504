/// What a mail domain says of itself in DNS, judged: whether mail for it comes to anybody (MX), whether mail from it is believed
/// (SPF RFC 7208, DKIM RFC 6376, DMARC RFC 7489). Pure.
public struct MailDomain: Hashable, Sendable {
    public enum Level: String, Sendable { case fine, warning, problem }

    public struct Finding: Hashable, Sendable {
        /// `mx`, `spf`, `dkim` or `dmarc`.
        public let topic: String
        public let level: Level
        public let text: String
        public let advice: String?

        init(_ topic: String, _ level: Level, _ text: String, _ advice: String? = nil) {
            self.topic = topic
            self.level = level
            self.text = text
            self.advice = advice
        }
    }

    public let name: String
    public init(_ name: String) { self.name = name }

    /// Where SPF, DMARC and DKIM stand.
    public var policyName: String { "_dmarc.\(name)" }
    public func keyName(_ selector: String) -> String { "\(selector)._domainkey.\(name)" }

    /// Selectors that relays and providers use; DNS cannot be asked for all there are.
    public static let usualSelectors = [
        "default", "mail", "dkim", "s1", "s2", "selector1", "selector2", "google", "k1", "mta",
    ]

    public func mx(_ answer: DNSMessage.Answer) -> Finding {
        switch answer {
        case .records(let records):
            let hosts = records.compactMap { record in
                if case .mx(_, let host) = record { host } else { nil }
            }
            if hosts.allSatisfy(\.isEmpty) {
                return Finding(
                    "mx", .problem, "\(name) says that it takes no mail (a null MX)",
                    "publish the MX of the server that hands its mail to hamdeld")
            }
            return Finding("mx", .fine, "mail for \(name) goes to \(hosts.joined(separator: ", "))")
        case .none:
            return Finding(
                "mx", .problem, "\(name) has no MX",
                "publish an MX record that names the server which hands its mail to hamdeld")
        case .truncated, .refused: return unknown("mx", answer)
        }
    }

    public func spf(_ answer: DNSMessage.Answer) -> Finding {
        guard let texts = texts(answer) else { return unknown("spf", answer) }
        let policies = texts.filter { $0.lowercased().hasPrefix("v=spf1") }
        guard let policy = policies.first else {
            return Finding(
                "spf", .warning, "\(name) publishes no SPF",
                "publish a TXT record such as \"v=spf1 mx -all\" that names the relay of [smtp]; without one, answers land in spam folders"
            )
        }
        guard policies.count == 1 else {
            return Finding(
                "spf", .problem,
                "\(name) publishes \(policies.count) SPF records, which counts as none",
                "join them into one TXT record")
        }
        let terms = policy.lowercased().split(separator: " ")
        if terms.contains("+all") || terms.contains("all") {
            return Finding(
                "spf", .problem, "the SPF of \(name) lets everybody send in its name",
                "end it with ~all or -all")
        }
        let ends = terms.contains { ["-all", "~all"].contains($0) || $0.hasPrefix("redirect=") }
        return ends
            ? Finding("spf", .fine, policy)
            : Finding(
                "spf", .warning, "the SPF of \(name) says nothing of anybody else: \(policy)",
                "end it with ~all or -all")
    }

    /// - Parameter answers: those for `policyName` of the domain and of those above it, nearest first.
    public func dmarc(_ answers: [DNSMessage.Answer]) -> Finding {
        for answer in answers {
            guard let texts = texts(answer) else { return unknown("dmarc", answer) }
            guard let policy = texts.first(where: { $0.hasPrefix("v=DMARC1") }) else { continue }
            let tags = policy.split(separator: ";").map { tag in
                String(tag.filter { $0 != " " }).lowercased()
            }
            guard let wish = tags.first(where: { $0.hasPrefix("p=") })?.dropFirst(2) else {
                return Finding(
                    "dmarc", .problem, "the DMARC of \(name) has no p=: \(policy)",
                    "add p=none, p=quarantine or p=reject")
            }
            return wish == "none"
                ? Finding(
                    "dmarc", .warning, "the DMARC of \(name) asks for nothing (p=none)",
                    "once reports look right, say p=quarantine or p=reject: until then anybody can write in its name"
                )
                : Finding("dmarc", .fine, policy)
        }
        return Finding(
            "dmarc", .warning, "\(name) publishes no DMARC",
            "publish a TXT record at \(policyName), such as \"v=DMARC1; p=quarantine\"; big providers ask for one"
        )
    }

    /// - Parameter answers: by selector, in the order asked.
    public func dkim(_ answers: [(selector: String, answer: DNSMessage.Answer)]) -> Finding {
        for (selector, answer) in answers {
            guard let texts = texts(answer) else { continue }
            guard let key = texts.first(where: { $0.contains("p=") }) else { continue }
            let value = key.split(separator: ";").map { $0.filter { $0 != " " } }
                .first { $0.hasPrefix("p=") }
            if value == "p=" {
                return Finding(
                    "dkim", .problem,
                    "the DKIM key \(selector) of \(name) is withdrawn (an empty p=)",
                    "publish the key that the relay signs with")
            }
            return Finding("dkim", .fine, "key \(selector) is published")
        }
        let names = answers.map(\.selector).joined(separator: ", ")
        return Finding(
            "dkim", .warning, "no DKIM key of \(name) under the selectors \(names)",
            "name the relay's selector with --dkim-selector; if it signs nothing, let it sign")
    }

    /// Nil when the server did not say.
    private func texts(_ answer: DNSMessage.Answer) -> [String]? {
        switch answer {
        case .none: []
        case .records(let records):
            records.compactMap { record in if case .txt(let text) = record { text } else { nil } }
        case .truncated, .refused: nil
        }
    }

    private func unknown(_ topic: String, _ answer: DNSMessage.Answer) -> Finding {
        let reason =
            if case .refused(let code) = answer {
                "the name server answers with error \(code)"
            } else {
                "the answer does not fit"
            }
        return Finding(
            topic, .warning, "nothing is known of \(name): \(reason)",
            "look at the name server in /etc/resolv.conf")
    }
}
