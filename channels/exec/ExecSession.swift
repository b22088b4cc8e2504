internal import ChannelKit
internal import HelpdeskCore
internal import Synchronization

/// One life of a child: from hello to its end. `run` is the only reader of its lines and the only one who decides; `send` and
/// `receive` hand over a line from other tasks and wait for the answer that `run` finds.
final class ExecSession: Sendable {
    /// Deliver lines that may be unanswered at once.
    static let credit = 16
    /// Lines that are no JSON, before the child is given up.
    static let junkLimit = 50

    let settings: ExecSettings
    let host: any ChannelHost
    let child: ChildProcess
    let waiting = ExecWaiting()
    private let life: ExecLife
    private let log: ExecLog

    init(_ settings: ExecSettings, life: ExecLife, host: any ChannelHost) {
        self.settings = settings
        self.life = life
        self.host = host
        let log = ExecLog(host: host, mask: SecretMask(settings.secrets.values))
        self.log = log
        child = ChildProcess(
            ChildProcess.Command(
                words: settings.command, environment: ExecEnvironment.variables(),
                folder: settings.spool.path)
        ) { log.complain($0) }
    }

    /// Returns when it was told to stop, or must not be started again; throws when it should be.
    func run(from cursor: Cursor?) async throws {
        if let reason = await settings.spool.prepare() {
            throw down("the spool folder cannot be made: \(reason)", .fixConfiguration)
        }
        child.start()
        do {
            try await withTaskCancellationHandler {
                try await converse(from: cursor)
            } onCancel: {
                child.nudge()
            }
        } catch let misfit as ExecMisfit {
            await end()
            let health = ChannelHealth(
                state: .down, detail: misfit.detail, action: .fixConfiguration)
            life.note(health)
            await host.health(health)
            return
        } catch {
            await end()
            throw error
        }
        await end()
    }

    /// Nothing of it runs when this returns, and everybody who waited for it has been told.
    private func end() async {
        child.kill()
        for _ in 0..<100 where !child.hasEnded { _ = await child.next(within: .milliseconds(100)) }
        waiting.settleAll(after: child, life.capabilities.attemptSafety)
    }

    func down(_ detail: String, _ action: ChannelHealth.Action = .wait) -> ChannelInterruption {
        let health = ChannelHealth(state: .down, detail: detail, action: action)
        life.note(health)
        return ChannelInterruption(health)
    }

    private func write(_ line: JSONOutput) throws -> Int {
        guard case .accepted(let number) = child.write(line.bytes) else {
            throw down(
                "the adapter does not listen: \(ChildProcess.outboundBytes >> 20) MiB wait for it")
        }
        return number
    }

    // MARK: The conversation

    private func converse(from cursor: Cursor?) async throws {
        _ = try write(HostLine.hello(spool: settings.spool.path, inbox: settings.inbox))
        let hello = try await hello()
        if let fault = hello.schema.fault(in: settings.config) { throw ExecMisfit(detail: fault) }
        _ = try write(
            HostLine.start(
                config: settings.config, secrets: settings.secrets, cursor: cursor,
                credit: Self.credit))
        var watch = ExecWatch(settings.timing)
        await host.learned(hello.capabilities)
        life.began(self, hello.capabilities)
        waiting.open(for: hello)
        while true {
            if Task.isCancelled, watch.stop() {
                let grace = settings.timing.grace.components.seconds * 1_000
                _ = try write(HostLine.stop(graceMilliseconds: grace))
            }
            switch await child.next(within: .milliseconds(500)) {
            case .line(let line):
                let began = ContinuousClock.now
                if case .words = try await take(line, &watch) { await rest(since: began, &watch) }
            case .overlong:
                throw down(
                    "the adapter said a line of more than \(ChildProcess.lineLimit >> 20) MiB")
            case .ended(let ending):
                if let health = watch.unsaid { await tell(health) }
                return try ended(ending, watch)
            case nil: if child.hasEnded { return }
            }
            if watch.isOverGrace { return }
            try await look(&watch)
        }
    }

    private func hello() async throws -> AdapterHello {
        let deadline = ContinuousClock.now + settings.timing.hello
        while ContinuousClock.now < deadline, !Task.isCancelled {
            switch await child.next(within: deadline - .now) {
            case .line(let bytes):
                guard case .hello(let hello) = try read(bytes) else {
                    throw down("the adapter must say hello first")
                }
                guard HostLine.versions.contains(hello.version) else {
                    throw ExecMisfit(
                        detail:
                            "the adapter speaks version \(hello.version) of hamdel-channel; this program speaks 1"
                    )
                }
                log.name = hello.name
                return hello
            case .overlong: throw down("the adapter's hello is longer than a line may be")
            case .ended(let ending): try ended(ending, nil)
            case nil: continue
            }
        }
        throw down(
            "the adapter did not say hello within \(settings.timing.hello.components.seconds) s")
    }

