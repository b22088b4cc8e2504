internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketClose: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close tickets.")
    static let verb = "close"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Option(help: "solved, no_answer, duplicate, spam or wrapped_up.") var reason: ClosingReason?

    func action(_ context: CommandContext) throws -> TicketAction {
        .close(API.CloseRequest(reason: reason))
    }
}

struct TicketReopen: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Open closed tickets again.")
    static let verb = "reopen"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .reopen
    }
}

struct TicketPending: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending", abstract: "Wait for the customers.")
    static let verb = "set pending"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .pending
    }
}

struct TicketSnooze: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Put tickets away until a time.")
    static let verb = "snooze"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Argument(
        help:
            "2h, 3d, tomorrow 9, monday, 14:30, 2026-11-24, 1405/09/03, فردا ۹, on the clock of your time zone at the desk; now wakes."
    )
    var when: String
    @Option(help: "Why; shown while it sleeps and when it wakes.") var note: String?

    func action(_ context: CommandContext) throws -> TicketAction {
        if when == "now" { return .snooze(API.SnoozeRequest(until: nil)) }
        return .snooze(try SpokenTime(when).snooze(note))
    }
}

struct TicketPromise: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "promise",
        abstract: "Tell customers a time by which they have an answer, instead of the last one.")
    static let verb = "promise"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Argument(help: "2h, 3d, tomorrow, monday, 14:30, 2026-11-24, 1405/09/03, with a clock or not.")
    var when: String

    func action(_ context: CommandContext) throws -> TicketAction {
        let reader = WhenText(now: context.now(), offset: context.offset)
        guard let until = reader.instant(when) else {
            throw ValidationError("this is no time: \(when)")
        }
        return .promise(API.PromiseRequest(until: Timestamp(until)))
    }
}

struct TicketSpam: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "spam", abstract: "Mark tickets as spam.")
    static let verb = "mark as spam"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .spam(API.SpamRequest(spam: true))
    }
}

struct TicketNotSpam: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "not-spam", abstract: "Mark tickets as no spam.")
    static let verb = "mark as no spam"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .spam(API.SpamRequest(spam: false))
    }
}
