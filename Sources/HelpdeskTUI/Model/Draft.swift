public import HelpdeskAPI
public import HelpdeskCore

/// A text that was begun and not sent: kept on this machine until it is.
public struct Draft: Hashable, Sendable {
    public var kind: Composer.Kind
    public var ticket: TicketNumber
    /// Its idempotency key: sent again after a crash, it still arrives once.
    public var key: String
    public var text: String
    public var inbox: InboxID?
    public var cc: [String]
    /// Uploaded already.
    public var attachments: [API.Draft.File]
    /// A macro whose text was taken: sent with the reply, it does the rest as well, or nothing of both.
    public var macro: API.Draft.Macro?
    public var updatedAt: Instant

    public init(
        kind: Composer.Kind, ticket: TicketNumber, key: String, text: String,
        inbox: InboxID? = nil, cc: [String] = [], attachments: [API.Draft.File] = [],
        macro: API.Draft.Macro? = nil, updatedAt: Instant
    ) {
        self.kind = kind
        self.ticket = ticket
        self.key = key
        self.text = text
        self.inbox = inbox
        self.cc = cc
        self.attachments = attachments
        self.macro = macro
        self.updatedAt = updatedAt
    }
}

/// The drafts there are, the newest last. A ticket has at most one reply and one note.
struct DraftShelf: Hashable, Sendable {
    /// Beyond this the oldest is only on disk.
    static let limit = 200
    private(set) var drafts: [Draft] = []

    func draft(_ kind: Composer.Kind, on ticket: TicketNumber) -> Draft? {
        drafts.last { $0.kind == kind && $0.ticket == ticket }
    }

    /// Whether something is begun on this ticket.
    func holds(_ ticket: TicketNumber) -> Bool { drafts.contains { $0.ticket == ticket } }

    mutating func put(_ draft: Draft) {
        drafts.removeAll {
            $0.key == draft.key || $0.kind == draft.kind && $0.ticket == draft.ticket
        }
        drafts.append(draft)
        if drafts.count > DraftShelf.limit { drafts.removeFirst() }
    }

    mutating func remove(key: String) { drafts.removeAll { $0.key == key } }
}
