internal import CProcess
internal import Glibc
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// The database file as restoring sees it: what is there now, and putting another in its place.
struct StoreFile: Sendable {
    enum Content: Equatable {
        /// No file, or one in which nothing has happened yet, as after `hamdeld init`.
        case nothing
        /// With who was erased in it, which a backup from before does not know.
        case used(events: Int64, erased: [CustomerID])
        /// There is something, and it cannot be opened.
        case unreadable(String)
    }

    let path: String

    /// Where a copy is made ready.
    var underWay: String { path + ".restoring" }

    /// Opens what is there and closes it again, so that everything is in the one file. The caller holds the store's lock.
    func content() async -> Content {
        var status = hamdel_file_status()
        guard hamdel_status_of_path(path, &status) == 0, status.size > 0 else { return .nothing }
        do throws(StoreError) {
            let store = try Self.store(path)
            let events = store.writer.position.rawValue
            let erased = try? store.readNow { reader throws(StoreError) in
                try reader.erasedCustomers()
            }
            await store.close()
            return events == 0 ? .nothing : .used(events: events, erased: erased ?? [])
        } catch {
            return .unreadable(error.text)
        }
    }

    static func store(_ path: String) throws(StoreError) -> Store {
        let surroundings = Surroundings.desk
        return try Store(
            path: path, now: surroundings.now(),
            seed: StoreSeed(signingKey: surroundings.random(32)))
    }

    /// Puts the copy in the place of what is there, in one step: a death at any moment leaves one or the other. What was there
    /// is kept beside it.
    /// - Returns: where the old one is; nil when there was none.
    func replace(at now: Instant) throws -> String? {
        let aside = "\(path).before-restore-\(now.milliseconds / 1_000)"
        // A journal belongs to its file: left beside another it would be written into that.
        for suffix in ["-wal", "-shm"] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, aside + suffix) == 0 else {
                throw failure("move \(path)\(suffix)")
            }
        }
        let isThere = access(path, F_OK) == 0
        if isThere, link(path, aside) != 0 { throw failure("keep \(path) as \(aside)") }
        for suffix in ["-wal", "-shm"] { unlink(underWay + suffix) }
        guard rename(underWay, path) == 0 else { throw failure("put \(underWay) in place") }
        syncFolder()
        return isThere ? aside : nil
    }

    func discard() {
        for suffix in ["", "-wal", "-shm"] { unlink(underWay + suffix) }
    }

    private func syncFolder() {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let handle = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    private func failure(_ what: String) -> DaemonFailure {
        DaemonFailure(text: "cannot \(what): \(String(cString: strerror(errno)))")
    }
}
