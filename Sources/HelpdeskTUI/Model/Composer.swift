public import HelpdeskAPI
public import HelpdeskCore
public import Terminal

/// A reply or a note being written.
public struct Composer: Equatable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The customer will see it.
        case reply
        /// Nobody outside will.
        case note
    }

    public enum Stage: Hashable, Sendable {
        case writing
        /// Esc was pressed, or the editor is done: send, edit, put away, discard, or go on.
        case asking
        case sending
    }

    public enum Seen: Hashable, Sendable {
        /// The messages up to this one; nil: there was none.
        case upTo(MessageID?)
        /// Sending was stopped: whatever the next reading brings is looked at before sending again.
        case nextReading
    }

    public let kind: Kind
    public let ticket: TicketNumber
    /// The version of the ticket that the writer has seen.
    public var version: Int64
    /// What of the thread the writer has seen.
    public var seen: Seen
    /// The same for every attempt to send this text.
    public var key: String
    public var text: TextField
    public var stage = Stage.writing
    /// Where the answer will go; nil until the daemon has said so.
    public var preview: API.ReplyPreview?
    /// Why sending was stopped.
    public var warning: String?
    /// What becomes of the ticket afterwards.
    public var then: API.AfterReply = .keep
    /// The inbox that the agent chose; nil: the daemon's choice.
    public var inbox: InboxID?
    public var cc: [String] = []
    public var attachments: [API.Draft.File] = []
    /// Carried out with the reply.
    public var macro: API.Draft.Macro?

    init(_ kind: Kind, on thread: TicketThread, key: String, text: String = "") {
        self.kind = kind
        ticket = thread.number
        version = thread.ticket.version
        seen = .upTo(thread.items.lastMessage()?.id)
        self.key = key
        self.text = TextField(text, shape: .multiLine)
    }

    /// Takes up what was begun before.
    init(_ draft: Draft, on thread: TicketThread) {
        self.init(draft.kind, on: thread, key: draft.key, text: draft.text)
        inbox = draft.inbox
        cc = draft.cc
        attachments = draft.attachments
        macro = draft.macro
    }

    /// Whether anything would be lost with it.
    var isBegun: Bool { !text.isEmpty || !attachments.isEmpty }

    func draft(at now: Instant) -> Draft {
        Draft(
            kind: kind, ticket: ticket, key: key, text: text.text, inbox: inbox, cc: cc,
            attachments: attachments, macro: macro, updatedAt: now)
    }

    var writing: Writing {
        Writing(
            kind: kind, ticket: ticket, text: text.text, version: version, key: key, then: then,
            inbox: inbox, cc: cc, attachments: attachments.map(\.id),
            macro: macro?.name)
    }
}

/// A text on its way to the daemon.
public struct Writing: Hashable, Sendable {
    public var kind: Composer.Kind
    public var ticket: TicketNumber
    public var text: String
    public var version: Int64
    public var key: String
    public var then: API.AfterReply
    public var inbox: InboxID?
    public var cc: [String] = []
    public var attachments: [AttachmentID] = []
    /// The macro that is carried out with it.
    public var macro: String?
}
