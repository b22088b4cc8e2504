internal import ChannelKit
internal import EmailChannel
internal import HelpdeskCore
internal import HelpdeskEngine

/// Compares what each mailbox holds on its server with what we kept of it: the mail that a helpdesk lost without a word is
/// found here, by name.
struct MailboxCheck: DoctorCheck {
    let name = "imap"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        for (inbox, adapter) in room.channels.mail.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let mailbox = adapter.mailbox else { continue }
            findings.append(await finding(inbox, mailbox, adapter, room))
        }
        return findings
    }

    private func finding(
        _ inbox: InboxID, _ mailbox: MailboxReception, _ adapter: EmailAdapter, _ room: DoctorRoom
    ) async -> DoctorFinding {
        do {
            let found = try await MailboxReconciliation(
                inbox: inbox, mailbox: mailbox, adapter: adapter, access: room.access
            ).run()
            return report(inbox, found)
        } catch let interruption as ChannelInterruption {
            return problem(
                inbox, interruption.health.detail ?? "the mailbox cannot be read",
                Self.advice(interruption.health.action))
        } catch {
            return problem(inbox, "\(error)", nil)
        }
    }

    private func report(_ inbox: InboxID, _ found: MailboxReconciliation.Result) -> DoctorFinding {
        let survey = found.survey
        let figures = [
            "on_server": survey.total, "before_us": survey.before, "expected": survey.ours.count,
            "ours": survey.ours.count - found.missing.count, "missing": found.missing.count,
            "waiting": survey.waiting, "not_compared": survey.unseen,
        ]
        func finding(
            _ state: DoctorFinding.State, _ text: String, _ advice: String? = nil
        ) -> DoctorFinding {
            DoctorFinding(
                check: name, state: state, subject: inbox.rawValue, text: text, advice: advice,
                figures: figures)
        }
        switch survey.standing {
        case .notBegun:
            return finding(
                .warning, "\(survey.total) mails on the server; the inbox has not begun to read",
                "start the daemon, or wait a moment")
        case .renumbered:
            return finding(
                .warning, "the server gave the folder new UIDs, or it is another folder",
                "wait: it is read again, and what is kept is recognised")
        case .known: break
        }
        let compared =
            "\(survey.total) mails on the server, \(survey.ours.count) of them since we read it, "
            + "\(survey.ours.count - found.missing.count) ours"
        guard found.missing.isEmpty else {
            let uids = found.missing.prefix(10).map { String($0.uid) }.joined(separator: ", ")
            return finding(
                .problem, "\(compared); \(found.missing.count) missing: UID \(uids)",
                "take them in: hamdeld doctor --take-missing")
        }
        guard survey.waiting == 0 else {
            return finding(
                .warning, "\(compared); \(survey.waiting) wait to be read",
                "wait a moment; if the number stays, look at the inbox's state in the daemon's log")
        }
        return finding(.fine, "\(compared); nothing is missing")
    }

    private func problem(_ inbox: InboxID, _ text: String, _ advice: String?) -> DoctorFinding {
        DoctorFinding(
            check: name, state: .problem, subject: inbox.rawValue, text: text, advice: advice)
    }

    static func advice(_ action: ChannelHealth.Action?) -> String? {
        switch action {
        case .relogin: "check user, and password or token_command, of the inbox's imap"
        case .fixConfiguration: "mend the inbox's imap in the configuration"
        case .wait: "the daemon tries again by itself; see whether the mail server is up"
        case nil: nil
        }
    }
}
