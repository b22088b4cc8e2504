internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database while it is in use.")
    @OptionGroup var config: ConfigurationOption
    @Argument(help: "The file to write; it must not exist.", completion: .file()) var file: String

    func run() async throws {
        let loaded = try config.load()
        let path = try StorePath.of(loaded.configuration)
        try Privileges.becomeOwner(of: path)
        // It holds every mail and every key.
        umask(0o077)
        guard access(file, F_OK) != 0 else {
            Terse.complain("\(file) exists already")
            throw ExitCode(6)
        }
        let partial = file + ".partial"
        do throws(StoreError) {
            // Not opened as a store: a backup by a newer version must not migrate under an older daemon.
            try Store.copy(path, to: partial)
        } catch {
            unlink(partial)
            Terse.complain(error.text)
            throw ExitCode(1)
        }
        guard sync(partial), rename(partial, file) == 0 else {
            Terse.complain("cannot keep \(partial): \(String(cString: strerror(errno)))")
            throw ExitCode(1)
        }
        Terse.say(file)
    }

    /// A backup that is said to be there is on the disk.
    private func sync(_ path: String) -> Bool {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return fsync(handle) == 0
    }
}

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract:
            "Brings the database to this version's schema; the daemon does so by itself at its start.",
        discussion:
            "With --check, migrates and verifies a copy beside the database, which may be in use, and removes it again."
    )
    @OptionGroup var config: ConfigurationOption
    @Flag(help: "Tries it on a copy; the database stays as it is.") var check = false

    func run() async throws {
        let loaded = try config.load()
        let path = try StorePath.of(loaded.configuration)
        try Privileges.becomeOwner(of: path)
        umask(0o077)
        do {
            try await check ? tryOn(path + ".migration-check", of: path) : migrate(path)
        } catch let error as StoreError {
            Terse.complain(error.text)
            throw ExitCode(1)
        }
    }

    private func migrate(_ path: String) async throws {
        guard let lock = try StoreLock(path: path) else {
            throw StoreError.locked(
                "\(path) is held by the daemon; stop it first: systemctl stop hamdeld")
        }
        let store = try StoreFile.store(path)
        await store.close()
        _ = consume lock
        Terse.say("\(path) has this version's schema")
    }

    private func tryOn(_ copy: String, of path: String) async throws {
        func discard() { for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) } }
        discard()
        defer { discard() }
        try Store.copy(path, to: copy)
        let store = try StoreFile.store(copy)
        let result = Result { () throws(StoreError) in try store.verify() }
        await store.close()
        let report = try result.get()
        guard report.isIntact else {
            for difference in report.differences { Terse.complain(difference.text) }
            throw StoreError.damaged(
                "the migrated copy differs from its stream in \(report.differences.count) places")
        }
        Terse.say(
            "a copy of \(path) took this version's schema and is intact: \(report.events) events; the database was not changed"
        )
    }
}
