internal import ChannelKit
internal import EmailChannel
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskCore
internal import HelpdeskEngine

/// Finds the mails of one mailbox that should be ours and are not, and takes them in where that is asked for.
struct MailboxReconciliation: Sendable {
    struct Result: Sendable {
        var survey: MailboxSurvey
        var missing: [MailboxSurvey.Mail]
    }

    let inbox: InboxID
    let mailbox: MailboxReception
    let adapter: EmailAdapter
    let access: StoreAccess

    func run() async throws -> Result {
        let cursor = try await access.perform(.showCursor(inbox)).text
        let survey = try await mailbox.survey(
            from: cursor.isEmpty ? nil : Cursor(text: cursor), at: Surroundings.now())
        let suspects = try await unknown(survey.ours)
        return Result(survey: survey, missing: try await confirmed(suspects))
    }

    /// Those whose Message-ID we do not know, or that have none.
    private func unknown(_ mails: [MailboxSurvey.Mail]) async throws -> [MailboxSurvey.Mail] {
        var unknown: [MailboxSurvey.Mail] = []
        var rest = mails[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(ReconcileMark.most))
            rest = rest.dropFirst(some.count)
            unknown += try await missing(of: some.map { ReconcileMark(externalID: $0.externalID) })
                .map { some[$0] }
        }
        return unknown
    }

    /// Their bytes decide: a mail without Message-ID is known by its content, one that could not be read is in quarantine.
    private func confirmed(_ suspects: [MailboxSurvey.Mail]) async throws -> [MailboxSurvey.Mail] {
        guard !suspects.isEmpty else { return [] }
        var missing: [MailboxSurvey.Mail] = suspects.filter {
            $0.size > mailbox.settings.messageBytes
        }
        try await mailbox.fetch(suspects) { mail, raw in
            let read = await adapter.reading(raw, on: Channels.mailReading)
            let mark = ReconcileMark(
                externalID: (try? read.get())?.externalID, raw: MailboxReception.hash(raw))
            if try await !self.missing(of: [mark]).isEmpty { missing.append(mail) }
        }
        return missing
    }

    private func missing(of marks: [ReconcileMark]) async throws -> [Int] {
        let reply = try await access.perform(.reconcile(inbox, marks))
        guard reply.ending == .done, let document = reply.document else {
            throw DaemonFailure(text: reply.text)
        }
        let answer = try JSONDecoder().decode(ReconcileAnswer.self, from: Data(document.utf8))
        return answer.missing.filter(marks.indices.contains)
    }

    /// Takes the missing mails in: live ones by the daemon's LMTP socket, old ones as history. Returns how many were.
    func take(_ missing: [MailboxSurvey.Mail], lmtp socket: String) async throws -> Int {
        let oldest = Surroundings.now() - mailbox.settings.liveWithin
        let address = adapter.settings.identity.address
        var taken = 0
        try await mailbox.fetch(missing) { mail, raw in
            if let received = mail.receivedAt, received < oldest {
                let delivery = try await access.importMails([raw], to: inbox)
                if let refused = delivery.refused { throw DaemonFailure(text: refused) }
            } else {
                let reply = try LMTPClient(socket: socket).deliver(raw, to: address, from: "")
                guard reply.code == 250 else {
                    throw DaemonFailure(text: "\(reply.code) \(reply.text)")
                }
            }
            taken += 1
        }
        return taken
    }
}
