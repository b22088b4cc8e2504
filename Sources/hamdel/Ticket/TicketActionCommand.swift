internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

/// A command that is one `TicketAction` for each ticket.
protocol TicketActionCommand: DeskCommand {
    var output: OutputOptions { get }
    var bulk: BulkOptions { get }
    var tickets: TicketSelection { get }
    /// As in "would VERB #12".
    static var verb: String { get }
    func action(_ context: CommandContext) throws -> TicketAction
}

extension TicketActionCommand {
    func run(in context: CommandContext) async throws {
        let action = try action(context)
        let body = try action.body()
        try await Bulk(context, output, bulk).run(tickets, Self.verb, API.Ticket.self) {
            try await context.client.bytes(
                .post, "/tickets/\($0.rawValue)/\(action.word)", body: body, conditions: $1)
        }
    }
}
