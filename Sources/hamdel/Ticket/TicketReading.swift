internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A ticket with its messages.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Flag(help: "With quoted history and signatures.") var full = false

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, ticket.path)
        if let version = try? JSONReader.value(of: answer)["version"]?.wholeNumber {
            SeenVersions(environment: context.environment)?
                .remember(version, of: ticket.number, context.environment)
        }
        let printer = Printer(context, output)
        // As rows a ticket with its messages is a ticket.
        if printer.format == .csv {
            return try printer.item(API.Ticket.self, answer)
        }
        try printer.document(API.TicketDetail.self, answer) {
            String($0.ticket.number.rawValue)
        } card: {
            Card.lines(of: $0, full ? .everything : .written, context)
        }
    }
}

struct TicketHistory: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What happened to a ticket, oldest first.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([("limit", limit.map { String($0) }), ("cursor", cursor)])
        let answer = try await context.client.bytes(.get, ticket.path + "/events" + query)
        try Printer(context, output).list(API.Event.self, answer)
    }
}

struct TicketExplain: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why a ticket was threaded, routed, acknowledged and surveyed as it was.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Flag(help: "Only what was promised, with every interval that was counted.") var sla = false

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, ticket.path + "/explain")
        try Printer(context, output).document(API.Explanation.self, answer) {
            String($0.ticket.rawValue)
        } card: {
            sla ? Card.clockLines(of: $0, context) : Card.lines(of: $0, context)
        }
    }
}

extension TicketArgument {
    var path: String { "/tickets/\(number.rawValue)" }
}
