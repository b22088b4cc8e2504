internal import Dispatch
internal import Glibc

/// Looks at files and reads them, off the cooperative pool. Never follows a file that was exchanged between a look and a read:
/// the inode decides.
struct LogDisk: Sendable {
    static let mostFiles = 1000

    struct File: Sendable, Equatable {
        let path: String
        let inode: UInt64
        let size: Int
    }

    enum Kind: Sendable, Equatable { case file(File), folder }

    private static let queue = DispatchQueue(label: "phone-log")

    /// nil when it is not there, is something else, or may not be read.
    func kind(of path: String) async -> Kind? {
        await Self.off { Self.kind(of: path) }
    }

    /// The files of a folder by name; hidden ones and those that are still being put there (`.tmp`, `.part`) do not count.
    func files(in folder: String) async -> [File] {
        await Self.off {
            guard let stream = opendir(folder) else { return [] }
            defer { closedir(stream) }
            var names: [String] = []
            while names.count < Self.mostFiles, let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if !name.hasPrefix("."), !name.hasSuffix(".tmp"), !name.hasSuffix(".part") {
                    names.append(name)
                }
            }
            return names.sorted().compactMap {
                guard case .file(let file)? = Self.kind(of: "\(folder)/\($0)") else { return nil }
                return file
            }
        }
    }

    /// At most `limit` bytes from `offset`; nil when the file has gone or is another one now.
    func read(_ file: File, from offset: Int, atMost limit: Int) async -> [UInt8]? {
        await Self.off {
            let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_ino == file.inode else { return nil }
            var bytes = [UInt8](repeating: 0, count: limit)
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, limit, off_t(offset))
            }
            guard count >= 0 else { return nil }
            bytes.removeLast(limit - count)
            return bytes
        }
    }

    private static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG:
            return .file(File(path: path, inode: UInt64(status.st_ino), size: Int(status.st_size)))
        default: return nil
        }
    }

    private static func off<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
