internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.PartyID {
    init(_ party: Party) {
        switch party {
        case .customer(let customer): self = .customer(customer)
        case .agent(let agent): self = .agent(agent)
        }
    }
}

extension API.Message {
    /// An erased message keeps its place and says nothing.
    init(_ row: MessageRow) {
        let content = row.content
        let text = content?.text ?? ""
        self.init(
            id: row.id, ticket: row.ticket, direction: row.direction, kind: row.kind,
            channel: row.channel, inbox: row.inbox,
            author: Author(
                kind: row.authorKind, id: row.author.map(API.PartyID.init), name: row.authorName),
            senderAuth: row.senderAuth, mark: row.mark?.rawValue,
            sentAt: Timestamp(row.sentAt), receivedAt: Timestamp(row.receivedAt),
            subject: content?.subject, text: text, fullText: content?.fullText ?? text,
            attachments: row.attachments.map(API.Attachment.init),
            delivery: row.delivery.map(API.Delivery.init), externalID: content?.externalID,
            autoSubmitted: row.autoSubmitted, call: content?.call,
            email: content?.mail.map { API.MailHeaders($0, subject: content?.subject) })
    }
}

extension API.Attachment {
    init(_ row: AttachmentRow) {
        self.init(
            id: row.id, name: row.name, contentType: row.contentType, size: row.size,
            sha256: row.sha256)
    }
}

extension API.MailHeaders {
    init(_ mail: MessageContent.Mail, subject: String?) {
        self.init(
            subject: subject, from: mail.from.map(Address.init), to: mail.to.map(Address.init),
            cc: mail.cc.map(Address.init), replyTo: mail.replyTo.map(Address.init),
            date: Timestamp(mail.date), messageID: mail.messageID, inReplyTo: mail.inReplyTo,
            references: mail.references)
    }
}

extension API.MailHeaders.Address {
    init(_ address: MessageContent.Mail.Address) {
        self.init(name: address.name, address: address.address)
    }
}

extension API.Delivery {
    init(_ row: DeliveryRow) {
        self.init(
            id: row.id, state: row.state, attempts: row.attempts, detail: row.detail,
            code: row.code, report: row.report?.rawValue,
            nextAttemptAt: Timestamp(row.state.isFinal ? nil : row.nextAttemptAt),
            to: row.content?.recipients ?? [])
    }
}

extension API.OutboxEntry {
    init(_ row: DeliveryRow) {
        self.init(
            id: row.id, purpose: row.purpose, inbox: row.inbox, ticket: row.ticket,
            message: row.message, to: row.content?.recipients ?? [],
            subject: row.content?.subject, state: row.state, attempts: row.attempts,
            nextAttemptAt: Timestamp(row.state.isFinal ? nil : row.nextAttemptAt),
            detail: row.detail, code: row.code, report: row.report?.rawValue,
            createdAt: Timestamp(row.createdAt))
    }
}

extension API.QuarantineEntry {
    init(_ entry: HelpdeskStore.QuarantineEntry) {
        self.init(
            id: entry.id, inbox: entry.inbox, receivedAt: Timestamp(entry.at), code: entry.code,
            detail: entry.detail, size: entry.size,
            state: entry.state == .waiting ? "kept" : entry.state.rawValue)
    }
}

extension API.SearchHit {
    init(_ hit: HelpdeskStore.SearchHit) {
        self.init(
            ticket: hit.ticket, message: hit.message, at: Timestamp(hit.at),
            channel: hit.channel, status: hit.status, subject: hit.subject,
            customer: API.CustomerSummary(hit.customer), snippet: hit.snippet)
    }
}
