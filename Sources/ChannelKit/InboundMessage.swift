public import HelpdeskCore

/// One message as every channel hands it over (DESIGN §7): who, in which conversation, what, and how far the
/// channel vouches for it. Texts may hold anything a stranger wrote; U+0000 has become U+2400.
public struct InboundMessage: Sendable, Equatable, Codable {
    /// Idempotency key, unique in the inbox: a mail's Message-ID, a provider's message id, a call's unique id.
    public var externalID: String
    /// The provider's conversation id, where there is one.
    public var conversation: String?
    /// Overrides the channel's own kind of conversation, where one inbox has several.
    public var conversationKind: ConversationKind?
    public var sender: Sender
    /// Further addresses of the same person.
    public var identities: [ClaimedIdentity]
    public var author: AuthorKind
    public var kind: MessageKind
    /// When the sender says it was written; nil when missing or nonsense.
    public var sentAt: Instant?
    public var subject: String?
    /// What the person wrote now, without quoted history and signature.
    public var text: String
    /// Everything that was in the body, when it differs from `text`.
    public var fullText: String?
    public var html: String?
    public var attachments: [InboundAttachment]
    public var inReplyTo: String?
    /// Oldest first, at most 100.
    public var references: [String]
    public var call: Call?
    public var autoSubmitted: AutoSubmitted
    /// What a bounce says of the mail it returns; nil for everything else.
    public var deliveryReport: DeliveryReport?
    public var ticketClass: TicketClass
    /// The bot in front of us asks for a person now.
    public var handoff: Bool
    public var senderAuth: SenderAuth
    /// Candidates for our own signed tokens, found in References, In-Reply-To and the recipient's address. Unchecked: the engine verifies them.
    public var replyTokens: [String]
    public var email: MailHeaders?
    /// The bytes as received; kept once, attachments may point into them.
    public var raw: [UInt8]?
    public var origin: Origin

    public init(
        externalID: String, conversation: String? = nil, sender: Sender,
        identities: [ClaimedIdentity] = [], author: AuthorKind = .customer,
        kind: MessageKind = .message, sentAt: Instant? = nil, subject: String? = nil,
        text: String, fullText: String? = nil, html: String? = nil,
        attachments: [InboundAttachment] = [], inReplyTo: String? = nil,
        references: [String] = [], call: Call? = nil, autoSubmitted: AutoSubmitted = .no,
        ticketClass: TicketClass = .regular, senderAuth: SenderAuth = .unchecked,
        replyTokens: [String] = [], email: MailHeaders? = nil, raw: [UInt8]? = nil,
        origin: Origin = .live
    ) {
        self.externalID = externalID
        self.conversation = conversation
        self.conversationKind = nil
        self.sender = sender
        self.identities = identities
        self.author = author
        self.kind = kind
        self.sentAt = sentAt
        self.subject = subject
        self.text = text
        self.fullText = fullText
        self.html = html
        self.attachments = attachments
        self.inReplyTo = inReplyTo
        self.references = references
        self.call = call
        self.autoSubmitted = autoSubmitted
        self.deliveryReport = nil
        self.ticketClass = ticketClass
        self.handoff = false
        self.senderAuth = senderAuth
        self.replyTokens = replyTokens
        self.email = email
        self.raw = raw
        self.origin = origin
    }
}

/// Who wrote or rang, as the channel names them. `identity` is nil for a withheld or missing address: then nobody
/// is known, and nothing is linked.
public struct Sender: Sendable, Equatable, Codable {
    public var identity: ClaimedIdentity?
    public var name: String?

    public init(identity: ClaimedIdentity?, name: String? = nil) {
        self.identity = identity
        self.name = name
    }
}

/// An address, and whether the provider or a trusted integration vouches for it. An adapter says `vouched` only
/// where its inbox may (`trust_identities`).
public struct ClaimedIdentity: Sendable, Equatable, Codable {
    public enum Evidence: String, Sendable, Codable { case vouched, claimed }

    public var address: IdentityAddress
    public var evidence: Evidence

    public init(address: IdentityAddress, evidence: Evidence) {
        self.address = address
        self.evidence = evidence
    }
}

/// A file that came with a message.
public struct InboundAttachment: Sendable, Equatable, Codable {
    /// Where its bytes are: in the raw message (kept once), or here.
    public enum Body: Sendable, Equatable, Codable {
        /// `length` bytes from `offset` of the raw message, to be decoded by `encoding`.
        case range(offset: Int, length: Int, encoding: TransferEncoding)
        case bytes([UInt8])
    }

    /// As the sender named it; never a path. Nil when unnamed.
    public var name: String?
    public var contentType: String
    /// Decoded size in bytes.
    public var size: Int64
    /// SHA-256 of the decoded bytes.
    public var sha256: BlobHash
    public var contentID: String?
    public var body: Body

    public init(
        name: String?, contentType: String, size: Int64, sha256: BlobHash, contentID: String? = nil,
        body: Body
    ) {
        self.name = name
        self.contentType = contentType
        self.size = size
        self.sha256 = sha256
        self.contentID = contentID
        self.body = body
    }
}

/// RFC 2045 section 6.
public enum TransferEncoding: String, Sendable, Codable {
    case identity, base64
    case quotedPrintable = "quoted-printable"
    case uuencode
}

/// The headers of a mail that people and programs ask for (CONTRACT: message `email{…}`).
public struct MailHeaders: Sendable, Equatable, Codable {
    public struct Address: Sendable, Equatable, Codable {
        public var name: String?
        public var address: String

        public init(name: String?, address: String) {
            self.name = name
            self.address = address
        }
    }

    public var subject: String?
    public var from: [Address]
    public var to: [Address]
    public var cc: [Address]
    public var replyTo: [Address]
    public var date: Instant?
    public var messageID: String?
    public var inReplyTo: [String]
    public var references: [String]

    public init(
        subject: String? = nil, from: [Address] = [], to: [Address] = [], cc: [Address] = [],
        replyTo: [Address] = [], date: Instant? = nil, messageID: String? = nil,
        inReplyTo: [String] = [], references: [String] = []
    ) {
        self.subject = subject
        self.from = from
        self.to = to
        self.cc = cc
        self.replyTo = replyTo
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
    }

    enum CodingKeys: String, CodingKey {
        case subject, from, to, cc
        case replyTo = "reply_to"
        case date
        case messageID = "message_id"
        case inReplyTo = "in_reply_to"
        case references
    }
}
