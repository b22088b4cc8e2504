internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Logging
internal import ServiceLifecycle

/// Runs the outbox and the clock: at once when something was committed, and at least every second. Each round is
/// `runOnce`; a failing round is logged and the next one tries again.
struct DeskWorkers: Service {
    /// Changes of alarms that wait for a way to ops.
    private static let mostUntold = 200

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
                repeat { await retire() } while await Pulse.wait(.seconds(86_400))
            }
            group.addTask {
                var known: [DeskAlarm] = []
                while await Pulse.wait(.seconds(10)) { known = await alarm(after: known) }
            }
            group.addTask {
                let watch = AlarmWatch(desk)
                var untold: [AlarmWatch.Change] = []
                while await Pulse.wait(.seconds(10)) { untold = await tellOps(of: watch, untold) }
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
        // An alarm is the same one while its numbers change.
        func isAmong(_ alarm: DeskAlarm, _ others: [DeskAlarm]) -> Bool {
            others.contains { $0.kind == alarm.kind && $0.subject == alarm.subject }
        }
        for alarm in alarms where !isAmong(alarm, known) {
            logger.warning(
                "\(alarm.text); \(alarm.advice)", metadata: Self.fields(.alarmBegan, alarm))
        }
        for alarm in known where !isAmong(alarm, alarms) {
            logger.notice("over: \(alarm.text)", metadata: Self.fields(.alarmEnded, alarm))
        }
        return alarms
    }

    private static func fields(_ event: LogEvent, _ alarm: DeskAlarm) -> Logger.Metadata {
        [
            LogEvent.key: "\(event.rawValue)", "alarm": "\(alarm.kind.rawValue)",
            "subject": "\(alarm.subject)",
        ]
    }

    /// Webhook ids grow old without any event.
    private func tidy(_ clock: ClockWorker) async {
        do throws(DeskFailure) {
            try await clock.prune()
        } catch {
            logger.warning("what is out of date could not be tidied away: \(error.text)")
        }
    }

    /// Writes down what began or is over, and tells ops by mail; what could not be told yet.
    private func tellOps(
        of watch: AlarmWatch, _ untold: [AlarmWatch.Change]
    ) async -> [AlarmWatch.Change] {
        var untold = untold
        do throws(DeskFailure) {
            untold += try await watch.runOnce()
        } catch {
            logger.warning("alarms could not be written down: \(error.text)")
        }
        switch await AlarmMail(desk).tell(untold) {
        case .sent, .notWanted: return []
        case .refused(let detail):
            logger.warning("mail to ops was refused; see [notify] ops: \(detail)")
            return []
        case .notSent(let detail):
            logger.debug("ops could not be told by mail: \(detail)")
            // Older ones are in the log and in the stream.
            return untold.suffix(Self.mostUntold)
        }
    }

    /// What `[retention]` keeps no longer goes once a day, with others' work between the pages.
    private func retire() async {
        let retention = RetentionDesk(desk)
        var reached: MessageID? = MessageID(rawValue: 0)
        do throws(DeskFailure) {
            while let last = reached, !Task.isCancelled {
                reached = try await retention.deletePage(after: last)
                guard await Pulse.wait(.milliseconds(20)) else { return }
            }
        } catch {
            logger.warning("what [retention] keeps no longer could not be deleted: \(error.text)")
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
