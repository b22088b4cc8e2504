public import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// Keeps one inbox receiving: runs its adapter from the cursor committed last, and again after a back-off when it fails.
/// Each inbox has a runner and a task of its own, so none waits for another.
public final class InboxRunner: Sendable {
    /// What ops should hear.
    public enum Report: Sendable, Equatable {
        /// It failed and is tried again; usual with networks.
        case interrupted(ChannelHealth, retryIn: Duration)
        /// Once for each time that it does not come back by itself at once.
        case alarm(ChannelHealth)
        /// After an alarm.
        case recovered(failures: Int)
    }

    /// So many failures in a row are more than a hiccup.
    static let failuresBeforeAlarm = 3

    private struct State {
        var delays = RetryDelays()
        var isAlarmed = false
    }

    private let desk: Desk
    private let inbox: InboxID
    private let adapter: any ChannelAdapter
    private let host: IntakeHost
    private let pause: @Sendable (Duration) async -> Bool
    private let report: @Sendable (Report) -> Void
    private let state = Mutex(State())

    /// - Parameter pause: lets time pass; false when the task was cancelled meanwhile.
    public init(
        _ desk: Desk, inbox: InboxID, adapter: any ChannelAdapter, host: IntakeHost,
        pause: @escaping @Sendable (Duration) async -> Bool,
        report: @escaping @Sendable (Report) -> Void
    ) {
        self.desk = desk
        self.inbox = inbox
        self.adapter = adapter
        self.host = host
        self.pause = pause
        self.report = report
    }

    /// Returns when the task is cancelled, or when the adapter has nothing to receive by itself.
    public func run() async {
        while !Task.isCancelled {
            guard let failure = await attempt(), !Task.isCancelled else { return }
            guard await pause(note(failure)) else { return }
        }
    }

    /// Nil when the adapter returned by itself.
    private func attempt() async -> ChannelHealth? {
        let inbox = inbox
        do {
            let cursor = try await desk.read { reader throws(StoreError) in
                try reader.cursor(of: inbox)
            }
            try await adapter.run(
                from: cursor.map { Cursor(text: $0) },
                host: WatchedHost(host: host) { [self] in isWorking($0) })
            return nil
        } catch let interruption as ChannelInterruption {
            return interruption.health
        } catch let failure as DeskFailure {
            return ChannelHealth(state: .down, detail: failure.text, action: .wait)
        } catch {
            return ChannelHealth(state: .down, detail: "\(error)", action: .wait)
        }
    }

    /// Remembers a failure, tells of it, and says how long to wait.
    private func note(_ failure: ChannelHealth) -> Duration {
        let (delay, isAlarm, isAlarmed) = state.withLock { state in
            let delay = state.delays.next(after: failure)
            let needsPerson = failure.action == .relogin || failure.action == .fixConfiguration
            let isBad = needsPerson || state.delays.failures >= Self.failuresBeforeAlarm
            let isAlarm = isBad && !state.isAlarmed
            if isAlarm { state.isAlarmed = true }
            return (delay, isAlarm, state.isAlarmed)
        }
        var health = host.currentHealth
        health.state = isAlarmed ? .down : .degraded
        health.detail = failure.detail
        health.action = failure.action
        host.note(health)
        report(isAlarm ? .alarm(health) : .interrupted(health, retryIn: delay))
        return delay
    }

    private func isWorking(_ health: ChannelHealth) {
        guard health.state == .ok else { return tell(health) }
        let failures = state.withLock { state -> Int? in
            let failures = state.isAlarmed ? state.delays.failures : nil
            state = State()
            return failures
        }
        if let failures { report(.recovered(failures: failures)) }
    }

    /// What the adapter itself says needs a person is said at once: it may not fail, and never be asked why.
    private func tell(_ health: ChannelHealth) {
        guard health.state == .down, health.action != nil, health.action != .wait else { return }
        let isFirst = state.withLock { state in
            defer { state.isAlarmed = true }
            return !state.isAlarmed
        }
        if isFirst { report(.alarm(health)) }
    }
}

/// Hears what an adapter says of its health, and hands everything on.
private struct WatchedHost: ChannelHost {
    let host: IntakeHost
    let heard: @Sendable (ChannelHealth) -> Void

    func now() -> Instant { host.now() }

    func deliver(_ batch: InboundBatch) async throws(DeliveryRefusal) -> [DeliveryOutcome] {
        try await host.deliver(batch)
    }

    func quarantine(
        _ raw: [UInt8], reason: QuarantineReason
    ) async throws(DeliveryRefusal) -> DeliveryOutcome {
        try await host.quarantine(raw, reason: reason)
    }

    func receipt(_ receipt: Receipt) async throws(DeliveryRefusal) {
        try await host.receipt(receipt)
    }

    func learned(_ capabilities: ChannelCapabilities) async { await host.learned(capabilities) }
    func remark(_ remark: ChannelRemark) { host.remark(remark) }

    func health(_ health: ChannelHealth) async {
        await host.health(health)
        heard(health)
    }

    func freeSpace() async -> Int64 { await host.freeSpace() }
}
