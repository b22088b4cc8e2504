public import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// What an adapter is handed: the intake of its inbox.
public final class IntakeHost: ChannelHost {
    private let desk: Desk
    private let inbox: InboxID
    private let space: @Sendable () -> Int64
    private let door: Door
    private let log: @Sendable (ChannelRemark) -> Void
    private let last = Mutex(ChannelHealth(state: .ok))

    /// `draining`: whoever delivers is told to try again later.
    public enum Door: Hashable, Sendable { case open, draining }

    /// - Parameters:
    ///   - space: bytes free for the database, minus the reserve.
    ///   - log: takes what the adapter wants ops to read; must not block.
    public init(
        _ desk: Desk, inbox: InboxID, door: Door = .open,
        space: @escaping @Sendable () -> Int64,
        log: @escaping @Sendable (ChannelRemark) -> Void = { _ in }
    ) {
        self.door = door
        self.log = log
        self.desk = desk
        self.inbox = inbox
        self.space = space
    }

    public func now() -> Instant { desk.now }

    public func deliver(
        _ batch: InboundBatch
    ) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        do throws(DeliveryRefusal) {
            guard door == .open else { throw .stopping }
            guard space() > 0 else { throw .noSpace }
            let outcomes = try await Intake(desk).deliver(batch, to: inbox)
            for (message, outcome) in zip(batch.messages, outcomes) { note(message, outcome) }
            return outcomes
        } catch {
            note(.incoming, "refused", "\(batch.messages.count) messages: \(error)")
            throw error
        }
    }

    public func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        guard door == .open else { throw .stopping }
        guard space() > 0 else { throw .noSpace }
        let outcome = try await Intake(desk).quarantine(raw, reason: reason, from: inbox)
        note(.incoming, "quarantined", "\(raw.count) bytes: \(reason.code)")
        return outcome
    }

    public func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {
        try await Receipts(desk).take(receipt, from: inbox)
        note(.word, "receipt", "\(receipt.kind.rawValue) \(receipt.externalID)")
    }

    public func learned(_ capabilities: ChannelCapabilities) async {
        desk.learn(capabilities, of: inbox)
    }

    public func remark(_ remark: ChannelRemark) { log(remark) }

    public func health(_ health: ChannelHealth) async {
        note(.word, "health", "\(health.state.rawValue) \(health.detail ?? "")")
        note(health)
    }

    private func note(_ message: InboundMessage, _ outcome: DeliveryOutcome) {
        let word =
            switch outcome {
            case .ticketed(_, let ticket): "ticket \(ticket.rawValue)"
            case .duplicate(_, let ticket): "duplicate in ticket \(ticket.rawValue)"
            case .quarantined(_, let reason): "quarantined: \(reason)"
            }
        note(
            .incoming, word,
            "\(message.kind.rawValue) \(message.externalID) from \(Traffic.masked(message.sender.identity?.address)), \(message.text.utf8.count) bytes, \(message.attachments.count) files"
        )
    }

    private func note(_ direction: Traffic.Entry.Direction, _ outcome: String, _ text: String) {
        desk.traffic.note(direction, of: inbox, outcome, text, at: desk.now)
    }

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
