public import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// What an adapter is handed: the intake of its inbox.
public final class IntakeHost: ChannelHost {
    private let desk: Desk
    private let inbox: InboxID
    private let space: @Sendable () -> Int64
    private let last = Mutex(ChannelHealth(state: .ok))

    /// - Parameter space: bytes free for the database, minus the reserve.
    public init(
        _ desk: Desk, inbox: InboxID, space: @escaping @Sendable () -> Int64
    ) {
        self.desk = desk
        self.inbox = inbox
        self.space = space
    }

    public func now() -> Instant { desk.now }

    public func deliver(
        _ batch: InboundBatch
    ) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        guard space() > 0 else { throw .noSpace }
        return try await Intake(desk).deliver(batch, to: inbox)
    }

    public func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        guard space() > 0 else { throw .noSpace }
        return try await Intake(desk).quarantine(raw, reason: reason, from: inbox)
    }

    /// Receipts find their delivery by the provider's id; none of this version's channels sends them.
    public func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {}

    public func health(_ health: ChannelHealth) async { note(health) }

    /// The same for the inbox's runner. What is not known now stays as it was last known.
    func note(_ health: ChannelHealth) {
        last.withLock { last in
            let before = last
            last = health
            last.lastSuccess = health.lastSuccess ?? before.lastSuccess
        }
    }

    public var currentHealth: ChannelHealth { last.withLock { $0 } }

    public func freeSpace() async -> Int64 { space() }
}
