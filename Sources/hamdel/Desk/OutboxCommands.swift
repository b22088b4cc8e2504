internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct OutboxCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "What waits to be sent, failed or came back.",
        subcommands: [OutboxList.self, OutboxRetry.self, OutboxCancel.self])
}

struct OutboxList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is not done yet; leads only.")

    @OptionGroup var output: OutputOptions
    @Option(help: "failed, sent, retrying, uncertain, …, or all.") var state: String?
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("state", state), ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/outbox" + query)
        try Printer(context, output).list(API.OutboxEntry.self, answer)
    }
}

struct OutboxRetry: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try one again now: also what came back.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The entry's id, as `ticket show` prints it.") var entry: IDArgument

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.post, "/outbox/\(entry.value)/retry")
        try Printer(context, output).item(API.OutboxEntry.self, answer)
    }
}

struct OutboxCancel: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Never send one; leads only.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The entry's id.") var entry: IDArgument

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.post, "/outbox/\(entry.value)/cancel")
        try Printer(context, output).item(API.OutboxEntry.self, answer)
    }
}
