import ChannelKit
import HelpdeskCore
import Synchronization

/// A host that keeps what it is given and answers as told.
final class RecordingHost: ChannelHost {
    private struct State {
        var batches: [InboundBatch] = []
        var refusal: DeliveryRefusal?
    }

    private let state = Mutex(State())
    private let clock: Instant

    init(now: Instant) { clock = now }

    var batches: [InboundBatch] { state.withLock { $0.batches } }
    var messages: [InboundMessage] { batches.flatMap(\.messages) }

    func refuse(_ refusal: DeliveryRefusal?) { state.withLock { $0.refusal = refusal } }

    func now() -> Instant { clock }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        state.withLock { $0.batches.append(batch) }
        return batch.messages.map { _ in
            .ticketed(message: MessageID(rawValue: 5), ticket: TicketNumber(rawValue: 7))
        }
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        .quarantined(QuarantineID(rawValue: 1), reason: reason.code)
    }
    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { .max }
}
