import HelpdeskCore

extension MailboxVisit {
    /// The second step, only after the commit: marks or moves what is kept, and remembers that it was done.
    mutating func settle(_ uids: [UInt32]) async throws(IMAPFault) {
        try await change(uids)
        cursor.settled = cursor.uid
        try await commit([])
    }

    /// We died between the commit and the second step: it is done again for all that may not have had it. Marking twice is
    /// the same, and what was moved is not there any more.
    mutating func settleAfterDeath() async throws(IMAPFault) {
        while cursor.settled < cursor.uid {
            guard let first = try await session.firstSequence(above: cursor.settled),
                let last = session.folder?.mails
            else { break }
            let window = first...min(last, first + settings.patience.window - 1)
            let listings = try await session.listings(window)
                .filter { $0.uid > cursor.settled && $0.uid <= cursor.uid }
            guard let highest = listings.last?.uid else { break }
            let ours = listings.filter(cursor.covers)
            if !ours.isEmpty { try await change(ours.map(\.uid)) }
            cursor.settled = highest
        }
        cursor.settled = cursor.uid
        try await commit([])
    }

    private func change(_ uids: [UInt32]) async throws(IMAPFault) {
        try await session.open(settings.folder, .readWrite)
        guard session.folder?.validity == cursor.validity else {
            throw .malformed("the folder got new UIDs before its mails were marked")
        }
        if settings.marking == .seen { try await session.markSeen(uids) }
        if let folder = settings.moveTo { try await session.move(uids, to: folder) }
        try await session.open(settings.folder, .readOnly)
    }
}
