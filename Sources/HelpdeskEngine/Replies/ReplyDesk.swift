internal import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore

/// An agent's answer before it is sent.
public struct ReplyDraft: Sendable {
    public var text: String
    /// The agent's choice; nil: the rule of DESIGN "Replies".
    public var inbox: InboxID?
    public var cc: [String]
    /// Uploads put in before.
    public var attachments: [AttachmentID]
    /// Nil: the customer's last written message.
    public var answers: MessageID?
    public var then: TicketCommand.AfterReply

    public init(
        text: String, inbox: InboxID? = nil, cc: [String] = [], attachments: [AttachmentID] = [],
        answers: MessageID? = nil, then: TicketCommand.AfterReply = .keep
    ) {
        self.text = text
        self.inbox = inbox
        self.cc = cc
        self.attachments = attachments
        self.answers = answers
        self.then = then
    }
}

/// Agents' answers to customers.
public struct ReplyDesk: Sendable {
    /// Of a reply's text, in UTF-8 bytes.
    public static let maximumText = 1 << 20
    public static let maximumCopies = 50
    /// Of one uploaded file.
    public static let maximumUpload = 25 << 20

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Writes the answer, queues it and changes the ticket, in one transaction; the message's id. What is sent and where is
    /// decided here once and for all.
    /// - Parameter ifVersion: the version the agent looked at; what happened since stops the answer where it matters to one.
    public func reply(
        _ draft: ReplyDraft, to number: TicketNumber, by caller: Caller, ifVersion: Int64?,
        command: CommandID?
    ) async throws(DeskFailure) -> MessageID {
        let copies = try Self.check(draft)
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(
                desk, transaction, by: caller.actor, command: command)
            let row = try session.unchanged(number, to: caller, seen: ifVersion)
            return try ReplyWriting(session: session, row: row, caller: caller)
                .write(draft, copies: copies)
        }
    }

    /// Where an answer would go now, and why.
    public func preview(
        _ number: TicketNumber, inbox: InboxID?, by caller: Caller
    ) async throws(DeskFailure) -> ReplyPlan {
        let policy = desk.policy
        let now = desk.now
        let found = try await desk.read { reader throws(StoreError) in
            guard let row = try reader.ticket(number, viewer: caller.viewer) else {
                return Result<ReplyPlan, DeskFailure>.failure(
                    .notFound("ticket \(number.rawValue)"))
            }
            let ways = ReplyWays(reader: reader, policy: policy, now: now)
            switch try ways.route(row, answers: nil, chosen: inbox) {
            case .failure(let none): return .failure(none.failure)
            case .success(let choice):
                return .success(try ways.plan(choice, row))
            }
        }
        return try found.get()
    }

    /// Keeps a file for a reply to come.
    public func upload(
        name: String, contentType: String, bytes: [UInt8], by caller: Caller
    ) async throws(DeskFailure) -> (id: AttachmentID, sha256: BlobHash, size: Int64) {
        guard bytes.count <= Self.maximumUpload else {
            throw .invalid(field: "body", expected: "at most \(Self.maximumUpload) bytes")
        }
        let hash = Digest.blob(bytes)
        let id = try await desk.write { transaction in
            try transaction.keep(blob: bytes, hash: hash)
            let id = transaction.nextAttachment()
            try transaction.keepUpload(
                id, of: caller.agent, name: name, contentType: contentType, hash: hash,
                size: Int64(bytes.count))
            return id
        }
        return (id, hash, Int64(bytes.count))
    }

    /// Whether it can be sent at all; its copies.
    static func check(_ draft: ReplyDraft) throws(DeskFailure) -> [IdentityAddress] {
        guard draft.text.utf8.contains(where: { $0 > 0x20 }) else {
            throw .invalid(field: "text", expected: "some text")
        }
        guard draft.text.utf8.count <= maximumText else {
            throw .invalid(field: "text", expected: "at most \(maximumText) bytes")
        }
        guard draft.cc.count <= maximumCopies else {
            throw .invalid(field: "cc", expected: "at most \(maximumCopies) addresses")
        }
        return try copies(draft.cc)
    }

    private static func copies(_ addresses: [String]) throws(DeskFailure) -> [IdentityAddress] {
        var copies: [IdentityAddress] = []
        for address in addresses {
            guard let folded = IdentityFolding.fold(.email(address)) else {
                throw .invalid(field: "cc", expected: "mail addresses")
            }
            if !copies.contains(folded) { copies.append(folded) }
        }
        return copies
    }
}

extension TicketSession {
    /// The ticket, if the caller may see it and it is still what they looked at.
    func visible(
        _ number: TicketNumber, to caller: Caller, ifVersion: Int64?
    ) throws -> TicketRow {
        guard let row = try reader.ticket(number, viewer: caller.viewer) else {
            throw DeskFailure.notFound("ticket \(number.rawValue)")
        }
        if let ifVersion, ifVersion != row.ticket.version {
            throw DeskFailure.changedMeanwhile(row, [])
        }
        return row
    }

    /// The ticket, if the caller may see it and nothing happened since the version they saw that an answer must take up.
    func unchanged(
        _ number: TicketNumber, to caller: Caller, seen version: Int64?
    ) throws -> TicketRow {
        let row = try visible(number, to: caller, ifVersion: nil)
        guard let version, version != row.ticket.version else { return row }
        let changes = try reader.changes(
            of: number, since: version, now: row.ticket.version, atMost: AnswerObstacle.horizon)
        let obstacles =
            changes.map { AnswerObstacle.among($0, for: caller.agent) }
            ?? [AnswerObstacle(kind: .much, at: row.updatedAt, agent: nil)]
        guard obstacles.isEmpty else { throw DeskFailure.changedMeanwhile(row, obstacles) }
        return row
    }
}
