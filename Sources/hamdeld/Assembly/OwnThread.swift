internal import Glibc

/// Runs what blocks on a thread that is made for it, so that nothing else waits.
enum OwnThread {
    private final class Work {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let work = Unmanaged.passRetained(Work { continuation.resume(returning: body()) })
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { pointer in
                    if let pointer {
                        Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
                    }
                    return nil
                }, work.toOpaque())
            guard code == 0 else {
                // No thread is to be had: then here, late rather than never.
                return work.takeRetainedValue().body()
            }
            pthread_detach(thread)
        }
    }
}
