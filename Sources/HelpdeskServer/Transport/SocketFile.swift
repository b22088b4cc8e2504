internal import Glibc

/// The name of a listening unix socket in the file system, put in place so that nobody reaches it before its
/// permissions stand: it is bound under another name beside, given to its group, and renamed over a stale one.
struct SocketFile: Sendable {
    /// Why the socket could not be put in place; what to do is in the text.
    struct Failure: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    let path: String
    /// Permission bits, like 0o660.
    let mode: UInt32
    /// Nil: the daemon's own group.
    let group: UInt32?

    /// Where the server binds: one byte longer than the name itself, which may have 106 (unix(7): 108 with NUL).
    var bindingPath: String { path + "~" }

    /// Refuses where another daemon listens, and where something else than a socket stands. Blocks for as long as a connect
    /// to a local socket takes.
    func checkFree() throws(Failure) {
        guard bindingPath.utf8.count <= 107 else {
            throw Failure(description: "\(path): the name of a socket has at most 106 bytes")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw Failure(description: "\(path): \(Self.errorText)")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Failure(description: "\(path) is there and no socket; move it away")
        }
        if Self.isAnswered(path) {
            throw Failure(
                description:
                    "\(path) is answered by another process; stop it, or give this one another socket"
            )
        }
    }

    /// Whose the socket is.
    enum Ownership: Hashable {
        case asAsked
        /// The daemon may not give it away (it is not in that group): its own group keeps it, which lets in fewer.
        case daemonsOwn(because: String)
    }

    /// Gives the bound socket its group and mode and its name. Call after binding, before saying ready.
    func putInPlace() throws(Failure) -> Ownership {
        var ownership = Ownership.asAsked
        if let group, chown(bindingPath, uid_t.max, group) != 0 {
            ownership = .daemonsOwn(
                because: "\(path) cannot be given to group \(group): \(Self.errorText)")
        }
        guard chmod(bindingPath, mode_t(mode)) == 0 else {
            throw Failure(description: "\(path): mode cannot be set: \(Self.errorText)")
        }
        guard rename(bindingPath, path) == 0 else {
            throw Failure(description: "\(path): \(Self.errorText)")
        }
        return ownership
    }

    /// Removes the name, if it is still a socket's that nobody answers.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
            !Self.isAnswered(path)
        else { return }
        _ = unlink(path)
    }

    private static var errorText: String { String(cString: strerror(errno)) }

    /// Whether somebody accepts connections there.
    static func isAnswered(_ path: String) -> Bool {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            guard path.utf8.count < bytes.count else { return false }
            bytes.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return false }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
