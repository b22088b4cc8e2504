internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct RecoveryCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery", abstract: "Customers who were unhappy and are to be won back.",
        subcommands: [RecoveryList.self, RecoveryTake.self, RecoveryFinish.self])
}

struct RecoveryList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Open ones, the earliest due first.")

    @OptionGroup var output: OutputOptions
    @Option(help: "open, taken, done or all.") var state: String?
    @Flag(help: "Mine only.") var mine = false
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("state", state), ("owner", mine ? "me" : nil), ("limit", limit.map { String($0) }),
            ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/recoveries" + query)
        try Printer(context, output).list(API.Recovery.self, answer)
    }
}

struct RecoveryTake: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Make one mine.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The recovery's id.") var recovery: IDArgument

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.post, "/recoveries/\(recovery.value)/take")
        try Printer(context, output).item(API.Recovery.self, answer)
    }
}

struct RecoveryFinish: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say what came of it.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The recovery's id.") var recovery: IDArgument
    @Option(help: "What came of it, in a sentence.") var outcome: String

    func run(in context: CommandContext) async throws {
        let request = API.RecoveryDoneRequest(outcome: outcome)
        let answer = try await context.client.bytes(
            .post, "/recoveries/\(recovery.value)/done", body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Recovery.self, answer)
    }
}

struct CallbackCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "callback", abstract: "Calls to return.", subcommands: [CallbackDone.self])
}

struct CallbackDone: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "The customer was rung back.")
    static let verb = "complete the call-back of"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Option(help: "What was said; kept as a note.") var note: String?

    func action(_ context: CommandContext) throws -> TicketAction {
        .callback(API.CallbackRequest(done: true, note: note))
    }
}
