public import HelpdeskCore

extension API {
    /// A message, note or call of a ticket.
    public struct Message: Hashable, Sendable, Codable {
        public var id: MessageID
        public var ticket: TicketNumber
        public var direction: MessageDirection
        public var kind: MessageKind
        /// For a note: the channel of its ticket.
        public var channel: ChannelKind
        public var inbox: InboxID
        public var author: Author
        /// How far the channel vouches for the sender; nil for what we wrote.
        public var senderAuth: SenderAuth?
        /// What an agent should know of how it joined: `unchecked_sender`, `call_by_number`.
        public var mark: String?
        /// When the sender says it was written.
        public var sentAt: Timestamp?
        /// When it was kept; for what we wrote, when it was written here.
        public var receivedAt: Timestamp
        public var subject: String?
        /// What the person wrote now, without the quoted history and signature.
        public var text: String
        /// The plain alternative if not blank, else the rendered HTML.
        public var fullText: String
        public var attachments: [Attachment]
        /// Of a message on its way out; nil for what came in, and notes.
        public var delivery: Delivery?
        /// The id it has on its channel: a Message-ID, a provider's id.
        public var externalID: String?
        public var autoSubmitted: AutoSubmitted
        public var call: Call?
        /// For mail only.
        public var email: MailHeaders?

        /// Who wrote or rang.
        public struct Author: Hashable, Sendable, Codable {
            public var kind: AuthorKind
            public var id: PartyID?
            public var name: String?

            public init(kind: AuthorKind, id: PartyID? = nil, name: String? = nil) {
                self.kind = kind
                self.id = id
                self.name = name
            }
        }

        public init(
            id: MessageID, ticket: TicketNumber, direction: MessageDirection, kind: MessageKind,
            channel: ChannelKind, inbox: InboxID, author: Author, senderAuth: SenderAuth? = nil,
            mark: String? = nil, sentAt: Timestamp? = nil, receivedAt: Timestamp,
            subject: String? = nil, text: String, fullText: String,
            attachments: [Attachment] = [], delivery: Delivery? = nil, externalID: String? = nil,
            autoSubmitted: AutoSubmitted, call: Call? = nil, email: MailHeaders? = nil
        ) {
            self.id = id
            self.ticket = ticket
            self.direction = direction
            self.kind = kind
            self.channel = channel
            self.inbox = inbox
            self.author = author
            self.senderAuth = senderAuth
            self.mark = mark
            self.sentAt = sentAt
            self.receivedAt = receivedAt
            self.subject = subject
            self.text = text
            self.fullText = fullText
            self.attachments = attachments
            self.delivery = delivery
            self.externalID = externalID
            self.autoSubmitted = autoSubmitted
            self.call = call
            self.email = email
        }

        enum CodingKeys: String, CodingKey {
            case id, ticket, direction, kind, channel, inbox, author
            case senderAuth = "sender_auth"
            case mark
            case sentAt = "sent_at"
            case receivedAt = "received_at"
            case subject, text
            case fullText = "full_text"
            case attachments, delivery
            case externalID = "external_id"
            case autoSubmitted = "auto_submitted"
            case call, email
        }
    }
}
