public import ChannelKit
public import HelpdeskCore

/// Names that most tests share.
extension TeamID {
    public static let support = TeamID(rawValue: "support")
    public static let secondLine = TeamID(rawValue: "second-line")
    /// Private.
    public static let people = TeamID(rawValue: "people")
}

extension InboxID {
    public static let supportMail = InboxID(rawValue: "support-mail")
    public static let salesMail = InboxID(rawValue: "sales-mail")
    /// Of the private team.
    public static let peopleMail = InboxID(rawValue: "people-mail")
    public static let siteChat = InboxID(rawValue: "site-chat")
    /// Perpetual conversations, as Telegram's.
    public static let messenger = InboxID(rawValue: "messenger")
    public static let phones = InboxID(rawValue: "phones")
}

extension AgentID {
    public static let nima = AgentID(rawValue: "nima")
    public static let leila = AgentID(rawValue: "leila")
    /// Lead of support.
    public static let lead = AgentID(rawValue: "lead")
    /// Of the private team only.
    public static let hami = AgentID(rawValue: "hami")
}

extension ChannelCapabilities {
    public static let mail = ChannelCapabilities(
        sending: .supported, liveness: .deferred, conversations: .session, continuity: .zero,
        attachments: .carried, sameIDOtherContent: .keepBoth, attemptSafety: .atLeastOnce,
        claimedSenders: .everywhere)
    public static let chat = ChannelCapabilities(
        sending: .supported, liveness: .live, conversations: .session, continuity: .hours(72),
        attachments: .carried, sameIDOtherContent: .refuse, attemptSafety: .idempotent)
    public static let messenger = ChannelCapabilities(
        sending: .supported, liveness: .live, conversations: .perpetual, continuity: .hours(72),
        replyWindow: .hours(24), attachments: .carried, sameIDOtherContent: .refuse,
        attemptSafety: .idempotent)
    public static let phones = ChannelCapabilities(
        sending: .receiveOnly, liveness: .deferred, conversations: .session,
        continuity: .days(7), attachments: .notCarried, sameIDOtherContent: .keepBoth,
        attemptSafety: .atLeastOnce, claimedSenders: .everywhere)
}

extension InboundMessage {
    /// A mail; the sender's DMARC result is `auth`.
    public static func mail(
        from address: String, id: String, subject: String? = "Broken", text: String = "It broke.",
        auth: SenderAuth = .verified, name: String? = nil, references: [String] = [],
        inReplyTo: String? = nil, tokens: [String] = [], auto: AutoSubmitted = .no,
        ticketClass: TicketClass = .regular, origin: Origin = .live, sentAt: Instant? = nil,
        raw: [UInt8]? = nil
    ) -> InboundMessage {
        InboundMessage(
            externalID: id,
            sender: Sender(
                identity: ClaimedIdentity(
                    address: .email(address), evidence: auth == .verified ? .vouched : .claimed),
                name: name),
            sentAt: sentAt, subject: subject, text: text, inReplyTo: inReplyTo,
            references: references, autoSubmitted: auto, ticketClass: ticketClass,
            senderAuth: auth, replyTokens: tokens,
            email: MailHeaders(
                subject: subject, from: [MailHeaders.Address(name: name, address: address)],
                messageID: id, inReplyTo: [inReplyTo].compactMap { $0 }, references: references),
            raw: raw, origin: origin)
    }

    /// A chat message of a visitor; `vouched` addresses are the integration's word, `typed` ones the visitor's.
    public static func chat(
        from visitor: String, conversation: String, id: String, text: String = "Hello?",
        vouched: [IdentityAddress] = [], typed: [IdentityAddress] = [],
        senderEvidence: ClaimedIdentity.Evidence = .claimed, author: AuthorKind = .customer
    ) -> InboundMessage {
        let isVerified = !vouched.isEmpty || senderEvidence == .vouched
        return InboundMessage(
            externalID: id, conversation: conversation,
            sender: Sender(
                identity: ClaimedIdentity(
                    address: IdentityAddress(kind: "visitor", value: visitor),
                    evidence: senderEvidence)),
            identities: vouched.map { ClaimedIdentity(address: $0, evidence: .vouched) }
                + typed.map { ClaimedIdentity(address: $0, evidence: .claimed) },
            author: author, text: text, senderAuth: isVerified ? .verified : .unchecked)
    }

    /// A row of a switchboard's log; nil: the number was withheld.
    public static func call(
        from number: String?, id: String, outcome: CallOutcome,
        direction: CallDirection = .inbound, seconds: Int64 = 0, inner: String? = nil,
        at: Instant? = nil
    ) -> InboundMessage {
        InboundMessage(
            externalID: id,
            sender: Sender(
                identity: number.map {
                    ClaimedIdentity(address: .phone($0), evidence: .claimed)
                }),
            author: direction == .outbound ? .agent : .customer, kind: .call, sentAt: at,
            text: "",
            call: Call(
                direction: direction, outcome: outcome, durationSeconds: seconds,
                extension: inner))
    }
}
