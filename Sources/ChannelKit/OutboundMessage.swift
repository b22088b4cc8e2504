public import HelpdeskCore

/// A message on its way out, before the channel gave it its bytes.
public struct OutboundMessage: Sendable, Equatable {
    public enum Purpose: String, Sendable, Codable {
        case reply, acknowledgement, survey, notification
        /// A revised promise, a chat answer sent on by mail, and the like.
        case notice
    }

    public struct Recipient: Sendable, Equatable {
        public var address: IdentityAddress
        public var name: String?

        public init(address: IdentityAddress, name: String? = nil) {
            self.address = address
            self.name = name
        }
    }

    public struct Attachment: Sendable, Equatable {
        public var name: String
        public var contentType: String
        public var bytes: [UInt8]

        public init(name: String, contentType: String, bytes: [UInt8]) {
            self.name = name
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    /// A message that this one answers, as it may be shown below the answer.
    public struct Quote: Sendable, Equatable {
        /// Who wrote it, as they call themselves.
        public var name: String?
        public var address: String
        public var date: Instant
        /// What they wrote then, without what they quoted themselves.
        public var text: String

        public init(name: String?, address: String, date: Instant, text: String) {
            self.name = name
            self.address = address
            self.date = date
            self.text = text
        }
    }

    /// One of the answers that somebody can choose from: a button in a chat, a link in a mail.
    public struct Choice: Sendable, Equatable {
        /// What people read.
        public var label: String
        /// What comes back as a message when a button is pressed.
        public var answer: String
        /// Where a link leads.
        public var link: String

        public init(label: String, answer: String, link: String) {
            self.label = label
            self.answer = answer
            self.link = link
        }
    }

    /// The same in every attempt: the idempotency key for providers that take one.
    public var delivery: DeliveryID
    /// Nil for a question to somebody who has no ticket.
    public var ticket: TicketNumber?
    public var purpose: Purpose
    public var conversation: String?
    public var to: [Recipient]
    public var cc: [Recipient]
    public var subject: String?
    /// Plain text in logical order, LF line ends, with the signature the inbox adds.
    public var text: String
    /// BCP 47 language of the text: `en`, `fa`.
    public var language: String
    public var attachments: [Attachment]
    /// Without angle brackets; ours, unique and fixed for ever. Channels without Message-IDs ignore it.
    public var messageID: String
    public var inReplyTo: String?
    public var references: [String]
    /// What is being answered; whether it is quoted, the channel's configuration says.
    public var quote: Quote?
    /// Answers to choose from, beside the text, which says all that is needed without them.
    public var choices: [Choice]
    /// Where a POST says that the recipient wants no more of these (RFC 8058); nil where there is nothing to stop.
    public var stopLink: String?
    /// Our signed token for answers; mail puts it into the reply address `inbox+TOKEN@domain`.
    public var replyToken: String?
    /// Our signed token for what comes back; mail puts it into the envelope sender `inbox+TOKEN@domain` of what a person
    /// wrote. Automatic mail has no envelope sender: what comes back of it is known by its Message-ID.
    public var returnToken: String?
    public var date: Instant

    public init(
        delivery: DeliveryID, ticket: TicketNumber?, purpose: Purpose, conversation: String? = nil,
        to: [Recipient], cc: [Recipient] = [], subject: String?, text: String, language: String,
        attachments: [Attachment] = [], messageID: String, inReplyTo: String? = nil,
        references: [String] = [], quote: Quote? = nil, choices: [Choice] = [],
        stopLink: String? = nil, replyToken: String? = nil, returnToken: String? = nil,
        date: Instant
    ) {
        self.delivery = delivery
        self.ticket = ticket
        self.purpose = purpose
        self.conversation = conversation
        self.to = to
        self.cc = cc
        self.subject = subject
        self.text = text
        self.language = language
        self.attachments = attachments
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.quote = quote
        self.choices = choices
        self.stopLink = stopLink
        self.replyToken = replyToken
        self.returnToken = returnToken
        self.date = date
    }

    /// Everything but an agent's own reply is automatic and says so on the wire (RFC 3834).
    public var isAutomatic: Bool { purpose != .reply }
}

/// The bytes of a message, fixed before the first attempt and stored with the outbox row.
public struct PreparedMessage: Sendable, Equatable, Codable {
    public var delivery: DeliveryID
    public var conversation: String?
    /// Envelope sender of a mail; empty for the null return path, nil where the channel has none.
    public var envelopeSender: String?
    /// Values of the recipients' addresses on the channel; the worker may narrow them after a partial success.
    public var recipients: [String]
    public var bytes: [UInt8]

    public init(
        delivery: DeliveryID, conversation: String? = nil, envelopeSender: String? = nil,
        recipients: [String], bytes: [UInt8]
    ) {
        self.delivery = delivery
        self.conversation = conversation
        self.envelopeSender = envelopeSender
        self.recipients = recipients
        self.bytes = bytes
    }
}

/// Why a channel cannot carry a message; the text is for the agent.
public struct OutboundRefusal: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        case badAddress = "bad_address"
        case windowClosed = "window_closed"
        case tooLong = "too_long"
        case unsupported
        case receiveOnly = "receive_only"
        case content
    }

    public let code: Code
    public let detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// What is known after an attempt.
public enum SendResult: Hashable, Sendable {
    case sent(externalID: String?)
    /// The provider took it and will report later.
    case queued(externalID: String?)
    /// Never to be tried again.
    case rejected(RejectionCode, detail: String)
    /// Not sent; safe to try again, not before `after` where the peer said so.
    case retry(after: TimeSpan?, detail: String)
    /// Not sent, and not this message's fault: the way out itself is down (nobody answers, sign-in is refused, the peer is
    /// closing). Nothing more is sent on this inbox until `check` says that it is up again.
    case unavailable(detail: String)
    /// Everything was handed over and the answer did not come: it may have arrived (invariant 4).
    case uncertain(detail: String)
    /// Mail with several recipients: each has its own result.
    case perRecipient([RecipientResult])
}

public struct RecipientResult: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case sent
        case rejected(RejectionCode, detail: String)
        case retry(detail: String)
    }

    public let recipient: String
    public let outcome: Outcome

    public init(recipient: String, outcome: Outcome) {
        self.recipient = recipient
        self.outcome = outcome
    }
}

public enum RejectionCode: String, Hashable, Sendable, Codable {
    case badAddress = "bad_address"
    case blocked
    case windowClosed = "window_closed"
    case tooLong = "too_long"
    case unsupported, auth, content, other
}
