/// Runs transfers on one thread of its own, over one libcurl multi handle with its connection pool.
///
/// The thread starts with the first transfer and ends with `shutdown()` or with the last reference.
/// libcurl's calls never run on Swift's cooperative pool. At most `limits.running` transfers run at a
/// time; `limits.waiting` more wait their turn; what comes beyond is refused with `.busy`.
///
/// SMTP needs loops of its own (`SMTPTransfer` makes them): libcurl 7.88.1 blocks its thread while it
/// waits for the answer to the final dot (lib/smtp.c, `smtp_done`).
public final class CurlLoop: Sendable {
    /// How many transfers there may be.
    public struct Limits: Sendable, Equatable {
        public var running: Int
        public var waiting: Int
        /// Connections kept open for reuse.
        public var pooled: Int

        public init(running: Int = 64, waiting: Int = 1024, pooled: Int = 16) {
            self.running = max(1, running)
            self.waiting = max(0, waiting)
            self.pooled = max(1, pooled)
        }
    }

    private let inbox: LoopInbox

    /// `name` is shown by `ps -T` and debuggers (15 bytes at most are kept).
    public init(name: String = "curl", limits: Limits = Limits()) {
        inbox = LoopInbox(name: name, limits: limits)
    }

    deinit { inbox.close() }

    /// Ends every transfer with `.closed`, refuses new ones, and returns when none is left.
    /// A transfer inside libcurl's blocking wait ends within about a second.
    public func shutdown() async {
        await withCheckedContinuation { continuation in
            inbox.close { continuation.resume() }
        }
    }

    /// A fresh name for a transfer, so that it can be cancelled even before it is submitted.
    func makeID() -> TransferID { inbox.makeID() }

    /// Hands a transfer over; whatever happens, its `ended` is called exactly once.
    func submit(_ transfer: any Transfer, as id: TransferID) {
        if let refusal = inbox.submit(transfer, as: id) {
            transfer.ended(TransferEnding(verdict: .failed(refusal), newConnections: 0))
        }
    }

    /// Ends a transfer with `.cancelled`; nothing happens when it has ended already.
    func cancel(_ id: TransferID) { inbox.cancel(id) }

    /// Lets a paused transfer read on.
    func resume(_ id: TransferID) { inbox.resume(id) }
}
