internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// One batch of an inbox within the transaction: has it been here before, who is it from, where does it go.
struct Admission {
    let desk: Desk
    let transaction: StoreTransaction
    let inbox: InboxPolicy

    init(desk: Desk, transaction: StoreTransaction, inbox: InboxID) throws {
        guard let policy = desk.policy.inboxes[inbox] else {
            throw DeliveryRefusal.storeFailed("inbox \(inbox.rawValue) is not configured")
        }
        self.desk = desk
        self.transaction = transaction
        self.inbox = policy
    }

    func admit(
        _ arrivals: [Arrival], cursor: Cursor?, request: RequestKey?
    ) throws -> [DeliveryOutcome] {
        if let request, let replayed = try replay(of: request) {
            guard replayed else {
                throw DeliveryRefusal.conflict(
                    existing: "webhook \(request.id) was received before with another body")
            }
            return try arrivals.map { try known($0) ?? admit($0) }
        }
        // Refusals first: a batch is kept whole or not at all, and nothing was written yet.
        if inbox.capabilities.sameIDOtherContent == .refuse {
            for arrival in arrivals { try refuseOtherContent(arrival) }
        }
        var outcomes: [DeliveryOutcome] = []
        for arrival in arrivals {
            outcomes.append(try known(arrival) ?? admit(arrival))
        }
        if let request {
            try transaction.keepRequestKey(
                inbox: inbox.id, id: request.id, bodyHash: request.bodyHash)
        }
        if let cursor { try transaction.keepCursor(cursor.text, of: inbox.id) }
        return outcomes
    }

    private func admit(_ arrival: Arrival) throws -> DeliveryOutcome {
        try MessageAdmission(
            session: TicketSession(desk, transaction, by: .system), inbox: inbox,
            arrival: arrival
        ).admit()
    }

    /// True: the same request again; false: the same id with another body; nil: never seen.
    private func replay(of request: RequestKey) throws -> Bool? {
        try transaction.reader.requestBodyHash(inbox: inbox.id, id: request.id)
            .map { $0 == request.bodyHash }
    }

    /// The same message again: nothing is added.
    private func known(_ arrival: Arrival) throws -> DeliveryOutcome? {
        guard
            let earlier = try transaction.reader.messageKept(
                inbox: inbox.id, externalID: arrival.message.externalID,
                fingerprint: inbox.capabilities.sameIDOtherContent == .keepFirst
                    ? nil : arrival.fingerprint)
        else { return nil }
        return .duplicate(message: earlier.message, ticket: earlier.ticket)
    }

    private func refuseOtherContent(_ arrival: Arrival) throws {
        let externalID = arrival.message.externalID
        guard try known(arrival) == nil,
            let other = try transaction.reader.messageKept(
                inbox: inbox.id, externalID: externalID, fingerprint: nil)
        else { return }
        throw DeliveryRefusal.conflict(
            existing:
                "external_id \(externalID) was received before with other content, as message \(other.message.rawValue)"
        )
    }
}
