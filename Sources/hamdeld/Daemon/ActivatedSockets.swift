internal import Glibc

/// Listening sockets that systemd made before we started (sd_listen_fds(3)): they are there while we restart, so that nobody is
/// refused meanwhile. Each is found by its path.
struct ActivatedSockets: Sendable {
    /// The first descriptor that systemd hands over.
    private static let first: Int32 = 3
    /// More than any unit of ours names.
    private static let most: Int32 = 16

    private let handles: [String: Int32]

    init(environment: [String: String]) {
        var handles: [String: Int32] = [:]
        if environment["LISTEN_PID"] == String(getpid()),
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0
        {
            for handle in Self.first..<(Self.first + min(count, Self.most)) {
                _ = fcntl(handle, F_SETFD, FD_CLOEXEC)
                if let path = Self.path(of: handle) { handles[path] = handle }
            }
        }
        self.handles = handles
    }

    /// A descriptor of the socket at a path, for its taker to close; the original stays open, and connections wait in it.
    func take(_ path: String) -> Int32? {
        guard let handle = handles[path] else { return nil }
        let copy = fcntl(handle, F_DUPFD_CLOEXEC, 0)
        return copy >= 0 ? copy : nil
    }

    var paths: [String] { handles.keys.sorted() }

    private static func path(of handle: Int32) -> String? {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(handle, $0, &length)
            }
        }
        guard found == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let bytes = withUnsafeBytes(of: &address.sun_path) { Array($0.prefix { $0 != 0 }) }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
