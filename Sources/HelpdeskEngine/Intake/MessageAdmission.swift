internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// One new message the whole way, in one transaction: who, which ticket, whose work, what goes out (invariant 2).
struct MessageAdmission {
    let session: TicketSession
    let inbox: InboxPolicy
    let arrival: Arrival

    var message: InboundMessage { arrival.message }

    func admit() throws -> DeliveryOutcome {
        if let outcome = try admitReport() { return outcome }
        switch try AgentMail(session: session, inbox: inbox, arrival: arrival).take() {
        case .taken(let outcome): return outcome
        case .refused(let decision, let agent):
            let outcome = try admit(decided: decision)
            try Noticing(session: session).tellRefused(agent, decision, outcome)
            return outcome
        case .ordinary: return try admit(decided: nil)
        }
    }

    /// - Parameter decided: where the message goes, when that is clear already.
    private func admit(decided: ThreadingDecision?) throws -> DeliveryOutcome {
        let speaker = try Identification(session: session, inbox: inbox).identify(message)
        let heard =
            try decided == nil
            ? SurveyListening(session: session, inbox: inbox).hear(message, from: speaker) : nil
        let decision =
            try decided ?? heard.flatMap { try SurveyListening.place($0, session) }
            ?? ThreadingEvidence(session: session, inbox: inbox)
            .decide(arrival, speaker, origin: origin, ticketClass: ownClass(speaker))
        let received = try record(
            decision, of: speaker.customer, author: message.author, identity: speaker.identity,
            address: speaker.address)
        let row: TicketRow
        let events: [RecordedEvent]
        if decision.joins, let number = decision.ticket {
            row = try session.row(number)
            events = try session.perform(.receive(received), on: row, by: actor(speaker))
        } else {
            (row, events) = try open(received, speaker, decision)
        }
        if let heard {
            try SurveyListening(session: session, inbox: inbox)
                .record(heard, message: received.message)
        }
        try follow(row.ticket.number, events, received, speaker, decision)
        return .ticketed(message: received.message, ticket: row.ticket.number)
    }

    /// Live, unless the channel or the age of the row says it is history (invariant 12).
    var origin: Origin {
        if message.origin != .live { return message.origin }
        guard inbox.channel == .phoneLog || inbox.channel == .exec, let sentAt = message.sentAt
        else { return .live }
        return session.now.since(sentAt) > inbox.liveWithin ? .history : .live
    }

    /// Spam and bulk as the channel says; what comes from our own addresses is bulk, and so is what servers report.
    private func ownClass(_ speaker: Identification.Speaker) -> TicketClass {
        guard message.ticketClass == .regular else { return message.ticketClass }
        if speaker.blocking == .blocked { return .spam }
        if message.autoSubmitted == .bounce || message.deliveryReport != nil { return .bulk }
        return speaker.address.map(session.policy.isOwn) ?? false ? .bulk : .regular
    }

    /// A flood of new tickets from one sender is bulk too: kept, in its own view, answered by nobody automatically.
    private func ticketClass(
        _ speaker: Identification.Speaker, _ decision: ThreadingDecision
    ) throws -> TicketClass {
        let own = ownClass(speaker)
        guard own == .regular else { return own }
        // A machine that answers a notification is nobody's work.
        if decision.rule == .notice, message.autoSubmitted != .no { return .bulk }
        let limit = session.policy.ticketsPerSenderHour
        guard limit > 0, origin == .live, inbox.channel == .email else { return .regular }
        let recent = try session.reader.ticketsOpened(
            by: speaker.customer, since: session.now - .hours(1), limit: limit)
        return recent >= limit ? .bulk : .regular
    }

    private func actor(_ speaker: Identification.Speaker) -> Actor {
        switch message.author {
        case .customer: .customer(speaker.customer)
        case .bot: .bot
        case .agent, .system: .system
        }
    }

    /// Keeps the message's words, bytes and files.
    func record(
        _ decision: ThreadingDecision, of customer: CustomerID, author: AuthorKind,
        identity: IdentityID?, address: IdentityAddress?
    ) throws -> MessageReceived {
        let transaction = session.transaction
        if let raw = message.raw, let hash = arrival.rawHash {
            try transaction.keep(blob: raw, hash: hash)
        }
        let id = transaction.nextMessage()
        let content = try transaction.keep(
            json: MessageContent(message, address: address), as: .message, of: customer,
            salt: arrival.salt)
        return MessageReceived(
            message: id, inbox: inbox.id, channel: inbox.channel, kind: message.kind,
            author: author, identity: identity, senderAuth: message.senderAuth,
            autoSubmitted: message.autoSubmitted, sentAt: message.sentAt, origin: origin,
            content: content, raw: arrival.rawHash, attachments: try attachments(),
            fingerprint: arrival.fingerprint, threading: decision,
            call: message.call.map {
                CallFigures(
                    direction: $0.direction, outcome: $0.outcome,
                    durationSeconds: $0.durationSeconds)
            })
    }

    private func attachments() throws -> [AttachmentRef] {
        var refs: [AttachmentRef] = []
        for attachment in message.attachments {
            let place: AttachmentRef.Place
            switch attachment.body {
            case .range(let offset, let length, let encoding):
                place = .range(
                    offset: Int64(offset), length: Int64(length), encoding: encoding.rawValue)
            case .bytes(let bytes):
                try session.transaction.keep(blob: bytes, hash: attachment.sha256)
                place = .blob
            }
            refs.append(
                AttachmentRef(
                    id: session.transaction.nextAttachment(), sha256: attachment.sha256,
                    size: attachment.size, place: place))
        }
        return refs
    }

