internal import Glibc
internal import HelpdeskClient

/// Files that are whole and on disk, or not there.
enum DurableFile {
    /// Writes beside the old file, synchronises, renames, and synchronises the folder: whatever happens, the old content
    /// or the new one is there. Readable by its owner only. Blocks for the disk.
    static func replace(_ path: String, with bytes: [UInt8]) throws(ClientFailure) {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let isWritten = write(bytes, to: descriptor) && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            if !isWritten { errno = code }
            let fault = failure(path)
            unlink(draft)
            throw fault
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    /// Creates a file that must not be there yet; false when it is.
    static func create(_ path: String, with bytes: [UInt8]) throws(ClientFailure) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw failure(path)
        }
        defer { close(descriptor) }
        guard write(bytes, to: descriptor) else {
            let fault = failure(path)
            unlink(path)
            throw fault
        }
        return true
    }

    /// Nil when it is not there, cannot be read or is longer than `limit`.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while result.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return result }
            result += buffer[..<count]
        }
        return nil
    }

    /// Writes everything, to a pipe too; false when nobody takes it any more.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func failure(_ path: String) -> ClientFailure {
        .local("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
