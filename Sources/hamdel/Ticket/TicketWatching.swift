internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketWatch: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Hear of what happens to tickets.")
    static let verb = "watch"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction { .watch }
}

struct TicketUnwatch: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "unwatch", abstract: "Hear no more of tickets.")
    static let verb = "unwatch"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction { .unwatch }
}

struct TicketRemind: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind",
        abstract: "Be reminded of a ticket at a time; it stays where it is.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Argument(help: "2h, tomorrow 9, monday, 2026-11-24, 1405/09/03; never puts it away.")
    var when: String
    @Option(help: "What about.") var note: String?

    func run(in context: CommandContext) async throws {
        let answer: [UInt8]
        if when == "never" {
            answer = try await context.client.bytes(.delete, ticket.path + "/reminder")
        } else {
            let request = try SpokenTime(when).reminder(note)
            answer = try await context.client.bytes(
                .put, ticket.path + "/reminder", body: try WireJSON.encode(request))
        }
        try Printer(context, output).item(API.Reminder.self, answer)
    }
}

struct ReminderCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminder", abstract: "What I want to be reminded of.",
        subcommands: [ReminderList.self])
}

struct ReminderList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Mine, the earliest first.")

    @OptionGroup var output: OutputOptions
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([("limit", limit.map { String($0) }), ("cursor", cursor)])
        let answer = try await context.client.bytes(.get, "/reminders" + query)
        try Printer(context, output).list(API.Reminder.self, answer)
    }
}

extension API.Reminder: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("ticket") { .number($0.ticket.rawValue) },
            Column("at") { .moment($0.at) },
            Column("state") { .word($0.state) },
            Column("note") { .text($0.note) },
            Column("subject") { .text($0.subject) },
        ]
    }

    var idText: String { String(ticket.rawValue) }
}

/// A moment as it was typed: read by the daemon on the agent's own clock, for a session on another machine may have any.
struct SpokenTime {
    let text: String

    /// What can be no moment on any clock is refused here already.
    init(_ text: String) throws {
        guard WhenText.utc(at: Instant(milliseconds: 0)).instant(text) != nil else {
            throw ValidationError("this is no time: \(text)")
        }
        self.text = text
    }

    func reminder(_ note: String?) -> API.ReminderRequest {
        API.ReminderRequest(when: text, note: note)
    }

    func snooze(_ note: String?) -> API.SnoozeRequest {
        API.SnoozeRequest(when: text, note: note)
    }
}
