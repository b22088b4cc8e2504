internal import ArgumentParser

@main
struct Hamdeld: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "hamdeld",
        abstract: "The Hamdel helpdesk daemon, and what ops do with it.",
        discussion: """
            Exit codes: 0 done · 1 failed · 5 not found · 6 conflict · 7 partly · 64 usage · 65 refused · \
            69 unreachable · 75 try again · 78 configuration.
            """,
        version: version,
        subcommands: [
            ServeCommand.self, InitCommand.self, ConfigCommand.self, AgentCommand.self,
            DeliverCommand.self, ImportCommand.self, QuarantineCommand.self,
            OutboxCommand.self, VerifyCommand.self, BackupCommand.self, MigrateCommand.self,
            DoctorCommand.self,
        ])
}
