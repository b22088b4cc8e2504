import Glibc

extension ConfigurationFiles {
    /// The real disk. At most 1,000 names of a folder are looked at.
    public static let disk = ConfigurationFiles(read: readFile, names: listFolder)

    private static func readFile(_ path: String, limit: Int) -> Result<Content, Failure> {
        // A path with a NUL would be cut there.
        guard !path.utf8.contains(0) else { return .failure(.missing) }
        // O_NONBLOCK: opening a FIFO must not wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(failure(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(failure(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.notAFile) }
        let mode = FileMode(bits: UInt16(truncatingIfNeeded: status.st_mode & 0o777))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .failure(failure(errno)) }
            if count == 0 { return .success(Content(bytes: bytes, mode: mode)) }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return .failure(.tooLarge(limit: limit))
    }

    private static func listFolder(_ path: String) -> Result<[String], Failure> {
        guard let folder = opendir(path) else {
            let code = errno
            return code == ENOENT || code == ENOTDIR ? .success([]) : .failure(failure(code))
        }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < 1_000, let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)
                ) { String(cString: $0) }
            }
            names.append(name)
        }
        return .success(names)
    }

    private static func failure(_ code: Int32) -> Failure {
        code == ENOENT || code == ENOTDIR
            ? .missing : .unreadable(reason: String(cString: strerror(code)))
    }
}
