import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Synchronization
import TestKit

/// A course of acts, lived once without a death and then once more for every moment at which the daemon could have died in it: after
/// each commit that wrote an event, with a message handed to its channel and not taken yet, and with it taken and no answer written
/// down. What a death leaves is copied while the first life goes on; a second life begins with those files.
final class Mortality: Sendable {
    /// What people and time do. Done again after a death in it, as people do: whoever got no answer tries again.
    struct Act: Sendable {
        let name: String
        /// With what has left the house so far.
        let run: @Sendable (TestDesk, [PreparedMessage]) async throws -> Void

        init(
            _ name: String,
            _ run: @escaping @Sendable (TestDesk, [PreparedMessage]) async throws -> Void
        ) {
            self.name = name
            self.run = run
        }
    }

    struct Death: Sendable {
        let name: String
        /// The act in which it died.
        let act: Int
        let remains: TemporaryFolder
        let now: Instant
        /// What had left the house by then.
        let gone: [PreparedMessage]
    }

    /// A life to its end.
    struct Life {
        let desk: TestDesk
        let gone: [PreparedMessage]
        /// What was under way when the life before it ended: of these, and of these alone, a second copy may go out.
        var underWay: [DeliveryID] = []
    }

    private struct State {
        var act = 0
        var name = ""
        var commits = 0
        var gone: [PreparedMessage] = []
        var deaths: [Death] = []
        var trouble: (any Error)?
    }

    private let plan: DeskPlan
    private let acts: [Act]
    private let state = Mutex(State())

    init(_ plan: DeskPlan, _ acts: [Act]) {
        self.plan = plan
        self.acts = acts
    }

    /// The life without a death, after `before`, and every death there could have been.
    func live(
        before: (TestDesk) async throws -> Void
    ) async throws -> (life: Life, deaths: [Death]) {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        try await before(desk)
        for adapter in desk.adapters.values {
            adapter.otherwise { [weak self] message, _ in
                self?.hand(message, of: desk)
                return .sent(externalID: nil)
            }
        }
        let listener = desk.store.writer.onCommit { [weak self] _ in self?.committed(desk) }
        for (index, act) in acts.enumerated() {
            try onWriter(of: desk) { [self] in
                state.withLock { state in (state.act, state.name) = (index, act.name) }
                die(of: "before", desk)
            }
            try await act.run(desk, state.withLock { $0.gone })
        }
        try onWriter(of: desk) {}
        desk.store.writer.removeListener(listener)
        return try state.withLock { state in
            if let trouble = state.trouble { throw trouble }
            return (Life(desk: desk, gone: state.gone), state.deaths)
        }
    }

    private func committed(_ desk: TestDesk) {
        let commit = state.withLock { state in
            state.commits += 1
            return state.commits
        }
        die(of: "after commit \(commit)", desk)
    }

    private func hand(_ message: PreparedMessage, of desk: TestDesk) {
        let delivery = message.delivery
        do {
            try onWriter(of: desk) { [self] in
                die(of: "handing over \(delivery.rawValue)", desk)
                state.withLock { $0.gone.append(message) }
                die(of: "\(delivery.rawValue) taken, not written down", desk)
            }
        } catch { state.withLock { $0.trouble = error } }
    }

    /// Whoever waits for a commit goes on before its listeners have been called. Here all of them have been, and nothing is written
    /// meanwhile.
    private func onWriter(of desk: TestDesk, _ body: @escaping @Sendable () -> Void) throws {
        try desk.store.writer.submitNow(at: desk.now, failing: Never.self) { _ in body() }
    }

    private func die(of cause: String, _ desk: TestDesk) {
        state.withLock { state in
            do {
                state.deaths.append(
                    Death(
                        name: "\(state.name), \(cause)", act: state.act,
                        remains: try desk.leaveFiles(), now: desk.now, gone: state.gone))
            } catch { state.trouble = error }
        }
    }

    /// A second life: the daemon starts over what the first one left.
    func live(after death: Death) async throws -> Life {
        let desk = try await TestDesk(
            plan, clock: ManualClock(death.now), seed: 11, remains: death.remains)
        let log = Log()
        for adapter in desk.adapters.values {
            adapter.otherwise { message, _ in
                log.add(message)
                return .sent(externalID: nil)
            }
        }
        let underWay = try desk.read { reader throws(StoreError) in
            try reader.interruptedDeliveries().map(\.id)
        }
        try await desk.outbox.recover()
        for act in acts[death.act...] { try await act.run(desk, death.gone + log.messages) }
        return Life(desk: desk, gone: death.gone + log.messages, underWay: underWay)
    }
}

private final class Log: Sendable {
    private let state = Mutex<[PreparedMessage]>([])
    var messages: [PreparedMessage] { state.withLock { $0 } }
    func add(_ message: PreparedMessage) { state.withLock { $0.append(message) } }
}