    private func open(
        _ received: MessageReceived, _ speaker: Identification.Speaker,
        _ decision: ThreadingDecision
    ) throws -> (TicketRow, [RecordedEvent]) {
        let number = session.transaction.nextTicket()
        let subject = try message.subject.flatMap { subject in
            subject.isEmpty
                ? nil : try session.keep(subject, as: .subject, of: speaker.customer)
        }
        let opened = TicketOpened(
            team: inbox.team, inbox: inbox.id, channel: inbox.channel,
            customer: speaker.customer, origin: origin,
            ticketClass: try ticketClass(speaker, decision),
            status: openingStatus, priority: .normal, language: arrival.language?.rawValue,
            subject: subject,
            isPrivate: session.policy.teams[inbox.team]?.privacy == .restricted)
        let events = try session.append(
            [.opened(opened), .messageReceived(received)], to: nil, number: number,
            customer: speaker.customer, by: actor(speaker))
        let row = try session.row(number)
        if let other = decision.ticket { try link(row, to: other, received, decision) }
        return (try session.row(number), events)
    }

    private var openingStatus: TicketStatus {
        if origin == .history { return .closed }
        return message.call?.outcome == .answered ? .open : .new
    }

    /// Both sides see the link; nothing of the older ticket goes to the writer (invariant 6).
    private func link(
        _ row: TicketRow, to other: TicketNumber, _ received: MessageReceived,
        _ decision: ThreadingDecision
    ) throws {
        let relation: TicketLinked.Relation =
            switch decision.outcome {
            case .followUp: .followUp
            case .linked: .claimed
            case .hinted, .opened, .joined, .reopened, .joinedClosed: .hint
            }
        try session.perform(
            .link(TicketLinked(other: other, relation: relation, message: nil)), on: row,
            by: .system)
        guard let older = try session.reader.ticket(other, viewer: .system) else { return }
        try session.perform(
            .link(
                TicketLinked(
                    other: row.ticket.number, relation: relation, message: received.message)),
            on: older, by: .system)
    }

    /// What a live message leads to.
    private func follow(
        _ number: TicketNumber, _ events: [RecordedEvent], _ received: MessageReceived,
        _ speaker: Identification.Speaker, _ decision: ThreadingDecision
    ) throws {
        guard origin == .live else { return }
        let cause = events.first?.position
        try session.settle(events, on: number)
        if message.kind == .call {
            try CallRules(session: session, inbox: inbox).follow(
                message, received, number, cause: cause)
        }
        if needsRouting(try session.row(number), decision) {
            if !decision.joins { try askRules(number, speaker, cause: cause) }
            try TicketRouting(session: session).route(
                try session.row(number), holder: try holder(decision), cause: cause)
        }
        if decision.joins {
            // A score is read in reports, a low one in its recovery.
            if decision.rule != .survey { try notify(try session.row(number), cause: cause) }
        } else if decision.rule != .notice {
            try Acknowledging(session: session, inbox: inbox).consider(
                try session.row(number), arrival, speaker, cause: cause)
        }
    }

    private func askRules(
        _ number: TicketNumber, _ speaker: Identification.Speaker, cause: Position?
    ) throws {
        try TicketRules(session: session).opened(
            number,
            words: TicketRules.Words(
                subject: message.subject, text: message.text, sender: speaker.address),
            cause: cause)
    }

    /// Whoever has the ticket hears that the customer answered.
    private func notify(_ row: TicketRow, cause: Position?) throws {
        guard message.author == .customer, message.kind == .message,
            message.autoSubmitted == .no, let agent = row.ticket.assignee
        else { return }
        try Noticing(session: session).tell(agent, .answered(message.text), row, cause: cause)
    }

    private func needsRouting(_ row: TicketRow, _ decision: ThreadingDecision) -> Bool {
        guard message.author == .customer || message.handoff, row.ticket.isRoutable else {
            return false
        }
        // Whoever spoke on the phone has it in hand; nobody else's work until the wrap-up ends.
        if message.call?.outcome == .answered && !decision.joins { return false }
        return row.ticket.assignee == nil || decision.outcome == .reopened
    }

    /// A linked or follow-up ticket goes to the agent of the ticket it points to.
    private func holder(_ decision: ThreadingDecision) throws -> AgentID? {
        guard !decision.joins, let other = decision.ticket else { return nil }
        return try session.reader.ticket(other, viewer: .system)?.ticket.assignee
    }
}

extension MessageContent {
    init(_ message: InboundMessage, address: IdentityAddress?) {
        self.init(
            externalID: message.externalID, conversation: message.conversation,
            subject: message.subject, authorName: message.sender.name,
            address: (address ?? message.sender.identity?.address)?.text, text: message.text,
            fullText: message.fullText == message.text ? nil : message.fullText,
            html: message.html,
            files: message.attachments.map {
                File(name: $0.name, contentType: $0.contentType, contentID: $0.contentID)
            },
            mail: message.email.map(Mail.init), call: message.call)
    }
}

extension MessageContent.Mail {
    init(_ headers: MailHeaders) {
        func addresses(_ list: [MailHeaders.Address]) -> [Address] {
            list.map { Address(name: $0.name, address: $0.address) }
        }
        self.init(
            from: addresses(headers.from), to: addresses(headers.to), cc: addresses(headers.cc),
            replyTo: addresses(headers.replyTo), date: headers.date,
            messageID: headers.messageID, inReplyTo: headers.inReplyTo,
            references: headers.references)
    }
}
