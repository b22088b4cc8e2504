internal import Glibc

/// Reads a file chunk by chunk, so that its size does not matter. `-` is stdin.
final class ImportFile {
    static let chunk = 64 * 1024

    private let handle: Int32
    private let path: String

    init(_ path: String) throws {
        self.path = path
        handle = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else {
            throw DaemonFailure(text: "cannot read \(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(handle) }

    /// Nil at the end. Blocks on the disk; a command does nothing else meanwhile.
    func next() throws -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
            let got = read(handle, buffer.baseAddress, Self.chunk)
            count = max(got, 0)
            if got < 0 { failure = errno }
        }
        guard failure == 0 else {
            throw DaemonFailure(text: "cannot read \(path): \(String(cString: strerror(failure)))")
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// The files of a maildir, in the order of their names; at most a million.
    static func names(inMaildir path: String) throws -> [String] {
        var names: [String] = []
        for folder in ["cur", "new"] {
            guard let directory = opendir("\(path)/\(folder)") else {
                throw DaemonFailure(
                    text: "cannot read \(path)/\(folder): \(String(cString: strerror(errno)))")
            }
            defer { closedir(directory) }
            while names.count < 1_000_000, let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if !name.hasPrefix(".") { names.append("\(path)/\(folder)/\(name)") }
            }
        }
        return names.sorted()
    }
}
