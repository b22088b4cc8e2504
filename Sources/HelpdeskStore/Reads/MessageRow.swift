public import HelpdeskCore

/// Who wrote or caused something, where they have an id.
public enum Party: Hashable, Sendable {
    case customer(CustomerID)
    case agent(AgentID)
}

/// A message, note or call with its words.
public struct MessageRow: Hashable, Sendable {
    public let id: MessageID
    public let ticket: TicketNumber
    public let customer: CustomerID
    public let direction: MessageDirection
    public let kind: MessageKind
    /// For a note: the channel of its ticket; so is the inbox.
    public let channel: ChannelKind
    public let inbox: InboxID
    public let authorKind: AuthorKind
    public let author: Party?
    public let authorName: String?
    /// Nil for what we wrote.
    public let senderAuth: SenderAuth?
    public let autoSubmitted: AutoSubmitted
    public let origin: Origin
    public let sentAt: Instant?
    public let receivedAt: Instant
    /// Its place on the customer's timeline.
    public let happenedAt: Instant
    public let position: Position
    public let answers: MessageID?
    public let mark: ThreadingDecision.Mark?
    /// The bytes as received.
    public let raw: BlobHash?
    /// Nil once erased.
    public let content: MessageContent?
    public internal(set) var attachments: [AttachmentRow]
    /// The newest entry of the outbox that carries it.
    public let delivery: DeliveryRow?
}

/// A file of a message; its bytes are read on their own.
public struct AttachmentRow: Hashable, Sendable {
    public let id: AttachmentID
    public let name: String?
    public let contentType: String
    public let contentID: String?
    /// In bytes, decoded.
    public let size: Int64
    public let sha256: BlobHash
}

/// An entry of the outbox.
public struct DeliveryRow: Hashable, Sendable {
    public let id: DeliveryID
    public let purpose: DeliveryPurpose
    public let inbox: InboxID
    public let ticket: TicketNumber?
    public let customer: CustomerID?
    public let message: MessageID?
    public let invitation: InvitationID?
    public let state: DeliveryState
    public let attempts: Int
    public let nextAttemptAt: Instant?
    public let createdAt: Instant
    public let settledAt: Instant?
    public let code: String?
    /// The peer's last words.
    public let detail: String?
    /// Recipients still to be reached, or reached; nil once erased.
    public let content: DeliveryContent?
    /// What was said of it after the peer had taken it.
    public let report: DeliveryReported.Verdict?
}

extension DeliveryRow {
    /// The columns of `outbox o` with its contents `oc` and `od`, in the order that `init` reads.
    static let columns = """
        o.id, o.purpose, o.inbox, o.ticket, o.customer, o.message, o.invitation, o.state,
        o.attempts, o.next_at, o.created_at, o.settled_at, o.code, od.body, oc.body, o.report
        """

    /// From the columns at `start`.
    init(row: borrowing SQLRow, at start: Int) throws(StoreError) {
        id = try row.number(start)
        purpose = try row.word(start + 1)
        inbox = try row.word(start + 2)
        ticket = row.optionalNumber(start + 3)
        customer = row.optionalNumber(start + 4)
        message = row.optionalNumber(start + 5)
        invitation = row.optionalNumber(start + 6)
        state = try row.word(start + 7)
        attempts = Int(clamping: try row.integer(start + 8))
        nextAttemptAt = row.optionalInstant(start + 9)
        createdAt = try row.instant(start + 10)
        settledAt = row.optionalInstant(start + 11)
        code = row.optionalText(start + 12)
        detail = row.optionalText(start + 13)
        if let body = row.optionalText(start + 14) {
            content = try ContentSeal.decode(DeliveryContent.self, from: body)
        } else {
            content = nil
        }
        report = row.optionalWord(start + 15)
    }
}
