public import ChannelKit
internal import HelpdeskCore

extension ExecChannel {
    /// Starts the adapter as it is configured, lets it take nothing in (its credit is 0), and says how it stands after some
    /// seconds. For `hamdeld channel check`; not beside a daemon that runs the same inbox.
    ///
    /// - Parameter remark: hears its log, secrets masked.
    public func probe(_ remark: @escaping @Sendable (ChannelRemark) -> Void) async -> ChannelHealth
    {
        let host = ProbingHost(heard: remark)
        let session = ExecSession(settings, life: life, host: host)
        let task = Task { try await session.run(from: nil) }
        // Long enough to sign in somewhere; who says sooner how it stands is believed.
        let deadline = ContinuousClock.now + settings.timing.hello
        while ContinuousClock.now < deadline, life.health == nil, !session.child.hasEnded {
            do { try await Task.sleep(for: .milliseconds(100)) } catch { break }
        }
        let health = life.health
        task.cancel()
        do {
            try await task.value
        } catch let interruption as ChannelInterruption {
            return interruption.health
        } catch {
            return ChannelHealth(state: .down, detail: "\(error)")
        }
        return health ?? life.health ?? ChannelHealth(state: .ok)
    }
}

/// Takes nothing.
private struct ProbingHost: ChannelHost {
    let heard: @Sendable (ChannelRemark) -> Void

    func now() -> Instant { Instant(milliseconds: 0) }
    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        throw .stopping
    }
    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome { throw .stopping }
    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}
    func health(_ health: ChannelHealth) async {}
    func freeSpace() async -> Int64 { 0 }
    func remark(_ remark: ChannelRemark) { heard(remark) }
}
