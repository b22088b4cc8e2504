/// What can happen to an entry of the outbox.
public enum DeliveryEvent: Hashable, Sendable {
    case queued(DeliveryQueued)
    /// Committed before the network is touched, so that a death in between is known afterwards.
    case attempted(DeliveryAttempted)
    case settled(DeliverySettled)
    /// The provider said later that it arrived, was read, or failed.
    case receiptArrived(ReceiptArrived)
    case acknowledgementSkipped(AcknowledgementSkipped)
    /// A mail server, or the reader's program, said something of a delivery afterwards.
    case reported(DeliveryReported)
    case readingAwaited(ReadingAwaited)
    case readingEnded(ReadingEnded)
}

/// Where an outbox entry stands.
public enum DeliveryState: String, Hashable, Sendable, Codable, CaseIterable {
    case queued, sending, sent, delivered, failed
    /// Will be tried again.
    case retrying
    /// It may have gone out: we or the connection died between the peer's acceptance and our mark.
    case uncertain
    case cancelled, held

    /// Nothing more will happen by itself.
    public var isFinal: Bool {
        switch self {
        case .sent, .delivered, .failed, .cancelled: true
        case .queued, .sending, .retrying, .uncertain, .held: false
        }
    }
}

/// What an outbox entry is for.
public enum DeliveryPurpose: String, Hashable, Sendable, Codable {
    case reply, acknowledgement, survey, notification, notice
    /// Several notifications to an agent in one mail.
    case digest
}

public struct DeliveryQueued: Hashable, Sendable, Codable {
    public var delivery: DeliveryID
    public var purpose: DeliveryPurpose
    public var inbox: InboxID
    /// The message it carries to the customer; nil for surveys and acknowledgements.
    public var message: MessageID?
    /// Whom a notification is for; nil for everything that goes to customers.
    public var agent: AgentID?
    public var invitation: InvitationID?
    /// Recipients and subject, of kind `delivery`.
    public var content: ContentRef
    /// Not before this moment.
    public var due: Instant

    public init(
        delivery: DeliveryID, purpose: DeliveryPurpose, inbox: InboxID, message: MessageID?,
        agent: AgentID? = nil, invitation: InvitationID?, content: ContentRef, due: Instant
    ) {
        self.delivery = delivery
        self.purpose = purpose
        self.inbox = inbox
        self.message = message
        self.agent = agent
        self.invitation = invitation
        self.content = content
        self.due = due
    }
}

public struct DeliveryAttempted: Hashable, Sendable, Codable {
    public var delivery: DeliveryID
    public var attempt: Int

    public init(delivery: DeliveryID, attempt: Int) {
        self.delivery = delivery
        self.attempt = attempt
    }
}

public struct DeliverySettled: Hashable, Sendable, Codable {
    public var delivery: DeliveryID
    public var state: DeliveryState
    public var attempt: Int
    /// The next attempt, for `retrying` and `uncertain`.
    public var next: Instant?
    public var code: String?
    /// The peer's words, of kind `delivery_detail`.
    public var detail: ContentRef?
    /// Recipients still to be reached, of kind `delivery`; nil: unchanged.
    public var remaining: ContentRef?

    public init(
        delivery: DeliveryID, state: DeliveryState, attempt: Int, next: Instant?, code: String?,
        detail: ContentRef?, remaining: ContentRef? = nil
    ) {
        self.delivery = delivery
        self.state = state
        self.attempt = attempt
        self.next = next
        self.code = code
        self.detail = detail
        self.remaining = remaining
    }
}

public struct ReceiptArrived: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable { case delivered, read, failed }

    public var delivery: DeliveryID
    public var kind: Kind
    /// The provider's words, of kind `delivery_detail`.
    public var detail: ContentRef?

    public init(delivery: DeliveryID, kind: Kind, detail: ContentRef? = nil) {
        self.delivery = delivery
        self.kind = kind
        self.detail = detail
    }
}

public struct AcknowledgementSkipped: Hashable, Sendable, Codable {
    public enum Reason: String, Sendable, Codable {
        case automatic
        case notRegular = "not_regular"
        case history
        case dailyLimit = "daily_limit"
        case noAddress = "no_address"
        case ownAddress = "own_address"
        case receiveOnly = "receive_only"
        case disabled
        /// Three in seven days to a sender whom nobody vouches for.
        case weeklyLimit = "weekly_limit"
        /// The whole desk sent as many in the last hour as it may: it pauses (reliability §5).
        case paused
        /// Mail to this address came back lately.
        case undeliverable
        /// This ticket sent the address enough automatic mail for now.
        case tooMany = "too_many"
        /// The message was sent before a backup was put back: it may have been acknowledged in the time that is gone.
        case restored
    }

    public var reason: Reason
    public init(reason: Reason) { self.reason = reason }
}
