internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Tells the customer of a new ticket that we have it, within the bounds of invariant 9, or records why not.
struct Acknowledging {
    let session: TicketSession
    let inbox: InboxPolicy

    func consider(
        _ row: TicketRow, _ arrival: Arrival, _ speaker: Identification.Speaker,
        cause: Position?
    ) throws {
        // Whoever chats sees that somebody is there; a caller cannot be written to.
        guard inbox.capabilities.liveness == .deferred, arrival.message.kind == .message else {
            return
        }
        switch try judge(row, arrival, speaker) {
        case .skip(let reason):
            try session.append(
                .delivery(.acknowledgementSkipped(AcknowledgementSkipped(reason: reason))),
                on: row, cause: cause)
        case .send(let address):
            try send(to: address, row, arrival, cause: cause)
        }
    }

    private enum Verdict {
        case send(IdentityAddress)
        case skip(AcknowledgementSkipped.Reason)
    }

    private func judge(
        _ row: TicketRow, _ arrival: Arrival, _ speaker: Identification.Speaker
    ) throws -> Verdict {
        let policy = session.policy.acknowledgement
        let message = arrival.message
        if policy.acknowledgements == .off || inbox.acknowledgements == .off {
            return .skip(.disabled)
        }
        if row.ticket.origin == .history { return .skip(.history) }
        if message.autoSubmitted != .no { return .skip(.automatic) }
        guard let address = speaker.address else { return .skip(.noAddress) }
        if session.policy.isOwn(address) { return .skip(.ownAddress) }
        if row.ticket.ticketClass != .regular { return .skip(.notRegular) }
        if inbox.capabilities.sending == .receiveOnly { return .skip(.receiveOnly) }
        let bounds = AcknowledgementBounds(session: session)
        switch try bounds.limit(message.senderAuth, to: address, of: row.ticket.customer) {
        case .day: return .skip(.dailyLimit)
        case .week: return .skip(.weeklyLimit)
        case .everybody: return .skip(.paused)
        case nil: return .send(address)
        }
    }

    /// Holds nothing of what the customer wrote, not even the subject: whoever forged the sender must not be able to
    /// send words through us.
    private func send(
        to address: IdentityAddress, _ row: TicketRow, _ arrival: Arrival, cause: Position?
    ) throws {
        let words = Wording(row: row, inbox: inbox)
        let until = try TicketPromises(session: session).answerTime(row.ticket.number)
        let draft = Dispatching.Draft(
            purpose: .acknowledgement,
            way: ReplyRoute.Way(
                inbox: inbox.id, channel: inbox.channel, address: address,
                conversation: arrival.message.conversation, verification: .unverified,
                window: .open, lastUsed: nil),
            subject: words.text(.acknowledgementSubject) + " "
                + SubjectTag.text(for: row.ticket.number),
            text: until.map { words.text(.acknowledgementWithPromise, promise: $0) }
                ?? words.text(.acknowledgement), language: words.language,
            inReplyTo: arrival.message.email?.messageID,
            references: arrival.message.email?.messageID.map { [$0] } ?? [])
        let dispatching = Dispatching(session: session)
        let reason: AcknowledgementSkipped.Reason
        switch try dispatching.restraint(on: draft, row) {
        case .undeliverable: reason = .undeliverable
        case .tooMany: reason = .tooMany
        case nil:
            switch try dispatching.put(draft, on: row, cause: cause) {
            case .success(let queued): return try told(until, by: queued, row, cause: cause)
            case .failure: reason = .noAddress
            }
        }
        try session.append(
            .delivery(.acknowledgementSkipped(AcknowledgementSkipped(reason: reason))), on: row,
            cause: cause)
    }

    /// What the customer will read of times is an event: it is kept, revised or broken.
    private func told(
        _ until: Instant?, by queued: Dispatching.Queued, _ row: TicketRow, cause: Position?
    ) throws {
        guard let until else { return }
        let given = PromiseGiven(
            until: until, delivery: queued.delivery,
            reviseAt: session.policy.acknowledgement.revision.moment(
                givenAt: session.now, until: until, revisions: 0))
        try session.append(.promise(.given(given)), on: row, cause: cause)
    }
}

/// Our own texts in the ticket's language.
struct Wording {
    let language: LanguageCode
    private let row: TicketRow
    private let inbox: InboxPolicy

    init(row: TicketRow, inbox: InboxPolicy) {
        self.row = row
        self.inbox = inbox
        let known = row.language.flatMap { LanguageCode($0) }
        language =
            [known, inbox.language].compactMap { $0 }
            .first { $0 == .persian || $0 == .english } ?? .english
    }

    func text(
        _ key: CustomerTextKey, link: String? = nil, agent: String? = nil, promise: Instant? = nil
    ) -> String {
        CustomerTexts.standard.text(
            key, in: language == .persian ? .persian : .english,
            TextParameters(
                ticket: row.ticket.number,
                promise: promise.map { TextParameters.Promise($0, in: inbox.zone) }, link: link,
                brand: inbox.brand, agent: agent))
    }
}
