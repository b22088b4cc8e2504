public import NIOPosix

/// Threads for what blocks while mails are read (GMime, iconv). Bounded: waiting here is the back-pressure. GMime's objects are
/// made and freed within one job, so no two threads ever share one.
public final class MailReadingPool: Sendable {
    private let pool: NIOThreadPool

    /// The pool must be started; its owner stops it.
    public init(_ pool: NIOThreadPool) { self.pool = pool }

    public func run<Value: Sendable>(_ job: @escaping @Sendable () -> Value) async throws -> Value {
        try await pool.runIfActive(job)
    }
}
