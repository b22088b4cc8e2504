import ChannelKit
import HelpdeskCore
import Synchronization

/// A host with a durable cursor, that can refuse, and die behind a commit.
final class CursorHost: ChannelHost {
    private struct State {
        var messages: [InboundMessage] = []
        var cursor: Cursor?
        var duplicates = 0
        var quarantined: [String] = []
        var refusal: DeliveryRefusal?
        var diesNext = false
    }

    private let state = Mutex(State())
    private let clock: Instant

    init(now: Instant) { clock = now }

    var cursor: Cursor? { state.withLock { $0.cursor } }
    var numbers: [String] {
        state.withLock { $0.messages.map { $0.sender.identity?.address.value ?? "" } }
    }
    var messages: [InboundMessage] { state.withLock { $0.messages } }
    var duplicates: Int { state.withLock { $0.duplicates } }
    var quarantined: [String] { state.withLock { $0.quarantined } }
    func refuseNext(_ refusal: DeliveryRefusal) { state.withLock { $0.refusal = refusal } }
    func dieAfterNext() { state.withLock { $0.diesNext = true } }
    func live() {
        state.withLock {
            $0.refusal = nil
            $0.diesNext = false
        }
    }

    func now() -> Instant { clock }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        let result = state.withLock { state -> Result<[DeliveryOutcome], DeliveryRefusal> in
            if let refusal = state.refusal {
                state.refusal = nil
                return .failure(refusal)
            }
            var outcomes: [DeliveryOutcome] = []
            for message in batch.messages {
                let id = MessageID(rawValue: Int64(state.messages.count + 1))
                let ticket = TicketNumber(rawValue: 1)
                if state.messages.contains(where: { $0.externalID == message.externalID }) {
                    state.duplicates += 1
                    outcomes.append(.duplicate(message: id, ticket: ticket))
                } else {
                    state.messages.append(message)
                    outcomes.append(.ticketed(message: id, ticket: ticket))
                }
            }
            if let cursor = batch.cursor { state.cursor = cursor }
            if state.diesNext {
                state.diesNext = false
                return .failure(.stopping)
            }
            return .success(outcomes)
        }
        return try result.get()
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        state.withLock { $0.quarantined.append(reason.detail) }
        return .quarantined(QuarantineID(rawValue: 1), reason: reason.code)
    }
    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { .max }
}
