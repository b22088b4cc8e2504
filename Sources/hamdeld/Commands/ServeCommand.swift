internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the daemon in the foreground.",
        discussion: "SIGHUP reloads the configuration, SIGTERM and SIGINT drain and stop.")
    @OptionGroup var config: ConfigurationOption

    func run() async throws {
        let loaded = try config.load(.said)
        // Sockets and files are ours alone, but for those whose mode the configuration says.
        umask(0o077)
        do {
            let path = try StorePath.of(loaded.configuration)
            try Privileges.becomeOwner(of: path)
            guard let lock = try StoreLock(path: path) else {
                throw DaemonFailure(text: "another process holds \(path)")
            }
            try await Daemon(loaded, file: config.file).run()
            _ = consume lock
        } catch let failure as ConfigurationFailure {
            Terse.complain(failure.text)
            throw ExitCode(EX_CONFIG)
        } catch let failure as DaemonFailure {
            Terse.complain(failure.text)
            throw ExitCode(1)
        }
    }
}
