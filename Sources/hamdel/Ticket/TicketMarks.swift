internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketTag: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Put tags on tickets and take them off: tag 12 +new -old.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    // `-old` would be read as an option.
    @Argument(parsing: .captureForPassthrough, help: "+new -old")
    var changes: [String]

    func run(in context: CommandContext) async throws {
        let words = try TagWords(changes)
        var output = output
        if let format = words.format {
            output.output = format
            output.quiet = false
        }
        let patch = API.TicketPatch(addTags: words.add, removeTags: words.remove)
        let body = try WireJSON.encode(patch)
        var bulk = bulk
        if words.consent == .given { bulk.yes = true }
        if words.consent == .dryRun { bulk.dryRun = true }
        try await Bulk(context, output, bulk).run(tickets, "tag", API.Ticket.self) {
            try await context.client.bytes(
                .patch, "/tickets/\($0.rawValue)", body: body, conditions: $1)
        }
    }
}

struct TicketPriorityCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "priority", abstract: "Say how urgent tickets are.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Argument(help: "low, normal, high or urgent.") var priority: TicketPriority

    func run(in context: CommandContext) async throws {
        let body = try WireJSON.encode(API.TicketPatch(priority: priority))
        try await Bulk(context, output, bulk).run(tickets, "change", API.Ticket.self) {
            try await context.client.bytes(
                .patch, "/tickets/\($0.rawValue)", body: body, conditions: $1)
        }
    }
}
