public import HelpdeskCore
public import HelpdeskStore

/// Deletes what `[retention]` keeps no longer, a page at a time, so that the writer serves others between. Each page is an event
/// that names what went.
public struct RetentionDesk: Sendable {
    /// Mails, and entries of the quarantine, in one transaction.
    static let page = 200

    /// What would go now.
    public struct Preview: Hashable, Sendable {
        public let policy: RetentionPolicy
        /// Nil: kept for ever.
        public let rawMail: ExpiredTotal?
        public let quarantine: ExpiredTotal?
    }

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Under a policy that need not be in force yet.
    public func preview(_ policy: RetentionPolicy) async throws(DeskFailure) -> Preview {
        let now = desk.now
        return try await desk.read { reader throws(StoreError) in
            let mails = try policy.rawMail.map { span throws(StoreError) in
                try reader.expiredMailTotal(before: now - span)
            }
            let entries = try policy.quarantine.map { span throws(StoreError) in
                try reader.expiredQuarantineTotal(before: now - span)
            }
            return Preview(policy: policy, rawMail: mails, quarantine: entries)
        }
    }

    /// One page.
    /// - Parameter last: up to which message the pages before went.
    /// - Returns: from where to go on; nil when nothing is left.
    public func deletePage(after last: MessageID) async throws(DeskFailure) -> MessageID? {
        let (policy, now) = (desk.policy.retention, desk.now)
        guard !policy.keepsEverything else { return nil }
        // Looking may walk past a great many mails that stay, so it is not done on the writer.
        let (mails, entries) = try await desk.read {
            reader throws(StoreError) -> ([ExpiredMail], [ExpiredQuarantine]) in
            let mails = try policy.rawMail.map { span throws(StoreError) in
                try reader.expiredMails(
                    before: now - span, after: last, through: MessageID(rawValue: .max),
                    limit: Self.page)
            }
            let entries = try policy.quarantine.map { span throws(StoreError) in
                try reader.expiredQuarantine(before: now - span, limit: Self.page)
            }
            return (mails ?? [], entries ?? [])
        }
        let reached = mails.last?.id ?? last
        guard !mails.isEmpty || !entries.isEmpty else { return nil }
        try await desk.write { transaction in
            let reader = transaction.reader
            // As they are now: somebody may have been erased meanwhile.
            let mails = try policy.rawMail.map { span throws(StoreError) in
                try reader.expiredMails(
                    before: now - span, after: last, through: reached, limit: Self.page)
            }
            let entries = try policy.quarantine.map { span throws(StoreError) in
                try reader.expiredQuarantine(before: now - span, limit: Self.page)
            }
            let event = RetentionApplied(
                messages: (mails ?? []).map(\.id), quarantine: (entries ?? []).map(\.id))
            guard !event.messages.isEmpty || !event.quarantine.isEmpty else { return }
            try transaction.append(
                .desk(.retentionApplied(event)), ticket: nil, customer: nil, by: .system)
            try transaction.dropBytes(of: mails ?? [])
            try transaction.dropBytes(of: entries ?? [])
        }
        return reached
    }
}
