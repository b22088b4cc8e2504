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
        guard access(file, F_OK) != 0 else {
            Terse.complain("\(file) exists already")
            throw ExitCode(6)
        }
        let partial = file + ".partial"
        do throws(StoreError) {
            let surroundings = Surroundings.desk
            let store = try Store(
                path: path, now: surroundings.now(),
                seed: StoreSeed(signingKey: surroundings.random(32)))
            try store.backup(to: partial)
        } catch {
            unlink(partial)
            Terse.complain(error.text)
            throw ExitCode(1)
        }
        guard rename(partial, file) == 0 else {
            Terse.complain("cannot rename \(partial): \(String(cString: strerror(errno)))")
            throw ExitCode(1)
        }
        Terse.say(file)
    }
}

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract:
            "Brings the database to this version's schema; the daemon does so by itself at its start."
    )
    @OptionGroup var config: ConfigurationOption

    func run() throws {
        let loaded = try config.load()
        let path = try StorePath.of(loaded.configuration)
        try Privileges.becomeOwner(of: path)
        guard let lock = try StoreLock(path: path) else {
            Terse.complain("\(path) is in use; stop the daemon first")
            throw ExitCode(EX_TEMPFAIL)
        }
        do throws(StoreError) {
            let surroundings = Surroundings.desk
            _ = try Store(
                path: path, now: surroundings.now(),
                seed: StoreSeed(signingKey: surroundings.random(32)))
        } catch {
            Terse.complain(error.text)
            throw ExitCode(1)
        }
        _ = consume lock
        Terse.say("\(path) has this version's schema")
    }
}
