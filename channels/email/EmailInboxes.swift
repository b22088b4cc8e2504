public import ChannelKit
public import HelpdeskCore

/// The email inboxes that one LMTP listener serves: where a recipient's mail goes, and what to answer for it.
public struct EmailInboxes: Sendable {
    public struct Entry: Sendable {
        public let inbox: InboxID
        public let adapter: EmailAdapter
        public let host: any ChannelHost

        public init(inbox: InboxID, adapter: EmailAdapter, host: any ChannelHost) {
            self.inbox = inbox
            self.adapter = adapter
            self.host = host
        }
    }

    private let entries: [InboxID: Entry]
    private let pool: MailReadingPool
    public let directory: InboxDirectory

    public init(_ entries: [Entry], pool: MailReadingPool) {
        var directory = InboxDirectory()
        var byInbox: [InboxID: Entry] = [:]
        for entry in entries {
            byInbox[entry.inbox] = entry
            for address in entry.adapter.settings.addresses {
                directory.add(address, inbox: entry.inbox)
            }
        }
        self.entries = byInbox
        self.pool = pool
        self.directory = directory
    }

    public func adapter(of inbox: InboxID) -> EmailAdapter? { entries[inbox]?.adapter }

    /// One outcome per recipient, in order. Recipients of one inbox share a delivery: it is one mail there.
    public func deliver(_ mail: LMTPMail) async -> [LMTPOutcome] {
        var outcomes: [InboxID: LMTPOutcome] = [:]
        for recipient in mail.recipients where outcomes[recipient.inbox] == nil {
            outcomes[recipient.inbox] = await deliver(mail, to: recipient.inbox)
        }
        return mail.recipients.map { recipient in
            outcomes[recipient.inbox] ?? .refused(.storeFailed("no outcome"))
        }
    }

    private func deliver(_ mail: LMTPMail, to inbox: InboxID) async -> LMTPOutcome {
        guard let entry = entries[inbox] else {
            // The inbox went away by a reload since the recipient was taken: the peer tries again and is told.
            return .refused(.busy(retryAfter: .minutes(1)))
        }
        let envelope = MailEnvelope(
            sender: mail.sender,
            recipients: mail.recipients.filter { $0.inbox == inbox }.map(\.address))
        do {
            return .kept(
                try await entry.adapter.receive(
                    mail.bytes, envelope: envelope, pool: pool, host: entry.host))
        } catch {
            return .refused(error)
        }
    }
}
