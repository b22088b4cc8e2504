internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Writes down what became of an attempt, within a transaction.
struct Settling {
    let desk: Desk
    let transaction: StoreTransaction

    func settle(
        _ delivery: OutboxWorker.ClaimedDelivery, _ result: SendResult, retry: RetryPolicy,
        jitter: UInt8
    ) throws {
        let due = delivery.due
        // Somebody else wrote down an end meanwhile: what ended once stays ended.
        guard let current = try transaction.reader.delivery(due.id),
            current.attempts == delivery.attempt,
            current.state == .sending || current.state == .uncertain
        else { return }
        let next =
            transaction.now
            + retry.wait(afterAttempt: delivery.attempt, jitter: jitter)
        let isLate = transaction.now.since(due.createdAt) >= retry.giveUpAfter
        func mark(
            _ state: DeliveryState, next: Instant? = nil, code: String? = nil,
            detail: String? = nil
        ) throws {
            try self.settle(
                due, attempt: delivery.attempt, state: state, next: next, code: code,
                detail: detail)
        }
        switch result {
        case .sent(let externalID), .queued(let externalID):
            try transaction.finish(delivery.prepared.recipients, of: due.id)
            let refused = try transaction.reader.refusalCode(of: due.id)
            try mark(refused == nil ? .sent : .failed, code: refused)
            // What a mail server says to a mail is no name of it; reports on mails prove themselves otherwise.
            if let externalID, desk.policy.inboxes[due.inbox]?.channel != .email {
                try named(externalID, due)
            }
        case .rejected(let code, let detail):
            try mark(.failed, code: code.rawValue, detail: detail)
            try follow(delivery, [(nil, code)])
        case .retry(_, let detail) where isLate:
            try mark(.failed, code: "expired", detail: detail)
            try follow(delivery, [(nil, nil)])
        case .retry(let after, let detail):
            let earliest = after.map { transaction.now + $0 } ?? next
            try mark(.retrying, next: max(earliest, next), detail: detail)
        case .unavailable(let detail) where isLate:
            try mark(.failed, code: "expired", detail: detail)
            try follow(delivery, [(nil, nil)])
        case .unavailable(let detail):
            // Nothing is taken while the way is down (`Outages`), so it need not wait longer and longer by itself.
            try mark(.retrying, next: transaction.now + Outages.firstLook, detail: detail)
        case .uncertain(let detail):
            // What was uncertain once was sent once more; a second such answer is for a person, or a relay that never answers
            // would get a copy with every attempt (FreeScout #1041: 13).
            let wasUncertain = due.state == .uncertain
            try mark(
                .uncertain, next: wasUncertain ? nil : again(due, at: next), detail: detail)
        case .perRecipient(let results):
            try settleEach(delivery, results, next: isLate ? nil : next)
        }
    }

    /// What the provider calls it: receipts name it so. Some came already.
    private func named(_ externalID: String, _ due: DueDelivery) throws {
        try transaction.keepProviderID(externalID, of: due.id, inbox: due.inbox)
        let early = desk.earlyReceipts.about(externalID, of: due.inbox, at: transaction.now)
        for receipt in early {
            try ReceiptWriting(desk: desk, transaction: transaction).write(receipt, on: due.id)
        }
    }

    /// When an uncertain delivery is tried again; nil: when a person releases it.
    func again(_ due: DueDelivery, at next: Instant) -> Instant? { isHeld(due) ? nil : next }

    private func isHeld(_ due: DueDelivery) -> Bool {
        desk.policy.inboxes[due.inbox]?.uncertain == .hold
    }

    /// Whoever accepted is done, whoever was refused is said, the rest is tried again (reliability B5).
    private func settleEach(
        _ delivery: OutboxWorker.ClaimedDelivery, _ results: [RecipientResult], next: Instant?
    ) throws {
        var done: [String] = []
        var refused: [String] = []
        var failures: [(address: String?, code: RejectionCode?)] = []
        var lines: [String] = []
        var isWaiting = false
        var code = try transaction.reader.refusalCode(of: delivery.due.id)
        for result in results {
            switch result.outcome {
            case .sent: done.append(result.recipient)
            case .rejected(let rejection, let detail):
                lines.append("\(result.recipient): \(detail)")
                refused.append(result.recipient)
                failures.append((result.recipient, rejection))
                code = rejection.rawValue
            case .retry(let detail):
                lines.append("\(result.recipient): \(detail)")
                isWaiting = true
            }
        }
        try transaction.finish(done, of: delivery.due.id)
        try transaction.finish(refused, of: delivery.due.id, as: .refused)
        let state: DeliveryState =
            if isWaiting {
                next == nil ? .failed : .retrying
            } else {
                code == nil ? .sent : .failed
            }
        try settle(
            delivery.due, attempt: delivery.attempt, state: state,
            next: state == .retrying ? next : nil,
            code: state == .failed ? code ?? "expired" : code,
            detail: lines.isEmpty ? nil : lines.joined(separator: "\n"))
        if state == .failed && isWaiting { failures.append((nil, nil)) }
        try follow(delivery, failures)
    }

    /// What the peer refused has not arrived. Only a refused address is the address's own fault.
    private func follow(
        _ delivery: OutboxWorker.ClaimedDelivery,
        _ failures: [(address: String?, code: RejectionCode?)]
    ) throws {
        guard !failures.isEmpty, desk.policy.inboxes[delivery.due.inbox]?.channel == .email,
            let reportable = try transaction.reader.reportable(delivery.due.id)
        else { return }
        try Undelivered(session: TicketSession(desk, transaction, by: .system)).follow(
            failures.map { failure in
                Undelivered.Failure(
                    address: failure.address,
                    permanence: failure.code == .badAddress ? .forEver : .forNow,
                    code: failure.code?.rawValue ?? "expired")
            }, of: reportable, cause: nil)
    }

    func settle(
        _ due: DueDelivery, attempt: Int, state: DeliveryState, next: Instant?, code: String?,
        detail: String?
    ) throws {
        let content = try detail.map {
            try transaction.keep(
                String($0.prefix(2000)), as: .deliveryDetail, of: due.customer,
                salt: desk.salt())
        }
        let settled = try transaction.append(
            .delivery(
                .settled(
                    DeliverySettled(
                        delivery: due.id, state: state, attempt: attempt, next: next,
                        code: code, detail: content))),
            ticket: due.ticket, customer: due.customer, by: .system)
        if state == .sent, let ticket = due.ticket, due.purpose == .reply {
            try TicketPromises(session: TicketSession(desk, transaction, by: .system))
                .answered(ticket, cause: settled.position)
            try awaitReading(due, cause: settled.position)
        }
    }

    /// A visitor who has left does not read a chat: what they were told there goes by mail after a while.
    private func awaitReading(_ due: DueDelivery, cause: Position) throws {
        guard let inbox = desk.policy.inboxes[due.inbox], let wait = inbox.mailUnreadAfter,
            inbox.capabilities.liveness == .live, inbox.capabilities.conversations == .session
        else { return }
        try transaction.append(
            .delivery(
                .readingAwaited(
                    ReadingAwaited(delivery: due.id, until: transaction.now + wait))),
            ticket: due.ticket, customer: due.customer, by: .system, cause: cause)
    }
}
