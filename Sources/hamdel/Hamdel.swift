internal import ArgumentParser
internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

/// The agents' program: the screen, and a command for everything the screen does.
@main
struct Hamdel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hamdel",
        abstract: "Answer customers, whatever channel they came by.",
        discussion: """
            Without a command: the screen.

            The daemon is found by HAMDEL_SOCKET, else HAMDEL_URL, each with HAMDEL_TOKEN, else the stored \
            login, else /run/hamdel/api.sock. A socket without a token knows you by your Unix user.

            Exit status: 0 done, 1 failed, 2 cancelled, 4 not signed in or not allowed, 5 not found, \
            6 changed meanwhile, 7 partly, 64 usage, 69 daemon unreachable, 75 try again, \
            78 configuration.
            """,
        subcommands: [
            DoctorCommand.self,
            TicketCommands.self, CustomerCommands.self, RecoveryCommands.self, OutboxCommands.self,
            CallbackCommands.self, ReportCommand.self, PresenceCommand.self, NotifyCommands.self,
            SearchCommand.self, WatchCommand.self, APICommand.self, LoginCommand.self,
            MacroCommands.self, ReminderCommands.self,
        ])

    func run() async throws {
        let context = try CommandContext.live()
        guard context.audience != .program, context.input.isTerminal else {
            throw ValidationError("the screen needs a terminal; every command works without one")
        }
        try await Screen.run(context)
    }

    static func main() async {
        HeapMemory.prepare()
        do {
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Says what went wrong and ends with the status CONTRACT names.
    private static func end(_ error: any Error) -> Never {
        switch error {
        case let failure as ClientFailure:
            complain(failure.description)
            exit(withError: ExitCode(failure.exit.rawValue))
        case let status as ProgramExit:
            exit(withError: ExitCode(status.rawValue))
        case is CancellationError:
            exit(withError: ExitCode(ProgramExit.cancelled.rawValue))
        default:
            exit(withError: error)
        }
    }

    private static func complain(_ text: String) {
        StandardError.write("hamdel: " + Sanitizer.singleLine(text).string + "\n")
    }
}
