internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct MacroCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "macro", abstract: "Prepared answers, and what they do with a ticket.",
        subcommands: [
            MacroList.self, MacroShow.self, MacroApply.self, MacroSetCommand.self,
            MacroRemove.self,
        ])
}

struct MacroList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Those I may use.")

    @OptionGroup var output: OutputOptions
    @Option(help: "Those for this ticket's team only.") var ticket: TicketArgument?
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("ticket", ticket.map { String($0.number.rawValue) }),
            ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/macros" + query)
        try Printer(context, output).list(API.Macro.self, answer)
    }
}

struct MacroShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One of them, with its texts.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "Its name.", completion: DeskCompletion.macros) var name: String

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, MacroPath.of(name))
        try Printer(context, output).item(API.Macro.self, answer) { Card.lines(of: $0, context) }
    }
}

struct MacroRemove: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove one (leads).")

    @OptionGroup var output: OutputOptions
    @Argument(help: "Its name.", completion: DeskCompletion.macros) var name: String

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.delete, MacroPath.of(name))
        try Printer(context, output).item(API.Macro.self, answer) { Card.lines(of: $0, context) }
    }
}

struct MacroApply: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Answer and act on tickets as prepared.",
        discussion: "--dry-run says what would be sent and done, and does nothing.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "The macro's name.", completion: DeskCompletion.macros) var name: String
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Option(help: "The language of the text; the customer's unless said.") var language: String?
    @Option(name: .shortAndLong, help: "Send this instead of the macro's text.") var text: String?
    @Option(
        help: "By this inbox; without it, where the customer will see it.",
        completion: DeskCompletion.inboxes) var inbox: String?

    func run(in context: CommandContext) async throws {
        var request = API.ApplyMacroRequest(
            language: language, text: text, inbox: inbox.map(InboxID.init(rawValue:)))
        var consent = bulk.consent
        if consent == .dryRun {
            // A preview changes nothing: it may be asked for as many as one likes.
            request.preview = true
            consent = .given
        }
        let body = try WireJSON.encode(request)
        let path = MacroPath.of(name)
        try await Bulk(context, output, consent, ifVersion: bulk.ifVersion).run(
            tickets, "apply \(name) to", API.MacroOutcome.self,
            card: { Card.lines(of: $0, context) }
        ) {
            try await context.client.bytes(
                .post, "/tickets/\($0.rawValue)\(path)", body: body, conditions: $1)
        }
    }
}

enum MacroPath {
    static func of(_ name: String) -> String { "/macros/" + PercentEncoding.segment(name) }
}
