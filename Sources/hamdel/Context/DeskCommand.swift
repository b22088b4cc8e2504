internal import ArgumentParser
internal import Glibc
internal import HelpdeskClient

/// A command that speaks to the daemon. Parsing is the parser's; `run(in:)` is what a test calls.
protocol DeskCommand: AsyncParsableCommand {
    func run(in context: CommandContext) async throws
}

extension DeskCommand {
    mutating func run() async throws {
        // CONTRACT: cancelled is 2. `_exit` may be called from a signal handler (signal-safety(7)).
        signal(SIGINT) { _ in _exit(ProgramExit.cancelled.rawValue) }
        try await run(in: .live())
    }
}
