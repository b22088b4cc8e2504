public import HelpdeskCore
public import HelpdeskStore

/// Makes a backup fit to be worked with again: an epoch begins, what may have gone out since is left to a person, and no number
/// that may have been told to anybody is given out twice. To be done once, before a desk is put together over the store.
public struct Restoring: Sendable {
    /// Entries looked at in one query.
    static let page = 500

    private let store: Store
    private let environment: DeskEnvironment

    public init(_ store: Store, environment: DeskEnvironment) {
        self.store = store
        self.environment = environment
    }

    /// All in one transaction; blocks.
    public func begin() throws(StoreError) -> StoreRestored {
        let environment = environment
        let from = Position(rawValue: store.writer.position.rawValue &+ 1)
        do throws(CommandFailure<Never>) {
            return try store.writer.submitNow(at: environment.now(), failing: Never.self) {
                transaction in
                try Self.begin(transaction, environment, from: from)
            }
        } catch {
            throw Self.storeError(error)
        }
    }

    /// Erases again whom the database knew as erased that this one takes the place of; how many there were.
    public func eraseAgain(_ customers: [CustomerID]) throws(StoreError) -> Int {
        guard !customers.isEmpty else { return 0 }
        let environment = environment
        do throws(CommandFailure<Never>) {
            return try store.writer.submitNow(at: environment.now(), failing: Never.self) {
                transaction in
                let again = try transaction.reader.unerased(customers)
                _ = try CustomerErasing.erase(again, by: .operator, in: transaction)
                return again.count
            }
        } catch {
            throw Self.storeError(error)
        }
    }

    private static func storeError(_ failure: CommandFailure<Never>) -> StoreError {
        switch failure {
        case .store(let error): error
        case .busy, .stopped: .locked("the store is closed")
        }
    }

    private static func begin(
        _ transaction: StoreTransaction, _ environment: DeskEnvironment, from: Position
    ) throws(StoreError) -> StoreRestored {
        let now = transaction.now
        let reader = transaction.reader
        let span = try reader.streamSpan()
        let epoch = try reader.epoch().number &+ 1
        let through = transaction.leaveGap { given in
            guard let span else { return given }
            return LostNumbers.goOn(
                after: given, first: span.first, last: span.last, restoredAt: now)
        }
        let (held, withdrawn) = try hold(transaction, environment)
        let skipped =
            try skipInvitations(transaction) + skipReminders(transaction)
            + endReadings(transaction) + skipRevisions(transaction)
        let restored = StoreRestored(
            epoch: epoch, from: from, through: span?.last, held: held, dropped: withdrawn + skipped,
            ticketsThrough: through)
        try transaction.append(
            .desk(.restored(restored)), ticket: nil, customer: nil, by: .operator)
        return restored
    }

    /// What waited at the backup may have gone out since. A person looks at what was for customers; agents need no old
    /// notifications.
    private static func hold(
        _ transaction: StoreTransaction, _ environment: DeskEnvironment
    ) throws(StoreError) -> (held: Int, withdrawn: Int) {
        var held = 0
        var withdrawn = 0
        var last = DeliveryID(rawValue: 0)
        while true {
            let page = try transaction.reader.pendingDeliveries(after: last, limit: Self.page)
            for delivery in page {
                last = delivery.id
                let isForAgent = isForAgent(delivery.purpose)
                if isForAgent { withdrawn += 1 } else { held += 1 }
                let detail = try transaction.keep(
                    isForAgent
                        ? "a backup was put back; agents get no notifications from before it"
                        : "a backup was put back: this waited in it and may have gone out since; release it or cancel it",
                    as: .deliveryDetail, of: delivery.customer, salt: environment.random(16))
                try transaction.append(
                    .delivery(
                        .settled(
                            DeliverySettled(
                                delivery: delivery.id,
                                state: isForAgent ? .cancelled : .uncertain,
                                attempt: delivery.attempts, next: nil, code: "restored",
                                detail: detail))),
                    ticket: delivery.ticket, customer: delivery.customer, by: .operator)
            }
            if page.count < Self.page { return (held, withdrawn) }
        }
    }

    private static func isForAgent(_ purpose: DeliveryPurpose) -> Bool {
        switch purpose {
        case .notification, .notice, .digest: true
        case .reply, .acknowledgement, .survey: false
        }
    }

    /// Chat answers that nobody had read in time may have gone by mail.
    private static func endReadings(_ transaction: StoreTransaction) throws(StoreError) -> Int {
        var ended = 0
        while true {
            let before = ended
            let tickets = try transaction.reader.ticketsUnread(at: transaction.now, limit: page)
            for ticket in tickets {
                for answer in try transaction.reader.unreadAnswers(of: ticket) {
                    guard answer.until <= transaction.now else { continue }
                    let delivery = answer.answer.delivery
                    try transaction.append(
                        .delivery(
                            .readingEnded(
                                ReadingEnded(delivery: delivery, outcome: .restored, mail: nil))),
                        ticket: ticket,
                        customer: try transaction.reader.delivery(delivery)?.customer,
                        by: .operator)
                    ended += 1
                }
            }
            if ended == before { return ended }
        }
    }

    /// Who was to be told of a later time before this moment may have been told.
    private static func skipRevisions(_ transaction: StoreTransaction) throws(StoreError) -> Int {
        var skipped = 0
        while true {
            let due = try transaction.reader.revisionsDue(at: transaction.now, limit: page)
            for (ticket, customer, until) in due {
                try transaction.append(
                    .promise(
                        .revisionSkipped(PromiseRevisionSkipped(until: until, reason: .restored))),
                    ticket: ticket, customer: customer, by: .operator)
            }
            skipped += due.count
            if due.count < page { return skipped }
        }
    }

    /// Who was to be reminded of a survey before this moment may have been.
    private static func skipReminders(_ transaction: StoreTransaction) throws(StoreError) -> Int {
        var skipped = 0
        while true {
            let before = skipped
            for id in try transaction.reader.dueReminders(at: transaction.now, limit: page) {
                guard let sent = try transaction.reader.invitationToRemind(id) else { continue }
                try transaction.append(
                    .survey(
                        .reminded(
                            SurveyReminded(invitation: id, delivery: nil, reason: .restored))),
                    ticket: sent.ticket, customer: sent.customer, by: .operator)
                skipped += 1
            }
            if skipped == before { return skipped }
        }
    }

    /// Surveys that were due before this moment may have been sent; those due later cannot.
    private static func skipInvitations(
        _ transaction: StoreTransaction
    ) throws(StoreError) -> Int {
        var skipped = 0
        while true {
            let due = try transaction.reader.dueInvitations(at: transaction.now, limit: page)
            for invitation in due {
                try transaction.append(
                    .survey(
                        .skipped(
                            SurveySkipped(
                                invitation: invitation.invitation, reason: .restored,
                                kind: invitation.kind, policy: invitation.policy,
                                occasion: invitation.occasion))),
                    ticket: invitation.ticket, customer: invitation.customer, by: .operator)
            }
            skipped += due.count
            if due.count < page { return skipped }
        }
    }
}
