public import HelpdeskCore

/// A text that an agent began and did not send.
public struct DraftEntry: Hashable, Sendable {
    public let agent: AgentID
    /// The `Idempotency-Key` with which it will be sent.
    public let key: CommandID
    /// Counts the times it was kept; never goes back under one key.
    public let version: Int64
    public let ticket: TicketNumber
    public let body: DraftBody
    /// When it was kept last.
    public let at: Instant
}

/// What an agent wrote so far, and what is to go with it.
public struct DraftBody: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable { case reply, note }

    /// A file that was uploaded for it.
    public struct File: Hashable, Sendable, Codable {
        public var id: AttachmentID
        public var name: String
        public var size: Int64

        public init(id: AttachmentID, name: String, size: Int64) {
            self.id = id
            self.name = name
            self.size = size
        }
    }

    /// A macro that is carried out with it; a sentence for each thing that it does beside the text.
    public struct Macro: Hashable, Sendable, Codable {
        public var name: String
        public var effects: [String]

        public init(name: String, effects: [String]) {
            self.name = name
            self.effects = effects
        }
    }

    public var kind: Kind
    public var text: String
    public var inbox: InboxID?
    public var cc: [String]
    public var files: [File]
    public var macro: Macro?

    public init(
        kind: Kind, text: String, inbox: InboxID? = nil, cc: [String] = [], files: [File] = [],
        macro: Macro? = nil
    ) {
        self.kind = kind
        self.text = text
        self.inbox = inbox
        self.cc = cc
        self.files = files
        self.macro = macro
    }
}

/// What is kept under a key.
public enum KeptDraft: Hashable, Sendable {
    case open(DraftEntry)
    /// It is over: its words are gone, its key is remembered.
    case over(DraftEnding, version: Int64)
}

public enum DraftEnding: String, Hashable, Sendable {
    /// A request with its key was carried out.
    case sent
    case discarded
}

/// Where the next page of an agent's drafts begins.
public struct DraftPlace: Hashable, Sendable {
    public let at: Instant
    public let key: CommandID

    public init(at: Instant, key: CommandID) {
        self.at = at
        self.key = key
    }
}

extension StoreReader {
    /// One agent's, in the order in which they were kept last.
    public func drafts(
        of agent: AgentID, after place: DraftPlace? = nil, limit: Int = PageLimit.usual
    ) throws(StoreError) -> Page<DraftEntry, DraftPlace> {
        let limit = PageLimit.bounded(limit)
        let rows = try connection.all(
            """
            SELECT agent, key, version, ticket, body, at FROM drafts
            WHERE agent = $1 AND state = 'open' AND (at, key) > ($2, $3)
            ORDER BY at, key LIMIT $4
            """,
            [agent, place?.at ?? .distantPast, place?.key ?? CommandID(rawValue: ""), limit + 1],
            Self.draft)
        return Page(oneMore: rows, limit: limit) { DraftPlace(at: $0.at, key: $0.key) }
    }

    /// Nil: nothing is known of this key.
    public func draft(_ key: CommandID, of agent: AgentID) throws(StoreError) -> KeptDraft? {
        let kept = try connection.first(
            """
            SELECT agent, key, version, ticket, body, at, state FROM drafts
            WHERE agent = $1 AND key = $2
            """, [agent, key]
        ) { row throws(StoreError) -> KeptDraft in
            if let ending = DraftEnding(rawValue: try row.text(6)) {
                return .over(ending, version: try row.integer(2))
            }
            return .open(try Self.draft(row))
        }
        if let kept { return kept }
        // Sent before the desk was given a draft of it.
        let isSent = try connection.exists(
            "SELECT 1 FROM api_keys WHERE agent = $1 AND key = $2 AND status IS NOT NULL",
            [agent, key])
        return isSent ? .over(.sent, version: 0) : nil
    }

    private static func draft(_ row: borrowing SQLRow) throws(StoreError) -> DraftEntry {
        DraftEntry(
            agent: try row.word(0), key: try row.word(1), version: try row.integer(2),
            ticket: try row.number(3),
            body: try ContentSeal.decode(DraftBody.self, from: try row.text(4)),
            at: try row.instant(5))
    }
}

extension StoreTransaction {
    /// How long a draft is kept after its last change, and the key of one that is over.
    public static let draftLife = TimeSpan.days(30)
    /// Open drafts of one agent.
    public static let draftLimit = 200

    public func openDrafts(of agent: AgentID) throws(StoreError) -> Int {
        try connection.first(
            "SELECT COUNT(*) FROM drafts WHERE agent = $1 AND state = 'open'", [agent]
        ) { row throws(StoreError) in Int(clamping: try row.integer(0)) } ?? 0
    }

    /// Keeps an open draft, or writes it anew.
    public func keepDraft(
        _ body: DraftBody, _ key: CommandID, of agent: AgentID, on ticket: TicketNumber,
        version: Int64
    ) throws(StoreError) -> DraftEntry {
        let draft = DraftEntry(
            agent: agent, key: key, version: version, ticket: ticket, body: body, at: now)
        try write(draft, "open", ContentSeal.json(body))
        return draft
    }

    /// Takes its words away. Nothing happens where nothing is open.
    public func end(
        draft key: CommandID, of agent: AgentID, _ ending: DraftEnding
    ) throws(StoreError) {
        guard case .open(let draft)? = try reader.draft(key, of: agent) else { return }
        let over = DraftEntry(
            agent: agent, key: key, version: draft.version + 1, ticket: draft.ticket,
            body: draft.body, at: now)
        try write(over, ending.rawValue, "")
    }

    private func write(
        _ draft: DraftEntry, _ state: String, _ body: String
    ) throws(StoreError) {
        let seal = RowSeal.of([
            .text(draft.agent.rawValue), .text(draft.key.rawValue), .integer(draft.version),
            .text(state), .integer(draft.ticket.rawValue), .text(body),
            .integer(draft.at.milliseconds),
        ])
        try execute(
            """
            INSERT INTO drafts (agent, key, version, state, ticket, body, at, seal)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (agent, key) DO UPDATE SET version = excluded.version,
              state = excluded.state, ticket = excluded.ticket, body = excluded.body,
              at = excluded.at, seal = excluded.seal
            """,
            [
                draft.agent, draft.key, draft.version, state, draft.ticket, body, draft.at, seal,
            ])
    }

    /// Forgets those that nobody touched for 30 days, at most 1,000 at a time.
    public func forgetOldDrafts() throws(StoreError) {
        let limit = now - Self.draftLife
        guard try connection.exists("SELECT 1 FROM drafts WHERE at < $1", [limit]) else { return }
        try execute(
            """
            DELETE FROM drafts WHERE at < $1 AND (agent, key) IN
              (SELECT agent, key FROM drafts WHERE at < $1 LIMIT 1000)
            """, [limit])
    }

    /// What was being written to an erased customer.
    func dropDrafts(of customer: CustomerID) throws(StoreError) {
        try execute(
            "DELETE FROM drafts WHERE ticket IN (SELECT number FROM tickets WHERE customer = $1)",
            [customer])
    }
}
