internal import Glibc

/// Holds a database for one process: the daemon for its life, an offline command for its run. Ends with the process,
/// however it ends.
struct StoreLock: ~Copyable {
    private let handle: Int32

    /// Nil when another process holds it.
    init?(path: String) throws {
        handle = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw DaemonFailure(
                text: "cannot open \(path).lock: \(String(cString: strerror(errno)))")
        }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
            close(handle)
            return nil
        }
    }

    deinit { close(handle) }
}
