internal import EmailChannel
internal import HelpdeskConfiguration

/// Looks up what DNS says of the domain of each mail inbox.
struct DomainCheck: DoctorCheck {
    let name = "dns"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        var domains: [String] = []
        for inbox in room.loaded.configuration.inboxes {
            guard case .email(let mail) = inbox.channel, let at = mail.address.lastIndex(of: "@")
            else { continue }
            let domain = String(mail.address[mail.address.index(after: at)...]).lowercased()
            if !domains.contains(domain) { domains.append(domain) }
        }
        guard !domains.isEmpty else { return [] }
        guard let server = room.nameServer else {
            return [
                DoctorFinding(
                    check: name, state: .warning, subject: "resolv.conf",
                    text: "no name server is known, so nothing is said of mail domains",
                    advice: "name one with --resolver ADDRESS")
            ]
        }
        let asked = domains
        // Asking blocks: not on the threads that everybody shares.
        let selectors = room.selectors
        return await OwnThread.run { look(at: asked, server, selectors) }
    }

    private func look(
        at domains: [String], _ server: NameServer, _ selectors: [String]
    ) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        for domain in domains {
            do throws(NameServer.Failure) {
                findings += try look(at: MailDomain(domain), server, selectors)
            } catch {
                // One silent server is said once, not once for each question.
                findings.append(
                    DoctorFinding(
                        check: name, state: .warning, subject: domain, text: error.text,
                        advice: "name another with --resolver ADDRESS"))
                return findings
            }
        }
        return findings
    }

    private func look(
        at domain: MailDomain, _ server: NameServer, _ selectors: [String]
    ) throws(NameServer.Failure) -> [DoctorFinding] {
        var found = [
            domain.mx(try server.ask(domain.name, .mx)),
            domain.spf(try server.ask(domain.name, .txt)),
        ]
        var keys: [(selector: String, answer: DNSMessage.Answer)] = []
        for selector in selectors {
            keys.append((selector, try server.ask(domain.keyName(selector), .txt)))
        }
        found.append(domain.dkim(keys))
        var policies: [DNSMessage.Answer] = []
        // The policy of a domain above counts for those below it (RFC 7489, section 6.6.3).
        var name = domain.name[...]
        while name.contains(".") {
            policies.append(try server.ask(MailDomain(String(name)).policyName, .txt))
            name = name.drop { $0 != "." }.dropFirst()
        }
        found.append(domain.dmarc(policies))
        return found.map { finding in
            DoctorFinding(
                check: finding.topic, state: DoctorFinding.State(finding.level),
                subject: domain.name, text: finding.text, advice: finding.advice)
        }
    }
}

extension DoctorFinding.State {
    init(_ level: MailDomain.Level) {
        self =
            switch level {
            case .fine: .fine
            case .warning: .warning
            case .problem: .problem
            }
    }
}
