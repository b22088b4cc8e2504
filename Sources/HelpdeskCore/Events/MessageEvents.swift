/// A message or call came in. Its words stand in the content row (kind `message`); the raw bytes in a blob.
public struct MessageReceived: Hashable, Sendable, Codable {
    public var message: MessageID
    public var inbox: InboxID
    public var channel: ChannelKind
    public var kind: MessageKind
    public var author: AuthorKind
    public var identity: IdentityID?
    public var senderAuth: SenderAuth
    public var autoSubmitted: AutoSubmitted
    public var sentAt: Instant?
    public var origin: Origin
    public var content: ContentRef
    public var raw: BlobHash?
    public var attachments: [AttachmentRef]
    /// SHA-256 over what makes the message that message; with the external id it decides "the same again".
    public var fingerprint: String
    public var threading: ThreadingDecision
    /// Numbers of the call only; who and where stand in the content.
    public var call: CallFigures?

    public init(
        message: MessageID, inbox: InboxID, channel: ChannelKind, kind: MessageKind,
        author: AuthorKind, identity: IdentityID?, senderAuth: SenderAuth,
        autoSubmitted: AutoSubmitted, sentAt: Instant?, origin: Origin, content: ContentRef,
        raw: BlobHash?, attachments: [AttachmentRef], fingerprint: String,
        threading: ThreadingDecision, call: CallFigures?
    ) {
        self.message = message
        self.inbox = inbox
        self.channel = channel
        self.kind = kind
        self.author = author
        self.identity = identity
        self.senderAuth = senderAuth
        self.autoSubmitted = autoSubmitted
        self.sentAt = sentAt
        self.origin = origin
        self.content = content
        self.raw = raw
        self.attachments = attachments
        self.fingerprint = fingerprint
        self.threading = threading
        self.call = call
    }

    enum CodingKeys: String, CodingKey {
        case message, inbox, channel, kind, author, identity
        case senderAuth = "sender_auth"
        case autoSubmitted = "auto_submitted"
        case sentAt = "sent_at"
        case origin, content, raw, attachments, fingerprint, threading, call
    }
}

/// An agent's answer that the customer will see.
public struct MessageWritten: Hashable, Sendable, Codable {
    public var message: MessageID
    public var inbox: InboxID
    public var channel: ChannelKind
    public var agent: AgentID
    public var content: ContentRef
    public var attachments: [AttachmentRef]
    /// The message it answers.
    public var answers: MessageID?
    /// The agent's own mail it was taken from; nil where it was written in `hamdel` or by the API.
    public var mailed: MailedIn?

    public init(
        message: MessageID, inbox: InboxID, channel: ChannelKind, agent: AgentID,
        content: ContentRef, attachments: [AttachmentRef], answers: MessageID?,
        mailed: MailedIn? = nil
    ) {
        self.message = message
        self.inbox = inbox
        self.channel = channel
        self.agent = agent
        self.content = content
        self.attachments = attachments
        self.answers = answers
        self.mailed = mailed
    }
}

public struct NoteWritten: Hashable, Sendable, Codable {
    public var message: MessageID
    public var agent: AgentID
    public var content: ContentRef
    /// The agent's own mail it was taken from; nil where it was written in `hamdel` or by the API.
    public var mailed: MailedIn?

    public init(
        message: MessageID, agent: AgentID, content: ContentRef, mailed: MailedIn? = nil
    ) {
        self.message = message
        self.agent = agent
        self.content = content
        self.mailed = mailed
    }
}

/// The mail in which an agent answered a notification: kept, and recognised when it comes again.
public struct MailedIn: Hashable, Sendable, Codable {
    public var inbox: InboxID
    public var fingerprint: String
    public var raw: BlobHash?

    public init(inbox: InboxID, fingerprint: String, raw: BlobHash?) {
        self.inbox = inbox
        self.fingerprint = fingerprint
        self.raw = raw
    }
}

public struct MessageJoined: Hashable, Sendable, Codable {
    public var message: MessageID
    public var from: TicketNumber

    public init(message: MessageID, from: TicketNumber) {
        self.message = message
        self.from = from
    }
}

/// An attachment as the stream knows it; its name stands in the message's content, at the same index.
public struct AttachmentRef: Hashable, Sendable, Codable {
    public var id: AttachmentID
    public var sha256: BlobHash
    public var size: Int64
    public var place: Place

    /// Where the bytes are.
    public enum Place: Hashable, Sendable {
        /// Stored as a blob under their own hash.
        case blob
        /// Within the raw message.
        case range(offset: Int64, length: Int64, encoding: String)
    }

    public init(id: AttachmentID, sha256: BlobHash, size: Int64, place: Place) {
        self.id = id
        self.sha256 = sha256
        self.size = size
        self.place = place
    }

    enum CodingKeys: String, CodingKey { case id, sha256, size, offset, length, encoding }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(AttachmentID.self, forKey: .id)
        sha256 = try values.decode(BlobHash.self, forKey: .sha256)
        size = try values.decode(Int64.self, forKey: .size)
        if let encoding = try values.decodeIfPresent(String.self, forKey: .encoding) {
            place = .range(
                offset: try values.decode(Int64.self, forKey: .offset),
                length: try values.decode(Int64.self, forKey: .length), encoding: encoding)
        } else {
            place = .blob
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(sha256, forKey: .sha256)
        try values.encode(size, forKey: .size)
        if case .range(let offset, let length, let encoding) = place {
            try values.encode(offset, forKey: .offset)
            try values.encode(length, forKey: .length)
            try values.encode(encoding, forKey: .encoding)
        }
    }
}

public struct CallFigures: Hashable, Sendable, Codable {
    public var direction: CallDirection
    public var outcome: CallOutcome
    public var durationSeconds: Int64

    public init(direction: CallDirection, outcome: CallOutcome, durationSeconds: Int64) {
        self.direction = direction
        self.outcome = outcome
        self.durationSeconds = durationSeconds
    }

    enum CodingKeys: String, CodingKey {
        case direction, outcome
        case durationSeconds = "duration_s"
    }
}
