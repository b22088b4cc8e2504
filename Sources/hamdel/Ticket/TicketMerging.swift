internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketMergeCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Move all of a ticket into another one, and close it as a duplicate.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Argument(help: "The ticket that stays.") var into: TicketArgument
    @Flag(help: "Though they are of different customers: only the second one's is written to.")
    var confirm = false

    func run(in context: CommandContext) async throws {
        let request = API.TicketMergeRequest(into: into.number, confirm: confirm ? true : nil)
        let answer = try await context.client.bytes(
            .post, ticket.path + "/merge", body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}

struct TicketSplitCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Give a message and all after it to a new ticket.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Argument(help: "The first message that goes, as `ticket show` says it.")
    var message: IDArgument
    @Option(help: "What the new ticket is about; as before unless said.") var subject: String?

    func run(in context: CommandContext) async throws {
        let request = API.SplitRequest(
            message: MessageID(rawValue: message.value), subject: subject)
        let answer = try await context.client.bytes(
            .post, ticket.path + "/split", body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}

struct TicketUndo: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last merge or split of a ticket.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(
            .post, ticket.path + "/undo", body: Array("{}".utf8))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}
