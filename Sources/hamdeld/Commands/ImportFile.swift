internal import CProcess
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

    /// Nil for what has no size: a pipe.
    var size: Int? {
        var info = hamdel_file_status()
        guard hamdel_status_of_handle(handle, &info) == 0, info.mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(info.size)
    }

    /// More than any folder we have seen; a larger one is refused rather than half read.
    private static let mostFiles = 5_000_000

    /// The files of a maildir's cur and new, oldest name first (names begin with the time of delivery).
    static func names(inMaildir path: String) throws -> [String] {
        var names: [(name: String, folder: String)] = []
        for folder in ["cur", "new"] {
            guard let directory = opendir("\(path)/\(folder)") else {
                throw DaemonFailure(
                    text: "cannot read \(path)/\(folder): \(String(cString: strerror(errno)))")
            }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if !name.hasPrefix(".") { names.append((name, folder)) }
                guard names.count <= mostFiles else {
                    throw DaemonFailure(
                        text: "\(path) holds more than \(mostFiles) mails; import it in parts")
                }
            }
        }
        return names.sorted { $0.name < $1.name }.map { "\(path)/\($0.folder)/\($0.name)" }
    }
}
