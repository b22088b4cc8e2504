import HelpdeskCore

/// One mail of a folder, before its bytes are asked for.
struct IMAPListing: Equatable, Sendable {
    let uid: UInt32
    /// Bytes, as the server says.
    let size: Int
    /// When the server received it; nil when it did not say.
    let receivedAt: Instant?
}

extension IMAPSession {
    /// The figures of some mails, by UID.
    func listings(_ range: ClosedRange<Int>) async throws(IMAPFault) -> [IMAPListing] {
        var found: [UInt32: IMAPListing] = [:]
        try await perform(
            "FETCH \(Self.text(range)) (UID RFC822.SIZE INTERNALDATE)"
        ) { response in
            guard case .fetch(let sequence, let item) = response, range.contains(sequence),
                let uid = item.uid
            else { return }
            found[uid] = IMAPListing(uid: uid, size: item.size ?? 0, receivedAt: item.internalDate)
        }
        return found.values.sorted { $0.uid < $1.uid }
    }

    /// Whole mails by UID, as the server has them, without marking them as read. One that went away meanwhile is missing.
    func mails(
        _ uids: [UInt32], bytes: Int
    ) async throws(IMAPFault) -> [UInt32: IMAPFetched.Content] {
        try await sections("BODY.PEEK[]", "", uids, bytes: bytes)
    }

    /// The header of one mail, at most `limit` bytes of it.
    func header(
        _ uid: UInt32, limit: Int = 256 << 10
    ) async throws(IMAPFault) -> IMAPFetched.Content? {
        try await sections("BODY.PEEK[HEADER]<0.\(limit)>", "HEADER", [uid], bytes: limit)[uid]
    }

    /// Which of these are still there.
    func present(_ uids: [UInt32]) async throws(IMAPFault) -> Set<UInt32> {
        let asked = Set(uids)
        var found: Set<UInt32> = []
        try await perform("UID FETCH \(IMAPCommandText.set(uids)) (UID)") { response in
            if case .fetch(_, let item) = response, let uid = item.uid, asked.contains(uid) {
                found.insert(uid)
            }
        }
        return found
    }

    /// One section of some mails. What nobody asked for is not kept, so a server cannot fill our memory with it.
    func sections(
        _ item: String, _ key: String, _ uids: [UInt32], bytes: Int
    ) async throws(IMAPFault) -> [UInt32: IMAPFetched.Content] {
        let asked = Set(uids)
        var found: [UInt32: IMAPFetched.Content] = [:]
        try await perform(
            "UID FETCH \(IMAPCommandText.set(uids)) (UID \(item))", expecting: bytes
        ) { response in
            guard case .fetch(_, let fetched) = response, let uid = fetched.uid,
                asked.contains(uid), found[uid] == nil, let content = fetched.sections[key]
            else { return }
            found[uid] = content
        }
        return found
    }
}
