package import ChannelKit
internal import Dispatch
internal import Glibc

/// The folder through which files go to an adapter and come from it. Everything that an adapter names is suspected: a path stays
/// inside, goes through no symbolic link, and ends in a plain file of a bounded size.
package struct SpoolFolder: Sendable {
    /// Of one file.
    package static let fileLimit = 25 << 20
    /// Entries removed at a time; a folder that holds more is emptied at the next start.
    private static let removalLimit = 100_000

    /// Absolute, without a slash at its end.
    package let path: String
    private static let queue = DispatchQueue(label: "hamdel.spool")

    package init(path: String) { self.path = path }

    /// Makes it, with its `in` and `out`, for this user alone, and empties it: what an adapter wants to say again it writes again.
    /// Suspends; a sentence where that fails.
    package func prepare() async -> String? {
        await Self.off {
            var place = ""
            for part in path.split(separator: "/") {
                place += "/" + part
                if mkdir(place, 0o700) != 0, errno != EEXIST {
                    return "\(place): \(String(cString: strerror(errno)))"
                }
            }
            var left = Self.removalLimit
            Self.empty(path, &left)
            for name in ["in", "out"] where mkdir(path + "/" + name, 0o700) != 0 && errno != EEXIST
            {
                return "\(path)/\(name): \(String(cString: strerror(errno)))"
            }
            return nil
        }
    }

    /// Below the folder.
    package func inner(_ name: String) -> String {
        name.hasPrefix(path + "/") ? String(name.dropFirst(path.utf8.count + 1)) : name
    }

    /// Reads a file that an adapter names, from the folder or absolute. Blocks for as long as the disk takes.
    package func read(_ name: String, at place: String) throws(JSONFault) -> [UInt8] {
        let inner = inner(name)
        let parts = inner.split(separator: "/", omittingEmptySubsequences: false)
        guard !inner.isEmpty, !inner.utf8.contains(0), (1...8).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 })
        else { throw JSONFault(place: place, reason: "expected a path inside the spool") }
        var folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw fault(place) }
        defer { close(folder) }
        for part in parts.dropLast() {
            let next = openat(folder, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw fault(place) }
            close(folder)
            folder = next
        }
        let file = openat(
            folder, String(parts[parts.count - 1]), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw fault(place) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1
        else { throw JSONFault(place: place, reason: "is no plain file of its own") }
        return try bytes(of: file, place)
    }

    private func bytes(of file: Int32, _ place: String) throws(JSONFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 128 << 10)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw fault(place) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= Self.fileLimit else {
                throw JSONFault(
                    place: place, reason: "is longer than \(Self.fileLimit >> 20) MiB")
            }
            bytes += buffer[..<count]
        }
    }

    private func fault(_ place: String) -> JSONFault {
        JSONFault(place: place, reason: String(cString: strerror(errno)))
    }

    /// Writes a file for the adapter, whole or not at all; false where that fails.
    package func write(_ bytes: [UInt8], as name: String) async -> Bool {
        await Self.off {
            let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard file >= 0 else { return false }
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    unlink(path + "/" + name)
                    return false
                }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    package func remove(_ names: [String]) async {
        guard !names.isEmpty else { return }
        await Self.off { for name in names { unlink(path + "/" + name) } }
    }

    package func remove() async {
        await Self.off {
            var left = Self.removalLimit
            Self.empty(path, &left)
            rmdir(path)
        }
    }

    /// Follows no link; at most 16 levels down, which is twice what may be read.
    private static func empty(_ folder: String, _ left: inout Int, depth: Int = 0) {
        guard depth < 16, let entries = opendir(folder) else { return }
        var names: [String] = []
        while left > 0, let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            left -= 1
            names.append(folder + "/" + name)
        }
        closedir(entries)
        for name in names where unlink(name) != 0 {
            empty(name, &left, depth: depth + 1)
            rmdir(name)
        }
    }

    /// Off the cooperative pool: disks may be slow.
    package static func off<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
