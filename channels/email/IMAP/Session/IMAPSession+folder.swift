extension IMAPSession {
    enum Access: String {
        case readOnly = "EXAMINE"
        case readWrite = "SELECT"
    }

    /// Opens a folder, or opens it anew. Afterwards `folder` says how it stands.
    func open(_ name: String, _ access: Access) async throws(IMAPFault) {
        var seen = Folder(name: name, validity: 0, next: nil, mails: 0)
        folder = nil
        try await perform(
            "\(access.rawValue) ", arguments: IMAPCommandText.mailbox(name)
        ) { response in
            switch response {
            case .exists(let count): seen.mails = count
            case .status(_, let code?, _):
                let number = IMAPTokens.number(Array(code.argument.utf8)).flatMap(UInt32.init(exactly:))
                if code.name == "UIDVALIDITY", let number { seen.validity = number }
                if code.name == "UIDNEXT" { seen.next = number }
            default: break
            }
        }
        guard seen.validity > 0 else {
            throw .malformed("the server gave no UIDVALIDITY for the folder")
        }
        folder = seen
    }

    /// Whether a mail above this UID may be there.
    func mayHold(above uid: UInt32) -> Bool {
        guard let folder, folder.mails > 0 else { return false }
        guard let next = folder.next else { return true }
        return next > uid && next - 1 > uid
    }

    /// The sequence number of the first mail above a UID; nil when there is none. A handful of short commands whatever the
    /// size of the folder: UIDs ascend with sequence numbers (RFC 9051 section 2.3.1.2), and no mail can vanish from the
    /// numbering while only FETCH is said (section 7.5.1).
    func firstSequence(above uid: UInt32) async throws(IMAPFault) -> Int? {
        guard let last = folder?.mails, last > 0 else { return nil }
        guard uid > 0 else { return 1 }
        let tail = max(1, last - 7)
        let uids = try await self.uids(tail...last)
        guard let first = uids.first, uids.count == last - tail + 1 else {
            throw .malformed("the server does not name the mails it says it has")
        }
        if first.uid <= uid { return uids.first { $0.uid > uid }?.sequence }
        // All of the last ones are new. Further back by growing steps, then between the two.
        var new = tail
        var step = 64
        var old = 0
        while new > 1 {
            let probe = max(1, new - step)
            if try await self.uid(at: probe) <= uid {
                old = probe
                break
            }
            new = probe
            step = min(step * 8, 1 << 30)
        }
        while new - old > 1 {
            let middle = old + (new - old) / 2
            if try await self.uid(at: middle) <= uid { old = middle } else { new = middle }
        }
        return new
    }

    private func uid(at sequence: Int) async throws(IMAPFault) -> UInt32 {
        guard let found = try await uids(sequence...sequence).first else {
            throw .malformed("the server does not name the mails it says it has")
        }
        return found.uid
    }

    private func uids(
        _ range: ClosedRange<Int>
    ) async throws(IMAPFault) -> [(sequence: Int, uid: UInt32)] {
        var found: [Int: UInt32] = [:]
        try await perform("FETCH \(Self.text(range)) (UID)") { response in
            guard case .fetch(let sequence, let item) = response, range.contains(sequence),
                let uid = item.uid
            else { return }
            found[sequence] = uid
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
    }
}
