internal import ChannelKit
internal import HelpdeskCore

/// The host an importing adapter is handed by a command: whatever it delivers goes through the store's door.
struct AccessHost: ChannelHost {
    let access: StoreAccess
    let inbox: InboxID

    func now() -> Instant { Surroundings.now() }

    func deliver(
        _ batch: InboundBatch
    ) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        let delivery: ControlDelivery
        do {
            delivery = try await access.deliver(batch.messages, to: inbox)
        } catch {
            throw .storeFailed("\(error)")
        }
        guard let refused = delivery.refused else { return delivery.outcomes }
        throw delivery.canRetry ? .busy(retryAfter: .seconds(1)) : .storeFailed(refused)
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        throw .storeFailed("a phone log has nothing to quarantine: \(reason.detail)")
    }

    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { .max }
}
