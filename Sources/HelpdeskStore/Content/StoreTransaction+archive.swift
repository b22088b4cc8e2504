public import HelpdeskCore

/// What a record of an archive became here.
public struct ArchivedRecord: Hashable, Sendable {
    public let local: Int64
    /// Whether the record made it, or found it.
    public let origin: Origin

    public enum Origin: Hashable, Sendable { case made, found }

    public init(local: Int64, origin: Origin) {
        self.local = local
        self.origin = origin
    }
}

extension StoreReader {
    /// Nil for a record that was never brought in.
    public func archived(_ id: String) throws(StoreError) -> ArchivedRecord? {
        try connection.first("SELECT local, made FROM archive_records WHERE id = $1", [id]) {
            row throws(StoreError) in
            ArchivedRecord(
                local: try row.integer(0), origin: try row.integer(1) == 1 ? .made : .found)
        }
    }

    /// The record that made something of ours, where an archive brought it.
    public func archiveRecord(kind: String, local: Int64) throws(StoreError) -> String? {
        try connection.first(
            "SELECT id FROM archive_records WHERE kind = $1 AND local = $2 AND made = 1",
            [kind, local]
        ) { row throws(StoreError) in try row.text(0) }
    }

    public func holdsArchives() throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM archive_records")
    }

    public func hasBlob(_ hash: BlobHash) throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM blobs WHERE hash = $1", [hash])
    }

    public func ticketExists(_ number: TicketNumber) throws(StoreError) -> Bool {
        try connection.exists("SELECT 1 FROM tickets WHERE number = $1", [number])
    }
}

extension StoreTransaction {
    public func keepArchived(
        _ id: String, kind: String, _ record: ArchivedRecord
    ) throws(StoreError) {
        try execute(
            """
            INSERT INTO archive_records (id, kind, local, made) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO NOTHING
            """, [id, kind, record.local, record.origin == .made ? 1 : 0])
    }

    /// A number that a ticket brings along, if nobody here has it; the next ticket gets a higher one.
    public func take(_ number: TicketNumber) throws(StoreError) -> Bool {
        guard try !reader.ticketExists(number) else { return false }
        counters.ticket = max(counters.ticket, number.rawValue)
        return true
    }

    /// A row of words that were erased before an archive was written: there is nothing to vouch for.
    public func keepErased(
        _ kind: ContentKind, of customer: CustomerID?
    ) throws(StoreError) -> ContentRef {
        let id = nextContent()
        try execute(
            """
            INSERT INTO contents (id, kind, customer, salt, body, seal)
            VALUES ($1, $2, $3, NULL, NULL, $4)
            """, [id, kind, customer, RowSeal.ofContent(id, kind, customer)])
        return ContentRef(id: id, mac: String(repeating: "0", count: 32))
    }

    /// Keeps a piece of bytes until all are here.
    public func keepPiece(
        _ bytes: [UInt8], at start: Int64, of hash: BlobHash
    ) throws(StoreError) {
        try execute(
            """
            INSERT INTO archive_pieces (hash, start, bytes) VALUES ($1, $2, $3)
            ON CONFLICT (hash, start) DO UPDATE SET bytes = excluded.bytes
            """, [hash, start, bytes])
    }

    /// All pieces in order, which are then forgotten; nil where one is missing.
    /// - Parameter size: bounded by the caller.
    public func takePieces(of hash: BlobHash, size: Int64) throws(StoreError) -> [UInt8]? {
        let held = try connection.first(
            "SELECT COALESCE(SUM(length(bytes)), 0) FROM archive_pieces WHERE hash = $1", [hash]
        ) { row throws(StoreError) in try row.integer(0) }
        guard held == size else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(clamping: size))
        let pieces = try connection.all(
            "SELECT bytes FROM archive_pieces WHERE hash = $1 ORDER BY start", [hash]
        ) { row throws(StoreError) in try row.blob(0) }
        for piece in pieces { bytes += piece }
        try execute("DELETE FROM archive_pieces WHERE hash = $1", [hash])
        return bytes
    }
}

extension StoreReader {
    /// Whether a number of a kind of ours (the letter that archives call it by) was ever given out.
    public func hasGiven(_ number: Int64, of letter: String) throws(StoreError) -> Bool {
        let counters = try Counters(connection)
        let last: Int64 =
            switch letter {
            case "c": counters.customer
            case "i": counters.identity
            case "t": counters.ticket
            case "m": counters.message
            case "d": counters.delivery
            case "s": counters.invitation
            case "r": counters.recovery
            case "e": counters.position
            default: 0
            }
        return number >= 1 && number <= last
    }
}
