public import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// What providers say later of what was sent: it arrived, it was read, it was not to be delivered. A receipt finds its delivery by the
/// id that the provider gave it when it took it.
public struct Receipts: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Returns when it is durable. One that names nothing of ours is forgotten, after it was remembered for a while: receipts overtake
    /// the answer to the sending that they are about.
    public func take(
        _ receipt: Receipt, from inbox: InboxID
    ) async throws(DeliveryRefusal) {
        let desk = desk
        do throws(CommandFailure<DeliveryRefusal>) {
            try await desk.store.writer.submit(
                at: desk.now, failing: DeliveryRefusal.self
            ) { transaction in
                let delivery = try transaction.reader.delivery(
                    inbox: inbox, providerID: receipt.externalID)
                guard let delivery else {
                    // Here, while nobody else writes: the id may be written down the moment after.
                    return desk.earlyReceipts.remember(
                        receipt, from: inbox, at: transaction.now)
                }
                try ReceiptWriting(desk: desk, transaction: transaction)
                    .write(receipt, on: delivery)
            }
        } catch {
            throw Intake.refusal(error)
        }
    }
}

/// Receipts that came before the id they name was written down.
final class EarlyReceipts: Sendable {
    static let most = 256
    static let patience = TimeSpan.minutes(5)

    private struct Early {
        let inbox: InboxID
        let receipt: Receipt
        let at: Instant
    }

    private let kept = Mutex<[Early]>([])

    func remember(_ receipt: Receipt, from inbox: InboxID, at now: Instant) {
        kept.withLock { kept in
            kept.removeAll { now.since($0.at) > Self.patience }
            if kept.count >= Self.most { kept.removeFirst() }
            kept.append(Early(inbox: inbox, receipt: receipt, at: now))
        }
    }

    /// Those of one message, oldest first. They stay until they are old: the transaction that wants them may fail and come again.
    func about(_ externalID: String, of inbox: InboxID, at now: Instant) -> [Receipt] {
        kept.withLock { kept in
            kept.filter { early in
                early.inbox == inbox && early.receipt.externalID == externalID
                    && now.since(early.at) <= Self.patience
            }.map(\.receipt)
        }
    }
}

/// Writes a receipt down, within a transaction. The same one again adds nothing, and one that comes late changes nothing: what was
/// read has arrived.
struct ReceiptWriting {
    let desk: Desk
    let transaction: StoreTransaction

    func write(_ receipt: Receipt, on id: DeliveryID) throws {
        guard let delivery = try transaction.reader.reportable(id),
            Self.isNews(receipt.kind, of: delivery)
        else { return }
        let detail = try receipt.detail.map {
            try transaction.keep(
                String($0.prefix(2_000)), as: .deliveryDetail, of: delivery.customer,
                salt: desk.salt())
        }
        let arrived = try transaction.append(
            .delivery(
                .receiptArrived(
                    ReceiptArrived(
                        delivery: id, kind: ReceiptArrived.Kind(receipt.kind), detail: detail))),
            ticket: delivery.ticket, customer: delivery.customer, by: .system)
        guard receipt.kind == .failed else { return }
        try Undelivered(session: TicketSession(desk, transaction, by: .system)).follow(
            [Undelivered.Failure(address: nil, permanence: .forNow, code: "failed")],
            of: delivery, cause: arrived.position)
    }

    private static func isNews(_ kind: Receipt.Kind, of delivery: ReportableDelivery) -> Bool {
        switch (kind, delivery.state) {
        case (.delivered, .sent), (.failed, .sent), (.failed, .delivered): true
        case (.read, .sent), (.read, .delivered): delivery.report != "read"
        default: false
        }
    }
}

extension ReceiptArrived.Kind {
    init(_ kind: Receipt.Kind) {
        self =
            switch kind {
            case .delivered: .delivered
            case .read: .read
            case .failed: .failed
            }
    }
}
