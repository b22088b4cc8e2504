internal import HelpdeskEngine
internal import HelpdeskStore
internal import Logging
internal import ServiceLifecycle

/// Watches the daemon itself. Pings systemd's watchdog only after a round trip through the writer and the database, and while
/// the pool wakes in time, so that a hung intake is restarted; stops the daemon when a write or fsync failed, because what is on disk is unknown then
/// (DESIGN "Store": never retried).
struct Watchman: Service {
    let desk: Desk
    let notifier: SystemdNotifier
    let measuring: SelfMeasuring
    let logger: Logger

    func run() async throws {
        let interval = notifier.watchdogMicroseconds.map { Duration.microseconds($0 / 3) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.watchStore() }
            if let interval { group.addTask { await self.ping(every: interval) } }
            group.addTask { try? await gracefulShutdown() }
            // Whatever ends first ends the watch: shutdown, or a store that failed.
            while let result = await group.nextResult() {
                group.cancelAll()
                try result.get()
            }
        }
    }

    private func watchStore() async throws {
        while await Pulse.wait(.milliseconds(200)) {
            if let error = desk.store.writer.fatalError {
                logger.critical(
                    "stopping: \(error.text)",
                    metadata: [LogEvent.key: "\(LogEvent.storeFailed.rawValue)"])
                throw DaemonFailure(text: error.text)
            }
        }
    }

    private func ping(every interval: Duration) async {
        while await Pulse.wait(interval) {
            // A pool that wakes seconds late does nobody's work in time, whatever the database says.
            let late = measuring.takeWorst()
            guard late < SelfMeasuring.tooLate else {
                logger.warning("the pool woke \(late.components.seconds) s late; no ping")
                continue
            }
            if await desk.isWriting() { notifier.watchdog() }
        }
    }
}
