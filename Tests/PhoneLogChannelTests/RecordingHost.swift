import ChannelKit
import HelpdeskCore
import Synchronization

/// A host that keeps what it is given, as the daemon would: an id seen before is a duplicate.
final class RecordingHost: ChannelHost {
    private struct State {
        var messages: [InboundMessage] = []
        var known: Set<String> = []
        var batches: [Int] = []
        var refusals: [DeliveryRefusal] = []
    }

    private let state = Mutex(State())
    private let clock: Instant

    init(now: Instant) { clock = now }

    var messages: [InboundMessage] { state.withLock { $0.messages } }
    var batches: [Int] { state.withLock { $0.batches } }

    /// The next delivery is refused.
    func refuseOnce(_ refusal: DeliveryRefusal) { state.withLock { $0.refusals.append(refusal) } }

    func now() -> Instant { clock }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        let result = state.withLock { state -> Result<[DeliveryOutcome], DeliveryRefusal> in
            if !state.refusals.isEmpty { return .failure(state.refusals.removeFirst()) }
            state.batches.append(batch.messages.count)
            var outcomes: [DeliveryOutcome] = []
            for message in batch.messages {
                let id = MessageID(rawValue: Int64(state.messages.count + 1))
                let ticket = TicketNumber(rawValue: 1)
                if state.known.insert(message.externalID).inserted {
                    state.messages.append(message)
                    outcomes.append(.ticketed(message: id, ticket: ticket))
                } else {
                    outcomes.append(.duplicate(message: id, ticket: ticket))
                }
            }
            return .success(outcomes)
        }
        return try result.get()
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
