internal import ChannelKit
internal import HelpdeskCore
internal import Synchronization

/// A host for the kit, as the daemon is one: an id that was seen is a duplicate, a request that was seen is a replay, and either
/// with other content is a conflict.
final class KitHost: ChannelHost {
    private struct State {
        var messages: [InboundMessage] = []
        var receipts: [Receipt] = []
        var requests: [RequestKey] = []
        var cursor: Cursor?
    }

    private let clock: Instant
    private let state = Mutex(State())

    init(now: Instant) { clock = now }

    var messages: [InboundMessage] { state.withLock { $0.messages } }
    var receipts: [Receipt] { state.withLock { $0.receipts } }

    func now() -> Instant { clock }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        let result = state.withLock { state -> Result<[DeliveryOutcome], DeliveryRefusal> in
            if let request = batch.request {
                let known = state.requests.first { $0.id == request.id }
                if let known, known != request { return .failure(.conflict(existing: request.id)) }
                state.requests.append(request)
            }
            var outcomes: [DeliveryOutcome] = []
            for message in batch.messages {
                let number = Int64(state.messages.count + 1)
                let ticket = TicketNumber(rawValue: 1)
                if state.messages.contains(where: { $0.externalID == message.externalID }) {
                    outcomes.append(
                        .duplicate(message: MessageID(rawValue: number), ticket: ticket))
                } else {
                    state.messages.append(message)
                    outcomes.append(.ticketed(message: MessageID(rawValue: number), ticket: ticket))
                }
            }
            state.cursor = batch.cursor ?? state.cursor
            return .success(outcomes)
        }
        return try result.get()
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        .quarantined(QuarantineID(rawValue: 1), reason: reason.code)
    }

    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {
        state.withLock { $0.receipts.append(receipt) }
    }

    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { .max }
}
