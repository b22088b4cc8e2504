import ChannelKit
import CurlTransport
import HelpdeskCore

extension MailboxVisit {
    /// Takes some mails in, in batches that are bounded in number and bytes.
    mutating func take(_ listings: [IMAPListing]) async throws(IMAPFault) {
        var batch: [IMAPListing] = []
        var bytes = 0
        for listing in listings {
            // Before our time: passed over, and the cursor with it.
            let isOurs = cursor.covers(listing)
            let isAlone = !isOurs || isStumbling(listing)
            let size = min(listing.size, settings.messageBytes)
            if !batch.isEmpty,
                isAlone || batch.count >= settings.patience.batch
                    || bytes + size > settings.patience.batchBytes
            {
                try await keep(batch)
                batch = []
                bytes = 0
            }
            guard isOurs else {
                cursor.uid = listing.uid
                cursor.settled = listing.uid
                continue
            }
            batch.append(listing)
            bytes += size
            if isAlone {
                try await keep(batch)
                batch = []
                bytes = 0
            }
        }
        if !batch.isEmpty { try await keep(batch) }
        // Passed over at the end: remembered too, or they are looked at again and again.
        if let last = listings.last, !cursor.covers(last) { try await commit([]) }
    }

    private func isStumbling(_ listing: IMAPListing) -> Bool {
        reception.stumbles.count(listing.uid) > 0
    }

    /// Fetches a batch, keeps it with the cursor in one transaction, and then settles it on the server.
    private mutating func keep(_ batch: [IMAPListing]) async throws(IMAPFault) {
        guard let last = batch.last else { return }
        let uids = batch.map(\.uid)
        var messages: [InboundMessage] = []
        let found: [UInt32: TakenMail]
        do throws(IMAPFault) {
            found = try await fetch(batch)
        } catch {
            // Which of them it was is found out by taking them one by one the next time.
            if error.isOfOneMail { reception.stumbles.add(uids) }
            throw error
        }
        for listing in batch {
            guard let mail = found[listing.uid] else { continue }
            switch try await read(mail, listing) {
            case .success(let message): messages.append(message)
            case .failure(let poison):
                try await persist { host throws(DeliveryRefusal) in
                    _ = try await host.quarantine(poison.raw, reason: poison.reason)
                }
            }
        }
        let before = cursor
        cursor.uid = last.uid
        if !settings.settles { cursor.settled = last.uid }
        do throws(IMAPFault) {
            try await commit(messages)
        } catch {
            cursor = before
            throw error
        }
        reception.stumbles.forget(uids)
        if settings.settles { try await settle(uids) }
    }

    /// What came of each mail; one that a person removed meanwhile is missing.
    private func fetch(_ batch: [IMAPListing]) async throws(IMAPFault) -> [UInt32: TakenMail] {
        let (large, small) = (
            batch.filter { $0.size > settings.messageBytes },
            batch.filter { $0.size <= settings.messageBytes }
        )
        var found: [UInt32: TakenMail] = [:]
        if !small.isEmpty {
            let bytes = small.reduce(0) { $0 + $1.size }
            let given = try await given(small, bytes: bytes)
            for (uid, content) in given {
                switch content {
                case .bytes(let raw): found[uid] = raw.isEmpty ? .unreadable(.empty) : .whole(raw)
                case .missing: found[uid] = .unreadable(.empty)
                case .skipped(let bytes): found[uid] = try await headerOnly(uid, size: bytes)
                }
            }
            let absent = small.map(\.uid).filter { found[$0] == nil }
            if !absent.isEmpty {
                // Gone, or held back although it is there: that must not be lost.
                let stillThere = try await session.present(absent)
                for uid in absent where stillThere.contains(uid) {
                    found[uid] = try await stumbled(uid, "the server did not send the mail")
                }
            }
        }
        for listing in large { found[listing.uid] = try await headerOnly(listing.uid, size: listing.size) }
        return found
    }

    /// The bodies; where the server refuses for one mail alone, nothing for it.
    private func given(
        _ batch: [IMAPListing], bytes: Int
    ) async throws(IMAPFault) -> [UInt32: IMAPFetched.Content] {
        do throws(IMAPFault) {
            return try await session.mails(batch.map(\.uid), bytes: bytes)
        } catch .refused(let command, let code, let text) {
            guard batch.count == 1 else {
                var found: [UInt32: IMAPFetched.Content] = [:]
                for listing in batch {
                    found.merge(try await given([listing], bytes: listing.size)) { $1 }
                }
                return found
            }
            // Out of order for now: everybody's matter, not the mail's.
            guard code != "UNAVAILABLE", code != "INUSE", code != "LIMIT" else {
                throw .refused(command: command, code: code, text: text)
            }
            return [:]
        }
    }

    /// A mail above the limit: its header.
    private func headerOnly(_ uid: UInt32, size: Int) async throws(IMAPFault) -> TakenMail? {
        switch try await session.header(uid) {
        case .bytes(let header)?: .header(header, size: size)
        case .missing?, .skipped?: .unreadable(.noHeaders)
        case nil: nil
        }
    }

    /// A mail that is there and does not come. It is tried again a few times; then what can be had of it is kept, with the
    /// reason, so that it stops nobody behind it.
    private func stumbled(_ uid: UInt32, _ reason: String) async throws(IMAPFault) -> TakenMail? {
        reception.stumbles.add([uid])
        guard reception.stumbles.count(uid) >= settings.patience.attempts else {
            throw .refused(command: "UID FETCH", code: nil, text: "\(reason) (UID \(uid))")
        }
        var header: [UInt8] = []
        if case .bytes(let bytes)? = try? await session.header(uid) { header = bytes }
        return .withheld(header: header, reason: reason)
    }
}

extension IMAPFault {
    /// Whether it may have been one mail's doing.
    fileprivate var isOfOneMail: Bool {
        switch self {
        case .malformed, .ended, .tooSlow, .transport(.interrupted(_)): true
        case .refused, .transport, .notKept: false
        }
    }
}
