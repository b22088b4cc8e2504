internal import Crypto
internal import HelpdeskCore

extension VerificationRun {
    /// Every blob equals its hash and says its true size; every blob that a message, quarantine entry or attachment refers
    /// to is there, unless their content was erased.
    mutating func checkBlobs() throws(StoreError) {
        var last = BlobHash(rawValue: "")
        while let blob = try blob(after: last) {
            last = blob.hash
            report.blobs += 1
            if blob.found != blob.hash {
                note(
                    .changedBlob, "blobs", blob.hash.rawValue, column: "bytes",
                    expected: blob.hash.rawValue, found: blob.found.rawValue)
            }
            if blob.size != blob.length {
                note(
                    .changedBlob, "blobs", blob.hash.rawValue, column: "size",
                    expected: "\(blob.length)", found: "\(blob.size)")
            }
            if report.blobs % 256 == 0 {
                progress(
                    VerificationProgress(phase: .hashing, done: report.blobs, total: nil))
            }
        }
        for (table, sql) in Self.missing {
            let rows = try connection.all(sql, [Verifier.maximumDifferences + 1]) {
                row throws(StoreError) in (try row.integer(0), try row.text(1))
            }
            for (id, hash) in rows {
                note(.missingBlob, table, "\(id)", column: "blob", expected: hash)
            }
        }
    }

    private static let missing: [(table: String, sql: String)] = [
        (
            "messages",
            """
            SELECT m.id, m.raw FROM messages m JOIN contents k ON k.id = m.content
            WHERE m.raw IS NOT NULL AND k.body IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.hash = m.raw) LIMIT $1
            """
        ),
        (
            "quarantine",
            """
            SELECT q.id, q.raw FROM quarantine q JOIN contents k ON k.id = q.detail
            WHERE k.body IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.hash = q.raw) LIMIT $1
            """
        ),
        (
            "attachments",
            """
            SELECT f.id, f.sha256 FROM attachments f
            JOIN messages m ON m.id = f.message JOIN contents k ON k.id = m.content
            WHERE f.raw_offset IS NULL AND k.body IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.hash = f.sha256) LIMIT $1
            """
        ),
    ]

    private func blob(after last: BlobHash) throws(StoreError) -> CheckedBlob? {
        try connection.first(
            "SELECT hash, size, bytes FROM blobs WHERE hash > $1 ORDER BY hash LIMIT 1", [last]
        ) { row throws(StoreError) in
            let bytes = try row.blob(2)
            return CheckedBlob(
                hash: try row.word(0), size: try row.integer(1), length: Int64(bytes.count),
                found: Self.hash(bytes))
        }
    }

    static func hash(_ bytes: [UInt8]) -> BlobHash {
        let digest = bytes.withUnsafeBytes { SHA256.hash(data: $0) }
        return BlobHash(rawValue: Hexadecimal.text(digest))
    }

    /// Attachments that are a range of a raw message still decode to the bytes that the event names.
    mutating func checkAttachments() throws(StoreError) {
        var last = AttachmentID(rawValue: 0)
        while let range = try range(after: last) {
            last = range.id
            report.attachments += 1
            let bytes = TransferDecoding.decoded(range.encoded, encoding: range.encoding)
            let found = Self.hash(bytes)
            if found != range.sha256 || Int64(bytes.count) != range.size {
                note(
                    .changedAttachment, "attachments", "\(range.id.rawValue)", column: "bytes",
                    expected: "\(range.size) bytes, \(range.sha256.rawValue)",
                    found: "\(bytes.count) bytes, \(found.rawValue)")
            }
        }
    }

    private func range(after last: AttachmentID) throws(StoreError) -> AttachmentRange? {
        try connection.first(
            """
            SELECT f.id, f.sha256, f.size, f.encoding,
              substr(b.bytes, f.raw_offset + 1, f.raw_length)
            FROM attachments f JOIN messages m ON m.id = f.message
            JOIN blobs b ON b.hash = m.raw
            WHERE f.id > $1 AND f.raw_offset IS NOT NULL ORDER BY f.id LIMIT 1
            """, [last]
        ) { row throws(StoreError) in
            AttachmentRange(
                id: try row.number(0), sha256: try row.word(1), size: try row.integer(2),
                encoding: row.optionalText(3) ?? "", encoded: try row.blob(4))
        }
    }
}

private struct CheckedBlob {
    let hash: BlobHash
    let size: Int64
    let length: Int64
    let found: BlobHash
}

private struct AttachmentRange {
    let id: AttachmentID
    let sha256: BlobHash
    let size: Int64
    let encoding: String
    let encoded: [UInt8]
}
