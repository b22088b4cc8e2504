internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented configuration, creates the database and a first admin.",
        discussion:
            "Leaves an existing configuration as it is. Prints the admin's token, this once.")
    @OptionGroup var config: ConfigurationOption
    @Option(help: "The first admin's login.") var admin = "admin"
    @Option(help: "The Unix user who is this admin on this machine.") var unixUser: String?

    func run() async throws {
        if access(config.file, F_OK) != 0 {
            try write(ConfigurationExample.text(), to: config.file)
            Terse.complain("wrote \(config.file); look through it and set what is yours")
        }
        let loaded = try config.load()
        let profile = AgentProfile(
            login: AgentID(rawValue: admin), role: .admin, unixUser: unixUser,
            teams: loaded.configuration.teams.filter { $0.openness == .open }
                .map { TeamID(rawValue: $0.name) })
        let reply = try await StoreAccess.with(loaded) { access in
            try await access.perform(.addAgent(profile))
        }
        if reply.ending == .conflict {
            Terse.complain("\(reply.text); nothing was changed")
            return
        }
        try reply.conclude(json: false)
    }

    /// Readable for the group, not for everybody: it will name secrets.
    private func write(_ text: String, to path: String) throws {
        let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard handle >= 0 else {
            Terse.complain("cannot write \(path): \(String(cString: strerror(errno)))")
            throw ExitCode(1)
        }
        defer { close(handle) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
            guard written > 0 else {
                Terse.complain("cannot write \(path): \(String(cString: strerror(errno)))")
                throw ExitCode(1)
            }
            rest = rest.dropFirst(written)
        }
    }
}
