internal import HelpdeskEngine
internal import HelpdeskStore
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Hands the stream on to every endpoint that is configured now: at once when something was committed, and at least every
/// second. New events and letters of one endpoint go side by side, and no endpoint waits for another.
struct WebhooksOut: Service {
    let desk: Desk
    let forwarding: EventForwarding
    let logger: Logger

    private enum Part: Hashable { case new, letters }

    private struct Work: Hashable {
        let endpoint: String
        let part: Part
    }

    private final class Underway: Sendable {
        private let works = Mutex<Set<Work>>([])

        /// False when it runs already.
        func begin(_ work: Work) -> Bool { works.withLock { $0.insert(work).inserted } }
        func end(_ work: Work) { works.withLock { _ = $0.remove(work) } }
    }

    init(desk: Desk, carrier: WebhookCarrier, logger: Logger) {
        self.desk = desk
        forwarding = EventForwarding(desk, carrier: carrier)
        self.logger = logger
    }

    func run() async throws {
        let bell = Doorbell()
        let listener = desk.store.writer.onCommit { _ in bell.ring() }
        defer { desk.store.writer.removeListener(listener) }
        let underway = Underway()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await Pulse.ring(bell, every: .seconds(1)) }
            group.addTask { await listen(bell, underway) }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }

    private func listen(_ bell: Doorbell, _ underway: Underway) async {
        await withDiscardingTaskGroup { group in
            for await _ in bell.rings {
                if Task.isCancelled { break }
                for endpoint in desk.policy.forwarding {
                    for part in [Part.new, .letters] {
                        let work = Work(endpoint: endpoint.name, part: part)
                        guard underway.begin(work) else { continue }
                        group.addTask {
                            await rounds(endpoint, part)
                            underway.end(work)
                        }
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Until nothing is due; at most 1,000 rounds, then the next ring goes on.
    private func rounds(_ endpoint: ForwardingEndpoint, _ part: Part) async {
        for _ in 0..<1_000 where !Task.isCancelled {
            do throws(DeskFailure) {
                let done =
                    switch part {
                    case .new: try await forwarding.forward(to: endpoint)
                    case .letters: try await forwarding.retryLetters(to: endpoint)
                    }
                if done == 0 { return }
            } catch {
                if case .stopped = error { return }
                logger.error("webhook \(endpoint.name): \(error.text)")
                return
            }
        }
    }
}
