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
        var due: Instant?
    }

    struct Queued {
        let delivery: DeliveryID
        let messageID: String
    }

    let session: TicketSession

    /// The ids a draft will have, for content that must be written before.
    func reserve(_ row: TicketRow, via inbox: InboxID) -> Queued {
        let delivery = session.transaction.nextDelivery()
        return Queued(delivery: delivery, messageID: messageID(delivery, row, inbox))
    }

    /// Fails with the channel's refusal, before anything was written.
    func queue(
        _ draft: Draft, on row: TicketRow, reserved: Queued? = nil, cause: Position?
    ) throws -> Result<Queued, OutboundRefusal> {
        let queued = reserved ?? reserve(row, via: draft.way.inbox)
        guard let adapter = session.desk.adapter(of: draft.way.inbox) else {
            return .failure(
                OutboundRefusal(
                    .unsupported,
                    "inbox \(draft.way.inbox.rawValue) is not running; see hamdeld doctor"))
        }
        let outbound = outbound(draft, queued, row)
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
            of: row.ticket.customer, salt: session.desk.salt())
        try session.append(
            .delivery(
                .queued(
                    DeliveryQueued(
                        delivery: queued.delivery, purpose: draft.purpose,
                        inbox: draft.way.inbox, message: draft.message,
                        invitation: draft.invitation, content: content,
                        due: draft.due ?? session.now))), on: row, cause: cause)
        return .success(queued)
    }

    private func outbound(
        _ draft: Draft, _ queued: Queued, _ row: TicketRow
    ) -> OutboundMessage {
        OutboundMessage(
            delivery: queued.delivery, ticket: row.ticket.number,
            purpose: OutboundMessage.Purpose(draft.purpose), conversation: draft.way.conversation,
            to: [OutboundMessage.Recipient(address: draft.way.address, name: draft.name)],
            cc: draft.cc.map { OutboundMessage.Recipient(address: $0) }, subject: draft.subject,
            text: draft.text, language: draft.language.rawValue, attachments: draft.attachments,
            messageID: queued.messageID, inReplyTo: draft.inReplyTo,
            references: draft.references, quote: draft.quote,
            replyToken: session.desk.tokens.token(for: row.ticket.number), date: session.now)
    }

    /// `TOKEN.DELIVERY@domain`: the token first, so that an answer's References prove the ticket.
    private func messageID(
        _ delivery: DeliveryID, _ row: TicketRow, _ inbox: InboxID
    ) -> String {
        let token = session.desk.tokens.token(for: row.ticket.number) ?? "hamdel"
        let domain = session.policy.inboxes[inbox]?.address?.value
            .split(separator: "@").last.map(String.init)
        return "\(token).\(delivery.rawValue)@\(domain ?? "hamdel.invalid")"
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
            case .notice: .notice
            }
    }
}
