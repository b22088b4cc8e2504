internal import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore

/// Sends what waits in the outbox: at least once, the same bytes each time, in order per ticket and recipient; what it cannot
/// know it says (`uncertain`).
public struct OutboxWorker: Sendable {
    /// Deliveries under way at once.
    static let parallel = 16
    /// In one run, so that a run ends.
    static let perRun = 512

    let desk: Desk
    private let retry: RetryPolicy

    public init(_ desk: Desk, retry: RetryPolicy = RetryPolicy()) {
        self.desk = desk
        self.retry = retry
    }

    /// After a start: entries that were being sent when we died may have gone out. They are shown as such and tried
    /// again once more, with the same Message-ID.
    public func recover() async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            for interrupted in try transaction.reader.interruptedDeliveries() {
                let settling = Settling(desk: desk, transaction: transaction)
                try settling.settle(
                    interrupted, attempt: interrupted.attempts, state: .uncertain,
                    next: settling.again(interrupted, at: transaction.now), code: nil,
                    detail: "the daemon stopped while this was being sent")
            }
        }
    }

    /// Sends what is due, and what becomes due while it does, at most `perRun` entries; how many were tried. Each is settled as
    /// soon as its channel has answered, and the next takes its place: a slow one holds up nobody else.
    public func runOnce() async throws(DeskFailure) -> Int {
        let outcome = await withTaskGroup(
            of: (ClaimedDelivery, SendResult).self, returning: Result<Int, DeskFailure>.self
        ) { group in
            var tried = 0
            var underWay = 0
            var failure: DeskFailure?
            while true {
                if failure == nil && tried < Self.perRun {
                    do throws(DeskFailure) {
                        for delivery in try await claim(atMost: Self.parallel - underWay) {
                            group.addTask { (delivery, await self.send(delivery)) }
                            underWay += 1
                            tried += 1
                        }
                    } catch { failure = error }
                }
                guard let (delivery, result) = await group.next() else { break }
                underWay -= 1
                // Also after a failure: what is known of a message that went out must be written down.
                do throws(DeskFailure) { try await settle(delivery, result) } catch {
                    failure = failure ?? error
                }
            }
            return failure.map { .failure($0) } ?? .success(tried)
        }
        return try outcome.get()
    }

    struct ClaimedDelivery: Sendable {
        let due: DueDelivery
        let attempt: Int
        let prepared: PreparedBytes
    }

    /// Committed before the network is touched: a death in between is known afterwards.
    private func claim(atMost limit: Int) async throws(DeskFailure) -> [ClaimedDelivery] {
        guard limit > 0 else { return [] }
        let desk = desk
        let now = desk.now
        let due = try await due(at: now, limit: limit)
        guard !due.isEmpty else { return [] }
        return try await desk.write { transaction in
            var claimed: [ClaimedDelivery] = []
            for delivery in due {
                guard let current = try transaction.reader.delivery(delivery.id),
                    current == delivery
                else { continue }
                guard let prepared = try transaction.reader.prepared(delivery.id) else {
                    // Its bytes were erased with the customer.
                    try Settling(desk: desk, transaction: transaction).settle(
                        delivery, attempt: delivery.attempts, state: .cancelled, next: nil,
                        code: "erased", detail: nil)
                    continue
                }
                let attempt = delivery.attempts &+ 1
                try transaction.append(
                    .delivery(
                        .attempted(
                            DeliveryAttempted(delivery: delivery.id, attempt: attempt))),
                    ticket: delivery.ticket, customer: delivery.customer, by: .system)
                claimed.append(
                    ClaimedDelivery(due: delivery, attempt: attempt, prepared: prepared))
            }
            return claimed
        }
    }

    /// While a way out is down, only what is given up for its age is taken for it, so that it fails and is said.
    private func due(
        at now: Instant, limit: Int
    ) async throws(DeskFailure) -> [DueDelivery] {
        let down = desk.outages.inboxes
        guard !down.isEmpty else {
            return try await desk.read { reader throws(StoreError) in
                try reader.dueDeliveries(at: now, limit: limit)
            }
        }
        let inboxes = Set(desk.policy.inboxes.keys).union(down).sorted()
        let expired = now - retry.giveUpAfter
        return try await desk.read { reader throws(StoreError) in
            var due: [DueDelivery] = []
            for inbox in inboxes where due.count < limit {
                due += try reader.dueDeliveries(
                    at: now, of: inbox, createdBefore: down.contains(inbox) ? expired : now,
                    limit: limit - due.count)
            }
            return due
        }
    }

    /// Looks whether ways that are down are up again. May take as long as a connection; to be called beside `runOnce`, every
    /// second or so.
    public func lookAtOutages() async {
        let due = desk.outages.looksDue(at: desk.now)
        guard !due.isEmpty else { return }
        await withTaskGroup(of: Void.self) { group in
            for inbox in due {
                group.addTask {
                    guard let adapter = desk.adapter(of: inbox) else { return }
                    if await adapter.check().state == .ok { desk.outages.ended(inbox) }
                }
            }
        }
    }

    private func send(_ delivery: ClaimedDelivery) async -> SendResult {
        guard let adapter = desk.adapter(of: delivery.due.inbox) else {
            return .retry(
                after: .minutes(5),
                detail: "inbox \(delivery.due.inbox.rawValue) is not configured any more")
        }
        return await adapter.send(
            PreparedMessage(
                delivery: delivery.due.id, conversation: delivery.prepared.conversation,
                envelopeSender: delivery.prepared.envelopeSender,
                recipients: delivery.prepared.recipients, bytes: delivery.prepared.bytes),
            attempt: delivery.attempt)
    }

    private func settle(
        _ delivery: ClaimedDelivery, _ result: SendResult
    ) async throws(DeskFailure) {
        let desk = desk
        let retry = retry
        let jitter = desk.environment.random(1).first ?? 0
        desk.traffic.note(
            .outgoing, of: delivery.due.inbox, result.word,
            "\(delivery.due.purpose.rawValue) \(delivery.due.id.rawValue), attempt \(delivery.attempt), \(delivery.prepared.bytes.count) bytes",
            at: desk.now)
        if case .unavailable = result { desk.outages.began(delivery.due.inbox, at: desk.now) }
        try await desk.write { transaction in
            try Settling(desk: desk, transaction: transaction)
                .settle(delivery, result, retry: retry, jitter: jitter)
        }
    }
}

