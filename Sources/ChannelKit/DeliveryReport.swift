/// What a mail server says about a mail that was sent before: the fields of a delivery status notification
/// (RFC 3464), or what could be read out of an older server's free text. The engine finds the delivery it is about by
/// `returnedMessageID`, by a signed token among the message's `replyTokens`, or by recipient.
public struct DeliveryReport: Sendable, Hashable, Codable {
    /// One recipient of the returned mail.
    public struct Recipient: Sendable, Hashable, Codable {
        /// Lower case: the address we wrote to where the server tells it (Original-Recipient), else the one that failed;
        /// nil when it says none.
        public var address: String?
        public var outcome: Outcome
        /// RFC 3463: `5.1.1`.
        public var status: String?
        /// The three digits of the SMTP reply, `550`.
        public var replyCode: String?
        /// The server's words, at most 1,000 bytes.
        public var diagnostic: String?
        public var remoteServer: String?
        public var reason: Reason

        public init(
            address: String?, outcome: Outcome, status: String? = nil, replyCode: String? = nil,
            diagnostic: String? = nil, remoteServer: String? = nil, reason: Reason = .unknown
        ) {
            self.address = address
            self.outcome = outcome
            self.status = status
            self.replyCode = replyCode
            self.diagnostic = diagnostic
            self.remoteServer = remoteServer
            self.reason = reason
        }
    }

    /// RFC 3464 section 2.3.3, with `failed` split by what it says of the address.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The address is dead: nobody lives there, or its domain takes no mail. Nothing sent there will ever arrive.
        case failedForEver = "failed_for_ever"
        /// This mail was given up, the address may be good: a full or disabled mailbox, a server that was away too long, a
        /// filter, a policy, a mail that is too large.
        case failedForNow = "failed_for_now"
        /// Still being tried by the server that reports.
        case delayed
        case delivered, relayed, expanded
    }

    /// Why, in one word that a person or a rule can act on.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// Nobody of that name, or moved away.
        case unknownUser = "unknown_user"
        /// No such domain, or one that takes no mail (RFC 7505).
        case unknownHost = "unknown_host"
        case mailboxFull = "mailbox_full"
        case mailboxDisabled = "mailbox_disabled"
        case tooLarge = "too_large"
        case rejectedContent = "rejected_content"
        case rejectedPolicy = "rejected_policy"
        case blocked, authentication, network, expired, loop
        case systemFault = "system_fault"
        case unknown
    }

    public enum Kind: String, Sendable, Hashable, Codable {
        /// Something was not delivered, or is late.
        case status
        /// RFC 8098: the recipient's program says that it was shown or deleted.
        case disposition
        /// RFC 5965: the recipient pressed “spam”. Its recipients are `delivered`.
        case complaint
    }

    public var kind: Kind
    /// In the report's order, at most 100.
    public var recipients: [Recipient]
    /// The Message-ID of the mail that is reported on, without angle brackets.
    public var returnedMessageID: String?

    public init(kind: Kind, recipients: [Recipient], returnedMessageID: String? = nil) {
        self.kind = kind
        self.recipients = recipients
        self.returnedMessageID = returnedMessageID
    }
}
