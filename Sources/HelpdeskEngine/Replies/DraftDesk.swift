public import HelpdeskCore
public import HelpdeskStore

/// What an agent began and did not send, kept for their other seats: nobody else ever reads it, and it is no part of the stream.
public struct DraftDesk: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func list(
        of caller: Caller, after place: DraftPlace?, limit: Int
    ) async throws(DeskFailure) -> Page<DraftEntry, DraftPlace> {
        try await desk.read { reader throws(StoreError) in
            try reader.drafts(of: caller.agent, after: place, limit: limit)
        }
    }

    public func draft(
        _ key: CommandID, of caller: Caller
    ) async throws(DeskFailure) -> DraftEntry {
        let kept = try await desk.read { reader throws(StoreError) in
            try reader.draft(key, of: caller.agent)
        }
        return try Self.open(kept, key)
    }

    /// Keeps it, on a ticket that the caller sees.
    /// - Parameter seen: the version that the caller wrote on from; nil: whatever is there is replaced.
    public func keep(
        _ body: DraftBody, _ key: CommandID, on ticket: TicketNumber, of caller: Caller,
        ifVersion seen: Int64?
    ) async throws(DeskFailure) -> DraftEntry {
        try await desk.write { transaction in
            guard try transaction.reader.ticket(ticket, viewer: caller.viewer) != nil else {
                throw DeskFailure.notFound("ticket \(ticket.rawValue)")
            }
            try transaction.forgetOldDrafts()
            let version = try Self.version(
                writtenOnFrom: seen, key, of: caller.agent, in: transaction)
            return try transaction.keepDraft(
                body, key, of: caller.agent, on: ticket, version: version + 1)
        }
    }

    /// The version under which it is there already; refused where another seat wrote on meanwhile, or where it is over.
    private static func version(
        writtenOnFrom seen: Int64?, _ key: CommandID, of agent: AgentID,
        in transaction: StoreTransaction
    ) throws -> Int64 {
        let kept = try transaction.reader.draft(key, of: agent)
        if case .open(let draft)? = kept {
            guard seen == nil || seen == draft.version else {
                throw DeskFailure.draftChangedMeanwhile(draft)
            }
            return draft.version
        }
        let count = try transaction.openDrafts(of: agent)
        guard count < StoreTransaction.draftLimit else {
            throw DeskFailure.conflict(
                "you have \(count) drafts, which is the most; send or discard some")
        }
        switch kept {
        // Who wrote on from it does not know; who begins anew does.
        case .over(.discarded, let version)? where seen == nil: return version
        case .over?: throw isOver(key)
        case .open?, nil: return 0
        }
    }

    public func discard(
        _ key: CommandID, of caller: Caller, ifVersion seen: Int64?
    ) async throws(DeskFailure) -> DraftEntry {
        try await desk.write { transaction in
            let draft = try Self.open(try transaction.reader.draft(key, of: caller.agent), key)
            guard seen == nil || seen == draft.version else {
                throw DeskFailure.draftChangedMeanwhile(draft)
            }
            try transaction.end(draft: key, of: caller.agent, .discarded)
            return draft
        }
    }

    private static func open(
        _ kept: KeptDraft?, _ key: CommandID
    ) throws(DeskFailure) -> DraftEntry {
        switch kept {
        case .open(let draft)?: return draft
        case .over?: throw isOver(key)
        case nil: throw .notFound("draft \(key.rawValue)")
        }
    }

    private static func isOver(_ key: CommandID) -> DeskFailure {
        .gone("draft \(key.rawValue) was sent or discarded")
    }
}
