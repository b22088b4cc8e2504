import HelpdeskAPI
import HelpdeskCore

/// One full and one bare example of the documents, for round trips.
enum Samples {
    static let at = Timestamp(Instant(milliseconds: 1_774_000_000_123))
    static let customer = API.CustomerSummary(id: CustomerID(rawValue: 7), name: "سارا", vip: true)

    static let bareTicket = API.Ticket(
        number: TicketNumber(rawValue: 12), status: .new, priority: .normal,
        team: TeamID(rawValue: "support"),
        customer: API.CustomerSummary(id: CustomerID(rawValue: 7), name: nil, vip: false),
        spam: false, ticketClass: .regular, inbox: InboxID(rawValue: "mail"), origin: .live,
        createdAt: at, updatedAt: at, version: 1)

    static let fullTicket = API.Ticket(
        number: TicketNumber(rawValue: 13), subject: "Re: \"order\"\n2", status: .closed,
        priority: .urgent, team: TeamID(rawValue: "support"), assignee: AgentID(rawValue: "sara"),
        customer: customer, tags: ["a", "b"], spam: true, ticketClass: .spam,
        inbox: InboxID(rawValue: "mail"), channels: [.email, .phoneLog],
        participants: [.init(kind: "email", id: "x@example.ir", name: nil)],
        related: [
            .init(
                number: TicketNumber(rawValue: 9), relation: "claimed",
                message: MessageID(rawValue: 4))
        ],
        origin: .history, createdAt: at, updatedAt: at, closedAt: at, closingReason: .wrappedUp,
        snoozedUntil: at, lastMessageAt: at, lastDirection: .inbound,
        callback: .init(due: at, calls: 3),
        sla: [.init(target: "first_response", state: "paused", due: nil)], score: 2, version: 40)

    static let bareMessage = API.Message(
        id: MessageID(rawValue: 5), ticket: TicketNumber(rawValue: 12), direction: .note,
        kind: .message, channel: .email, inbox: InboxID(rawValue: "mail"),
        author: .init(kind: .system), receivedAt: at, text: "", fullText: "", autoSubmitted: .no)

    static let fullMessage = API.Message(
        id: MessageID(rawValue: 6), ticket: TicketNumber(rawValue: 12), direction: .inbound,
        kind: .call, channel: .email, inbox: InboxID(rawValue: "mail"),
        author: .init(kind: .customer, id: .customer(CustomerID(rawValue: 7)), name: "Sara"),
        senderAuth: .unchecked, mark: "unchecked_sender", sentAt: at, receivedAt: at,
        subject: "Hi", text: "one", fullText: "one\n> two",
        attachments: [
            .init(
                id: AttachmentID(rawValue: 1), name: nil, contentType: "image/png", size: 3,
                sha256: BlobHash(rawValue: "00"))
        ],
        delivery: .init(
            id: DeliveryID(rawValue: 2), state: .uncertain, attempts: 2, detail: "451",
            nextAttemptAt: at, to: ["a@b"]),
        externalID: "x@y", autoSubmitted: .replied,
        call: Call(direction: .inbound, outcome: .missed, durationSeconds: 0),
        email: API.MailHeaders(
            from: [.init(name: nil, address: "a@b")], date: at, messageID: "x@y",
            references: ["r@s"]))
}
