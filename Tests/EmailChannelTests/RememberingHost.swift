import ChannelKit
import HelpdeskCore
import Synchronization

/// A host that keeps what it is given and numbers it.
final class RememberingHost: ChannelHost {
    struct Kept: Sendable {
        var messages: [InboundMessage] = []
        var quarantined: [(raw: [UInt8], reason: QuarantineReason)] = []
        var refusal: DeliveryRefusal?
    }

    private let kept = Mutex(Kept())

    var messages: [InboundMessage] { kept.withLock { $0.messages } }
    var quarantined: [QuarantineReason] { kept.withLock { $0.quarantined.map(\.reason) } }

    func refuse(_ refusal: DeliveryRefusal?) { kept.withLock { $0.refusal = refusal } }

    func now() -> Instant { Instant(milliseconds: 1_800_000_000_000) }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        if let refusal = kept.withLock({ $0.refusal }) { throw refusal }
        return batch.messages.map { message in
            kept.withLock { kept in
                kept.messages.append(message)
                let number = Int64(kept.messages.count)
                return .ticketed(
                    message: MessageID(rawValue: number), ticket: TicketNumber(rawValue: number))
            }
        }
    }

    func quarantine(_ raw: [UInt8], reason: QuarantineReason)
        async throws(DeliveryRefusal) -> DeliveryOutcome
    {
        kept.withLock { kept in
            kept.quarantined.append((raw, reason))
            return .quarantined(
                QuarantineID(rawValue: Int64(kept.quarantined.count)), reason: reason.code)
        }
    }

    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { 1 << 40 }
}
