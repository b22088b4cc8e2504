internal import Glibc

/// A thread outside the cooperative pool, for work that blocks.
enum TerminalThread {
    private final class Box {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    /// Runs `body` on a new thread. When the system refuses one, `body` is not run.
    static func start(_ body: @escaping @Sendable () -> Void) throws(TerminalError) {
        let box = Unmanaged.passRetained(Box(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { raw in
                guard let raw else { return nil }
                // The creating thread may be one of the pool's, which have signals blocked; here
                // they must arrive: `SignalGuard.stopProcess` raises one.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        pthread_attr_destroy(&attributes)
        guard code == 0 else {
            box.release()
            throw .system(operation: "pthread_create", code: code)
        }
    }
}