    private func ended(_ ending: ChildProcess.Ending, _ watch: ExecWatch?) throws {
        if watch?.isStopping == true { return }
        switch ending {
        case .exited(78):
            throw ExecMisfit(
                detail: log.lastWords ?? "the adapter says that its configuration is wrong")
        case .notStarted: throw down(ending.description, .fixConfiguration)
        case .exited, .signalled:
            let words = log.lastWords.map { "; its last words: \($0)" } ?? ""
            throw down("the adapter ended: \(ending)\(words)")
        }
    }

    private func read(_ bytes: [UInt8]) throws -> AdapterLine {
        do throws(JSONFault) {
            return try AdapterLine.read(bytes, now: host.now())
        } catch {
            throw down("the adapter said what cannot be read: \(error)")
        }
    }

    private enum Heard { case messages, words }

    /// An adapter that talks without an end gets no more of the daemon's time than it should.
    private func rest(since began: ContinuousClock.Instant, _ watch: inout ExecWatch) async {
        let now = ContinuousClock.now
        guard let rest = watch.pace.heard(in: now - began, at: now) else { return }
        try? await Task.sleep(for: rest)
    }

    private func take(_ bytes: [UInt8], _ watch: inout ExecWatch) async throws -> Heard {
        guard bytes.first == UInt8(ascii: "{") else {
            log.remark("said on stdout what is no JSON: \(log.masked(bytes.prefix(200)))", .warning)
            watch.junk += 1
            guard watch.junk <= Self.junkLimit else {
                throw down("the adapter writes on stdout what is no JSON; logs belong on stderr")
            }
            return .words
        }
        switch try read(bytes) {
        case .hello: log.remark("said hello twice", .warning)
        case .unknown(let kind): log.remark("said \(kind), which is not known here", .debug)
        case .pong(let number): watch.heard(pong: number)
        case .result(let result): waiting.settle(result)
        case .webhookReply(let request, let reply): waiting.settle(request, reply)
        case .receipt(let receipt): try await take(receipt)
        case .health(let health): await take(health, &watch)
        case .deliver(let delivery):
            try await take(delivery, bytes, &watch)
            return .messages
        }
        return .words
    }

    private func take(
        _ delivery: AdapterDelivery, _ bytes: [UInt8], _ watch: inout ExecWatch
    ) async throws {
        guard delivery.sequence > watch.sequence else {
            throw down(
                "the adapter's deliver lines must be numbered upwards: \(delivery.sequence) after \(watch.sequence)"
            )
        }
        watch.sequence = delivery.sequence
        let intake = ExecIntake(settings: settings, host: host, isHurried: child.isTalking)
        switch await intake.take(delivery, bytes, pace: &watch.pace) {
        case .kept: _ = try write(HostLine.ack(delivery.sequence))
        case .closed:
            _ = try write(
                HostLine.nack(delivery.sequence, after: 5_000, reason: "nothing is taken in now"))
            // Whoever says it again at once is not heard at once.
            try? await Task.sleep(for: .milliseconds(200))
        case .stuck(let reason): throw down(reason)
        }
    }

    private func take(_ receipt: Receipt) async throws {
        do throws(DeliveryRefusal) {
            try await host.receipt(receipt)
        } catch {
            log.remark("a receipt of \(receipt.externalID) was not kept: \(error)", .warning)
        }
    }

    private func take(_ health: ChannelHealth, _ watch: inout ExecWatch) async {
        guard health.state != .ok || watch.isSteady else {
            watch.isWell = true
            watch.unsaid = nil
            return
        }
        watch.isWell = health.state == .ok
        // What changes faster than anybody reads is said as it stands then.
        guard watch.maySpeak() else { return watch.unsaid = health }
        watch.unsaid = nil
        await tell(health)
    }

    private func tell(_ health: ChannelHealth) async {
        var health = health
        if health.state == .ok { health.lastSuccess = host.now() }
        if let detail = health.detail { health.detail = log.masked(Array(detail.utf8)[...]) }
        life.note(health)
        await host.health(health)
    }

    /// What time brings: pings, deadlines, and the word that all is well.
    private func look(_ watch: inout ExecWatch) async throws {
        guard watch.isDue() else { return }
        waiting.settleOverdue(child, life.capabilities.attemptSafety)
        if watch.isDeaf {
            throw down(
                "the adapter has not answered a ping for \(settings.timing.pong.components.seconds) s"
            )
        }
        if let number = watch.ping() { _ = try write(HostLine.ping(number)) }
        if watch.becameSteady() { await tell(ChannelHealth(state: .ok)) }
        if let health = watch.unsaid, watch.maySpeak() {
            watch.unsaid = nil
            await tell(health)
        }
        log.flush()
    }
}

/// The adapter says, or shows, that it cannot work as it is configured: it is not started again before that changes.
struct ExecMisfit: Error {
    let detail: String
}
