internal import CurlTransport
internal import HelpdeskConfiguration
internal import HelpdeskCore

/// How long the certificates of our public address, of relays and of mailboxes are still valid.
struct CertificateCheck: DoctorCheck {
    let name = "certificate"
    /// Those that renew themselves do so a month before.
    private static let soon = TimeSpan.days(14)

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        for url in Self.urls(room.loaded.configuration) {
            switch await OwnThread.run({ CertificateProbe.expiry(of: url) }) {
            case .failure(let failure):
                findings.append(
                    finding(
                        .warning, url, "its certificate cannot be seen: \(failure)",
                        "see whether the server answers"))
            case .success(nil): continue
            case .success(let seconds?):
                findings.append(judge(url, Instant(milliseconds: seconds &* 1_000), room.now))
            }
        }
        return findings
    }

    private func judge(_ url: String, _ end: Instant, _ now: Instant) -> DoctorFinding {
        let days = end.since(now).milliseconds / TimeSpan.days(1).milliseconds
        if end <= now {
            return finding(
                .problem, url, "its certificate ended on \(UTCText.of(end))", "renew it")
        }
        if end.since(now) < Self.soon {
            return finding(
                .warning, url, "its certificate ends in \(days) days, on \(UTCText.of(end))",
                "see why it was not renewed")
        }
        return finding(.fine, url, "its certificate is valid for \(days) days")
    }

    /// Every server that speaks TLS, once each.
    private static func urls(_ configuration: Configuration) -> [String] {
        var urls: [String] = []
        func add(_ url: String?) {
            if let url, !urls.contains(url) { urls.append(url) }
        }
        if let url = configuration.http.publicURL, url.hasPrefix("https://") { add(url) }
        var hasMail = false
        for inbox in configuration.inboxes {
            guard case .email(let mail) = inbox.channel else { continue }
            hasMail = true
            if let smtp = mail.smtp, smtp.encryption != .off { add(smtp.url) }
            if let imap = mail.imap, imap.encryption != .off { add(imap.url) }
        }
        if hasMail, configuration.smtp.encryption != .off { add(configuration.smtp.url) }
        return urls
    }

    private func finding(
        _ state: DoctorFinding.State, _ subject: String, _ text: String, _ advice: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(check: name, state: state, subject: subject, text: text, advice: advice)
    }
}
