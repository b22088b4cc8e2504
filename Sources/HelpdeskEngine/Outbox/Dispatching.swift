internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Puts a message into the outbox within the transaction that causes it: the bytes are made now and stored, so that every
/// attempt sends the same (invariant 4).
struct Dispatching {
    /// What is to go out, before it has its ids.
    struct Draft {
        var purpose: DeliveryPurpose
        var way: ReplyRoute.Way
        var name: String?
        var cc: [IdentityAddress] = []
        var subject: String?
        var text: String
        var language: LanguageCode
        var attachments: [OutboundMessage.Attachment] = []
        var inReplyTo: String?
        var references: [String] = []
        var quote: OutboundMessage.Quote?
        var message: MessageID?
        var invitation: InvitationID?
        /// Whom a notification is for.
        var agent: AgentID?
        var due: Instant?
        /// Answers to choose from, where the channel can show them.
        var choices: [OutboundMessage.Choice] = []
        /// Where the recipient can say that they want no more of these.
        var stopLink: String?
    }

    struct Queued {
        let delivery: DeliveryID
        let messageID: String
    }

    let session: TicketSession

    /// What answers to a mail prove: the ticket, or that it is the answer to a notification.
    private enum Answerable { case ticket, notice }

    /// Where a draft belongs: beside a ticket, or, for a question about none to somebody without one, nowhere.
    private struct Place {
        let ticket: TicketNumber?
        let customer: CustomerID

        init(_ row: TicketRow) {
            ticket = row.ticket.number
            customer = row.ticket.customer
        }

        init(_ customer: CustomerID) {
            ticket = nil
            self.customer = customer
        }
    }

    /// The ids a draft will have, for content that must be written before.
    func reserve(_ row: TicketRow, via inbox: InboxID) -> Queued {
        reserve(Place(row), via: inbox, .ticket)
    }

    private func reserve(
        _ place: Place, via inbox: InboxID, _ answerable: Answerable
    ) -> Queued {
        let delivery = session.transaction.nextDelivery()
        return Queued(
            delivery: delivery, messageID: messageID(delivery, place.ticket, inbox, answerable))
    }

    /// Fails with the channel's refusal, or with why nothing automatic goes there now, before anything was written.
    func queue(
        _ draft: Draft, on row: TicketRow, reserved: Queued? = nil, cause: Position?
    ) throws -> Result<Queued, OutboundRefusal> {
        if let restraint = try restraint(on: draft, row) { return .failure(restraint.refusal) }
        return try put(draft, on: row, reserved: reserved, cause: cause)
    }

    /// To somebody beside no ticket; an answer to it is a new one.
    func queue(
        _ draft: Draft, to customer: CustomerID, cause: Position?
    ) throws -> Result<Queued, OutboundRefusal> {
        if let restraint = try restraint(on: draft, ticket: nil) {
            return .failure(restraint.refusal)
        }
        return try put(draft, at: Place(customer), reserved: nil, cause: cause)
    }

    /// For who has asked about restraint already.
    func put(
        _ draft: Draft, on row: TicketRow, reserved: Queued? = nil, cause: Position?
    ) throws -> Result<Queued, OutboundRefusal> {
        try put(draft, at: Place(row), reserved: reserved, cause: cause)
    }

    private func put(
        _ draft: Draft, at place: Place, reserved: Queued?, cause: Position?
    ) throws -> Result<Queued, OutboundRefusal> {
        let queued =
            reserved ?? reserve(place, via: draft.way.inbox, draft.agent == nil ? .ticket : .notice)
        guard let adapter = session.desk.adapter(of: draft.way.inbox) else {
            return .failure(
                OutboundRefusal(
                    .unsupported,
                    "inbox \(draft.way.inbox.rawValue) is not running; see hamdeld doctor"))
        }
        let outbound = outbound(draft, queued, place.ticket)
        let prepared: PreparedMessage
        do throws(OutboundRefusal) {
            prepared = try adapter.prepare(outbound)
        } catch {
            return .failure(error)
        }
        try session.transaction.keep(
            PreparedBytes(
                conversation: prepared.conversation, envelopeSender: prepared.envelopeSender,
                recipients: prepared.recipients, bytes: prepared.bytes), for: queued.delivery)
        let content = try session.transaction.keep(
            json: DeliveryContent(
                recipients: ([draft.way.address] + draft.cc).map(\.value),
                subject: draft.subject, messageID: queued.messageID), as: .delivery,
            of: place.customer, salt: session.desk.salt())
        try session.transaction.append(
            .delivery(
                .queued(
                    DeliveryQueued(
                        delivery: queued.delivery, purpose: draft.purpose,
                        inbox: draft.way.inbox, message: draft.message, agent: draft.agent,
                        invitation: draft.invitation, content: content,
                        due: draft.due ?? session.now))), ticket: place.ticket,
            customer: place.customer, by: .system, command: session.command, cause: cause)
        return .success(queued)
    }

    private func outbound(
        _ draft: Draft, _ queued: Queued, _ ticket: TicketNumber?
    ) -> OutboundMessage {
        let tokens = session.desk.tokens
        return OutboundMessage(
            delivery: queued.delivery, ticket: ticket,
            purpose: OutboundMessage.Purpose(draft.purpose), conversation: draft.way.conversation,
            to: [OutboundMessage.Recipient(address: draft.way.address, name: draft.name)],
            cc: draft.cc.map { OutboundMessage.Recipient(address: $0) }, subject: draft.subject,
            text: draft.text, language: draft.language.rawValue, attachments: draft.attachments,
            messageID: queued.messageID, inReplyTo: draft.inReplyTo,
            references: draft.references, quote: draft.quote, choices: draft.choices,
            stopLink: draft.stopLink,
            replyToken: draft.agent == nil
                ? ticket.flatMap(tokens.token(for:))
                : tokens.token(forAnswerTo: queued.delivery),
            returnToken: tokens.token(forReturnOf: queued.delivery), date: session.now)
    }

    /// `TOKEN.DELIVERY.RANDOM@domain`: the token first, so that an answer's References prove the ticket; 80 random bits
    /// last, so that who was sent one mail of a ticket cannot name another and say that it came back.
    private func messageID(
        _ delivery: DeliveryID, _ ticket: TicketNumber?, _ inbox: InboxID,
        _ answerable: Answerable
    ) -> String {
        let tokens = session.desk.tokens
        let token =
            switch answerable {
            case .ticket: ticket.flatMap(tokens.token(for:))
            case .notice: tokens.token(forAnswerTo: delivery)
            }
        let domain = session.policy.inboxes[inbox]?.address?.value
            .split(separator: "@").last.map(String.init)
        let random = Base32.text(session.desk.environment.random(10))
        return
            "\(token ?? "hamdel").\(delivery.rawValue).\(random)@\(domain ?? "hamdel.invalid")"
    }
}

extension OutboundMessage.Purpose {
    init(_ purpose: DeliveryPurpose) {
        self =
            switch purpose {
            case .reply: .reply
            case .acknowledgement: .acknowledgement
            case .survey: .survey
            case .notification: .notification
            case .notice, .digest: .notice
            }
    }
}
