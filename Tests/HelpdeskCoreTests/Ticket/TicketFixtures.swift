import HelpdeskCore

/// A ticket in any state, and the events its commands speak of.
enum Sample {
    static let number = TicketNumber(rawValue: 7)
    static let now = Instant(milliseconds: 1_795_341_600_000)
    static let nima = AgentID(rawValue: "nima")
    static let leila = AgentID(rawValue: "leila")
    static let support = TeamID(rawValue: "support")
    static let mail = InboxID(rawValue: "mail")
    static let content = ContentRef(id: ContentID(rawValue: 1), mac: "0")

    static func ticket(
        _ status: TicketStatus, assignee: AgentID? = nima, answered: Bool = false,
        ticketClass: TicketClass = .regular, snoozed: Bool = false,
        callback: Ticket.Callback = .none, reason: ClosingReason? = nil, tags: [String] = []
    ) -> Ticket {
        Ticket(
            number: number, customer: CustomerID(rawValue: 1), inbox: mail, channel: .email,
            team: support,
            status: status, priority: .normal, ticketClass: ticketClass, origin: .live,
            assignee: assignee,
            tags: tags, snoozedUntil: snoozed ? now + .hours(1) : nil, openedAt: now - .days(1),
            closedAt: status == .closed ? now - .hours(1) : nil,
            closingReason: status == .closed ? reason ?? .solved : nil,
            answer: answered
                ? .answered(first: now - .hours(3), last: now - .hours(2), by: nima) : .unanswered,
            callback: callback, version: 5)
    }

    static func received(
        _ outcome: ThreadingDecision.Outcome = .joined, author: AuthorKind = .customer,
        auto: AutoSubmitted = .no, origin: Origin = .live
    ) -> MessageReceived {
        MessageReceived(
            message: MessageID(rawValue: 9), inbox: mail, channel: .email, kind: .message,
            author: author,
            identity: nil, senderAuth: .verified, autoSubmitted: auto, sentAt: nil, origin: origin,
            content: content, raw: nil, attachments: [], fingerprint: "f",
            threading: ThreadingDecision(rule: .token, outcome: outcome, ticket: number, steps: []),
            call: nil)
    }

    static var written: MessageWritten {
        MessageWritten(
            message: MessageID(rawValue: 10), inbox: mail, channel: .email, agent: nima,
            content: content,
            attachments: [], answers: nil)
    }

    static var note: NoteWritten {
        NoteWritten(message: MessageID(rawValue: 11), agent: nima, content: content)
    }

    static func changed(
        _ from: TicketStatus, _ to: TicketStatus, _ cause: StatusChanged.Cause,
        _ reason: ClosingReason? = nil
    ) -> TicketEvent {
        .statusChanged(StatusChanged(from: from, to: to, reason: reason, cause: cause))
    }

    static var decision: RoutingDecision {
        RoutingDecision(
            at: now, team: support, work: .mail, priority: .normal,
            outcome: .queued(support, because: .everybodyFull),
            preferred: [], candidates: [], lookAgainAt: nil)
    }
}
