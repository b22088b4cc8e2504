public import HelpdeskCore

/// Something that came in and could not be read.
public struct QuarantineEntry: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable { case waiting, replayed, dropped }

    public let id: QuarantineID
    public let inbox: InboxID
    public let at: Instant
    public let code: String
    public let detail: String?
    /// In bytes.
    public let size: Int64
    public let state: State
    /// What a replay made of it.
    public let message: MessageID?
    public let raw: BlobHash
}

extension StoreReader {
    /// What no ticket exists for yet has no team either: the caller, who knows which inboxes belong to which team,
    /// names those the viewer must not hear of (`Set` of inboxes of private teams that the viewer is not in).
    public struct QuarantineSight: Hashable, Sendable {
        let viewer: Viewer
        let hidden: Set<InboxID>

        public init(viewer: Viewer, hidden: Set<InboxID>) {
            self.viewer = viewer
            self.hidden = hidden
        }

        func reaches(_ entry: QuarantineEntry) -> Bool {
            viewer == .system || !hidden.contains(entry.inbox)
        }
    }

    /// A page of the quarantine, newest first.
    /// - Parameters:
    ///   - states: those that wait, unless asked otherwise.
    ///   - cursor: the last entry of the page before.
    public func quarantine(
        _ states: Set<QuarantineEntry.State> = [.waiting], inbox: InboxID? = nil,
        after cursor: QuarantineID? = nil, limit: Int = PageLimit.usual, sight: QuarantineSight
    ) throws(StoreError) -> Page<QuarantineEntry, QuarantineID> {
        let limit = PageLimit.bounded(limit)
        let sql = states == [.waiting] ? Self.waitingQuarantine : Self.wholeQuarantine
        var rows: [QuarantineEntry] = []
        var below = cursor ?? QuarantineID(rawValue: .max)
        // Rows out of sight are passed over, at most ten pages of them.
        for _ in 0..<10 {
            let batch = try connection.all(
                sql, [below, inbox?.rawValue ?? "", limit + 1], Self.quarantineEntry)
            rows += batch.filter { states.contains($0.state) && sight.reaches($0) }
            guard rows.count <= limit, batch.count > limit, let last = batch.last else { break }
            below = last.id
        }
        return Page(oneMore: rows, limit: limit) { $0.id }
    }

    /// One entry with the bytes that came in.
    public func quarantined(
        _ id: QuarantineID, sight: QuarantineSight
    ) throws(StoreError) -> (entry: QuarantineEntry, bytes: [UInt8])? {
        let entry = try connection.first(
            """
            SELECT q.id, q.inbox, q.at, q.code, k.body, b.size, q.state, q.message, q.raw
            FROM quarantine q
            LEFT JOIN contents k ON k.id = q.detail
            LEFT JOIN blobs b ON b.hash = q.raw
            WHERE q.id = $1
            """, [id], Self.quarantineEntry)
        guard let entry, sight.reaches(entry), let bytes = try blob(entry.raw) else { return nil }
        return (entry, bytes)
    }

    private static let waitingQuarantine = """
        SELECT q.id, q.inbox, q.at, q.code, k.body, b.size, q.state, q.message, q.raw
        FROM quarantine q
        LEFT JOIN contents k ON k.id = q.detail
        LEFT JOIN blobs b ON b.hash = q.raw
        WHERE q.state = 'waiting' AND q.id < $1 AND ($2 = '' OR q.inbox = $2)
        ORDER BY q.id DESC LIMIT $3
        """

    private static let wholeQuarantine = """
        SELECT q.id, q.inbox, q.at, q.code, k.body, b.size, q.state, q.message, q.raw
        FROM quarantine q
        LEFT JOIN contents k ON k.id = q.detail
        LEFT JOIN blobs b ON b.hash = q.raw
        WHERE q.id < $1 AND ($2 = '' OR q.inbox = $2)
        ORDER BY q.id DESC LIMIT $3
        """

    private static func quarantineEntry(
        _ row: borrowing SQLRow
    ) throws(StoreError) -> QuarantineEntry {
        QuarantineEntry(
            id: try row.number(0), inbox: try row.word(1), at: try row.instant(2),
            code: try row.text(3), detail: row.optionalText(4),
            size: row.optionalInteger(5) ?? 0, state: try row.word(6),
            message: row.optionalNumber(7), raw: try row.word(8))
    }
}
