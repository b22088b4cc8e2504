internal import Synchronization

/// Hands mails to one SMTP server (a relay or submission service).
///
/// Keeps a few connections open ("lanes", a thread each), because libcurl 7.88.1 blocks its thread while
/// it waits for the answer to the final dot: one slow mail holds up its own lane only. Connections are
/// never shared between servers or TLS rules, since an instance has exactly one `Server`.
public final class SMTPTransfer: Sendable {
    public let server: Server
    private let lanes: [CurlLoop]
    private let shared: Mutex<Shared>

    private struct Shared {
        /// Mails handed to each lane and not yet ended.
        var load: [Int]
        /// What the server said it can do, when last asked.
        var offers: SMTPDialogue.Offers?
    }

    /// `lanes` is how many mails may travel at the same time, 1…32. Threads start when needed.
    public init(server: Server, lanes: Int = 4) {
        let count = max(1, min(lanes, 32))
        self.server = server
        self.lanes = (0..<count).map { number in
            CurlLoop(
                name: "smtp-\(number)", limits: CurlLoop.Limits(running: 1, waiting: 256, pooled: 1)
            )
        }
        shared = Mutex(Shared(load: Array(repeating: 0, count: count)))
    }

    /// Sends one mail. Suspends, never blocks; takes at most `server.timeouts.total`.
    ///
    /// Recipients whose address is malformed are answered `.invalid` and never reach the wire; the
    /// others are tried. Throws when the sender or the message itself may not be sent at all.
    /// Cancelling the task after the final dot gives `.uncertain`.
    public func send(_ mail: Mail) async throws(Refusal) -> Outcome {
        let checked = try CheckedMail(mail)
        guard !checked.recipients.isEmpty else { return .answered(checked.results([:])) }
        let lane = takeLane()
        defer { freeLane(lane) }
        if checked.letters == .international,
            let refusal = await refusalOfInternational(checked, on: lanes[lane])
        {
            return refusal
        }
        let first = await attempt(checked, on: lanes[lane], connection: .pooled)
        // A pooled connection may have died while it slept; nothing was said on it yet.
        guard first.deservesFreshConnection else { return first.outcome }
        return await attempt(checked, on: lanes[lane], connection: .fresh).outcome
    }

    /// Why this server cannot be given a mail with international addresses; nil when it can. libcurl 7.88.1 would send them
    /// to any server (RFC 6531 §3.2 forbids that), so the server is asked first.
    private func refusalOfInternational(_ mail: CheckedMail, on loop: CurlLoop) async -> Outcome? {
        if shared.withLock({ $0.offers?.smtputf8 }) == true { return nil }
        let (offers, failure) = await probe(on: loop)
        if let offers { shared.withLock { $0.offers = offers } }
        if let failure {
            return .notSent(NotSent(phase: .hello, failure: failure, reply: nil))
        }
        return offers?.smtputf8 == true ? nil : .answered(mail.refusedInternational())
    }

    /// Connects, signs in and says NOOP; throws what keeps mails from being handed over.
    public func check() async throws(TransportFailure) {
        let lane = takeLane()
        defer { freeLane(lane) }
        let (offers, failure) = await probe(on: lanes[lane])
        if let offers { shared.withLock { $0.offers = offers } }
        if let failure { throw failure }
    }

    private func probe(on loop: CurlLoop) async -> (SMTPDialogue.Offers?, TransportFailure?) {
        let id = loop.makeID()
        let probe = SMTPProbe(server)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                probe.start { continuation.resume(returning: ($0, $1)) }
                loop.submit(probe, as: id)
                if Task.isCancelled { loop.cancel(id) }
            }
        } onCancel: {
            loop.cancel(id)
        }
    }

    /// Ends what is under way (unanswered mails become `.uncertain` or `.notSent`) and stops the threads.
    public func shutdown() async {
        for lane in lanes { await lane.shutdown() }
    }

    private func attempt(
        _ mail: CheckedMail, on loop: CurlLoop, connection: SMTPSession.Connection
    ) async -> SMTPSession.Result {
        let id = loop.makeID()
        let session = SMTPSession(mail, server, connection)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                session.start { continuation.resume(returning: $0) }
                loop.submit(session, as: id)
                if Task.isCancelled { loop.cancel(id) }
            }
        } onCancel: {
            loop.cancel(id)
        }
        if let offers = result.offers { shared.withLock { $0.offers = offers } }
        return result
    }

    /// The least loaded lane, the first of several: so that few mails share few connections.
    private func takeLane() -> Int {
        shared.withLock { shared in
            var best = 0
            for lane in shared.load.indices where shared.load[lane] < shared.load[best] {
                best = lane
            }
            shared.load[best] += 1
            return best
        }
    }

    private func freeLane(_ lane: Int) {
        shared.withLock { $0.load[lane] -= 1 }
    }
}
