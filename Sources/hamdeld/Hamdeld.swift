internal import ArgumentParser
internal import Glibc

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
            DeliverCommand.self, ImportCommand.self, ExportCommand.self, QuarantineCommand.self,
            OutboxCommand.self, WebhookCommand.self, RouteCommand.self, VerifyCommand.self,
            BackupCommand.self, RestoreCommand.self, MigrateCommand.self, DoctorCommand.self,
            RetentionCommand.self, ChannelCommand.self,
        ])

    /// A mail server's pipe reads exit statuses: words it does not know must not make it give the mail back (reliability A8).
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let delivers = CommandLine.arguments.dropFirst().first == DeliverCommand.name
            let code = exitCode(for: error)
            guard delivers, !code.isSuccess, code != ExitCode(EX_DATAERR) else {
                exit(withError: error)
            }
            if !(error is ExitCode) { Terse.complain(fullMessage(for: error)) }
            exit(withError: ExitCode(EX_TEMPFAIL))
        }
    }
}
