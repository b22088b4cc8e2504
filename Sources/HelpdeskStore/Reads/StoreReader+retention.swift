public import HelpdeskCore

/// A mail whose bytes nothing needs beside its text.
public struct ExpiredMail: Hashable, Sendable {
    public let id: MessageID
    let content: ContentID
    let raw: BlobHash
}

/// An entry of the quarantine that is kept no longer.
public struct ExpiredQuarantine: Hashable, Sendable {
    public let id: QuarantineID
    let detail: ContentID
    let raw: BlobHash
    /// What it became.
    let message: MessageID?
}

/// How much there is of something; counted no further than `StoreReader.mostExpired`.
public struct ExpiredTotal: Hashable, Sendable {
    public let count: Int
    public let bytes: Int64
}

extension StoreReader {
    public static let mostExpired = 100_000

    /// Mails whose bytes are there and came before a moment. Those with files are not among them: a file is a part of the bytes, and
    /// stays as long as its message.
    private static let expiredMail = """
        FROM messages m JOIN blobs b ON b.hash = m.raw
        WHERE m.id > $1 AND m.id <= $2 AND m.raw IS NOT NULL AND m.received_at < $3
          AND NOT EXISTS (
            SELECT 1 FROM attachments f WHERE f.message = m.id AND f.raw_offset IS NOT NULL)
        """

    /// Behind an id and up to another, in order.
    public func expiredMails(
        before bound: Instant, after first: MessageID, through last: MessageID, limit: Int
    ) throws(StoreError) -> [ExpiredMail] {
        try connection.all(
            "SELECT m.id, m.content, m.raw \(Self.expiredMail) ORDER BY m.id LIMIT $4",
            [first, last, bound, limit]
        ) { row throws(StoreError) in
            ExpiredMail(
                id: try row.number(0), content: try row.number(1), raw: try row.word(2))
        }
    }

    public func expiredMailTotal(before bound: Instant) throws(StoreError) -> ExpiredTotal {
        try total(
            "SELECT b.size \(Self.expiredMail) LIMIT $4",
            [MessageID(rawValue: 0), MessageID(rawValue: .max), bound, Self.mostExpired])
    }

    /// Of the quarantine, oldest first.
    public func expiredQuarantine(
        before bound: Instant, limit: Int
    ) throws(StoreError) -> [ExpiredQuarantine] {
        try connection.all(
            "SELECT id, detail, raw, message FROM quarantine WHERE at < $1 ORDER BY at LIMIT $2",
            [bound, limit]
        ) { row throws(StoreError) in
            ExpiredQuarantine(
                id: try row.number(0), detail: try row.number(1), raw: try row.word(2),
                message: row.optionalNumber(3))
        }
    }

    public func expiredQuarantineTotal(before bound: Instant) throws(StoreError) -> ExpiredTotal {
        try total(
            """
            SELECT COALESCE(b.size, 0) AS size FROM quarantine q LEFT JOIN blobs b ON b.hash = q.raw
            WHERE q.at < $1 LIMIT $2
            """, [bound, Self.mostExpired])
    }

    private func total(
        _ sizes: String, _ parameters: [any SQLBindable]
    ) throws(StoreError) -> ExpiredTotal {
        try connection.first(
            "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM (\(sizes)) bounded", parameters
        ) { row throws(StoreError) in
            ExpiredTotal(count: Int(clamping: try row.integer(0)), bytes: try row.integer(1))
        } ?? ExpiredTotal(count: 0, bytes: 0)
    }
}

extension StoreTransaction {
    /// Deletes the bytes of mails that nothing else has too. To be called after the event.
    public func dropBytes(of mails: [ExpiredMail]) throws(StoreError) {
        for mail in mails {
            // Bytes that outlived an erasure are somebody else's.
            guard try reader.content(mail.content) != nil, try !isOthers(mail.raw, mail.content),
                try !isNeeded(mail.raw)
            else { continue }
            try execute("DELETE FROM blobs WHERE hash = $1", [mail.raw])
        }
    }

    /// Deletes what is known of entries of the quarantine. To be called after the event.
    public func dropBytes(of entries: [ExpiredQuarantine]) throws(StoreError) {
        for entry in entries {
            try execute(
                "UPDATE contents SET salt = NULL, body = NULL WHERE id = $1", [entry.detail])
            // What was read in the end is a message's by now.
            guard entry.message == nil, try !isNeeded(entry.raw) else { continue }
            try execute("DELETE FROM blobs WHERE hash = $1", [entry.raw])
        }
    }
}
