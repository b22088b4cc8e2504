internal import CCurl
internal import Glibc

/// Starts the thread that drives one `CurlLoop`.
enum CurlThread {
    /// False when the system has no thread to give.
    static func start(_ inbox: LoopInbox) -> Bool {
        _ = isLibraryReady
        let context = Unmanaged.passRetained(inbox).toOpaque()
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, body, context)
        guard code == 0 else {
            Unmanaged<LoopInbox>.fromOpaque(context).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// libcurl's own start; thread-safe since 7.84.0, and Swift runs this once.
    static let isLibraryReady: Bool = hamdel_curl_global_init() == CURLE_OK

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
        {
            context in
            guard let context else { return nil }
            let inbox = Unmanaged<LoopInbox>.fromOpaque(context).takeRetainedValue()
            keepSignalsAway()
            String(inbox.name.prefix(15)).withCString { hamdel_curl_name_thread($0) }
            LoopTurns.run(inbox)
            return nil
        }

    /// A peer that hangs up must not raise SIGPIPE in the process, and the daemon's own signals
    /// (SIGTERM, SIGHUP) belong to other threads.
    static func keepSignalsAway() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
