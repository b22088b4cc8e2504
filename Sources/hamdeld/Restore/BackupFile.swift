internal import CProcess
internal import Glibc

/// A file to restore from, opened while we may still read it: as root, before becoming the database's owner.
final class BackupFile: Sendable {
    let path: String
    private let handle: Int32

    init(_ path: String) throws {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else {
            throw DaemonFailure(
                text: "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        var status = hamdel_file_status()
        guard hamdel_status_of_handle(handle, &status) == 0, status.mode & 0o170000 == 0o100000
        else {
            close(handle)
            throw DaemonFailure(text: "\(path) is not a file")
        }
        var beside = hamdel_file_status()
        guard hamdel_status_of_path(path + "-wal", &beside) != 0 || beside.size == 0 else {
            close(handle)
            throw DaemonFailure(
                text:
                    "\(path) has a \(path)-wal beside it: it is a database in use or one that was copied by hand. Make a backup with hamdeld backup FILE"
            )
        }
        self.path = path
        self.handle = handle
    }

    /// A new file with the same bytes, on the disk when this returns; nobody else may read it.
    func copy(to target: String) throws {
        unlink(target)
        let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard copy >= 0 else { throw Self.failure("write", target) }
        defer { close(copy) }
        guard lseek(handle, 0, SEEK_SET) == 0 else { throw Self.failure("read", path) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else { throw Self.failure("read", path) }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(copy, $0.baseAddress, $0.count) }
                guard written > 0 else { throw Self.failure("write", target) }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(copy) == 0 else { throw Self.failure("write", target) }
    }

    private static func failure(_ verb: String, _ path: String) -> DaemonFailure {
        DaemonFailure(text: "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }

    deinit { close(handle) }
}