/// When to try again: doubling from a minute to an hour, for five days.
public struct RetryPolicy: Hashable, Sendable {
    public var first: TimeSpan
    public var longest: TimeSpan
    public var giveUpAfter: TimeSpan

    public init(
        first: TimeSpan = .minutes(1), longest: TimeSpan = .hours(1),
        giveUpAfter: TimeSpan = .days(5)
    ) {
        self.first = first
        self.longest = longest
        self.giveUpAfter = giveUpAfter
    }

    /// - Parameter jitter: 0…255; adds up to a quarter, so that what failed together is not tried together.
    public func wait(afterAttempt attempt: Int, jitter: UInt8) -> TimeSpan {
        let doublings = Int64(min(max(attempt - 1, 0), 20))
        let (product, overflow) = first.milliseconds.multipliedReportingOverflow(
            by: 1 << doublings)
        let wait = overflow ? longest.milliseconds : min(product, longest.milliseconds)
        return TimeSpan(milliseconds: wait + wait / 4 * Int64(jitter) / 255)
    }
}

extension SendResult {
    /// For people who watch.
    fileprivate var word: String {
        switch self {
        case .sent: "sent"
        case .queued: "queued"
        case .rejected(let code, _): "rejected \(code.rawValue)"
        case .retry: "retry"
        case .unavailable: "unavailable"
        case .uncertain: "uncertain"
        case .perRecipient: "sent in part or whole"
        }
    }
}
