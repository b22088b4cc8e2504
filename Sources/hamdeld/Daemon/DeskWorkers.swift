internal import HelpdeskEngine
internal import HelpdeskStore
internal import Logging
internal import ServiceLifecycle

/// Runs the outbox and the clock: at once when something was committed, and at least every second. Each round is
/// `runOnce`; a failing round is logged and the next one tries again.
struct DeskWorkers: Service {
    let desk: Desk
    let logger: Logger

    func run() async throws {
        let outbox = OutboxWorker(desk)
        let clock = ClockWorker(desk)
        let screens = ScreenWatch(desk)
        try await recover(outbox)
        await tidy(clock)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await loop("outbox", every: .seconds(1)) { () throws(DeskFailure) in
                    try await outbox.runOnce()
                }
            }
            group.addTask {
                await loop("clock", every: .seconds(1)) { () throws(DeskFailure) in
                    try await clock.runOnce()
                }
            }
            group.addTask {
                await loop("screens", every: .seconds(1)) { () throws(DeskFailure) in
                    try await screens.runOnce()
                }
            }
            group.addTask {
                while await Pulse.wait(.seconds(1)) { await outbox.lookAtOutages() }
            }
            group.addTask {
                while await Pulse.wait(.seconds(60)) { await tidy(clock) }
            }
            group.addTask {
                var known: [DeskAlarm] = []
                while await Pulse.wait(.seconds(10)) { known = await alarm(after: known) }
            }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }

    private func recover(_ outbox: OutboxWorker) async throws {
        do throws(DeskFailure) {
            try await outbox.recover()
        } catch {
            logger.error("the outbox could not be recovered: \(error.text)")
            throw DaemonFailure(text: error.text)
        }
    }

    /// Says each alarm once when it begins, and that it is over.
    private func alarm(after known: [DeskAlarm]) async -> [DeskAlarm] {
        guard let alarms = try? await desk.alarms() else { return known }
        for alarm in alarms where !known.contains(alarm) { logger.warning("\(alarm.text)") }
        for alarm in known where !alarms.contains(alarm) {
            logger.notice("over: \(alarm.text)")
        }
        return alarms
    }

    /// Webhook ids grow old without any event.
    private func tidy(_ clock: ClockWorker) async {
        do throws(DeskFailure) {
            try await clock.prune()
        } catch {
            logger.warning("what is out of date could not be tidied away: \(error.text)")
        }
    }

    private func loop(
        _ name: String, every interval: Duration,
        _ round: @escaping @Sendable () async throws(DeskFailure) -> Int
    ) async {
        let bell = Doorbell()
        let listener = desk.store.writer.onCommit { _ in bell.ring() }
        defer { desk.store.writer.removeListener(listener) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await Pulse.ring(bell, every: interval) }
            for await _ in bell.rings {
                if Task.isCancelled { break }
                await rounds(name, round)
            }
            group.cancelAll()
        }
    }

    /// Until nothing is due; at most 1,000 rounds, so that one busy worker cannot starve the pool.
    private func rounds(
        _ name: String, _ round: @Sendable () async throws(DeskFailure) -> Int
    ) async {
        for _ in 0..<1_000 where !Task.isCancelled {
            do throws(DeskFailure) {
                if try await round() == 0 { return }
            } catch {
                if case .stopped = error { return }
                logger.error("\(name): \(error.text)")
                return
            }
        }
    }
}

/// Why the daemon ends.
struct DaemonFailure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
