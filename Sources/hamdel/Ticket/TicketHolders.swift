internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketAssign: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Give tickets to an agent.")
    static let verb = "assign"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Argument(help: "The agent's login.", completion: DeskCompletion.agents) var agent: String

    func action(_ context: CommandContext) throws -> TicketAction {
        .assign(API.AssignRequest(assignee: AgentID(rawValue: agent)))
    }
}

struct TicketTake: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Make tickets mine.")
    static let verb = "take"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .assign(API.AssignRequest(assignee: AgentID(rawValue: "me")))
    }
}

struct TicketUnassign: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "unassign", abstract: "Put tickets back into the queue.")
    static let verb = "put back"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection

    func action(_ context: CommandContext) throws -> TicketAction {
        .assign(API.AssignRequest(assignee: nil))
    }
}

struct TicketTransfer: TicketActionCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", abstract: "Hand tickets to another team.")
    static let verb = "transfer"

    @OptionGroup var output: OutputOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "Ticket numbers: 12 or 12,13, or - to read them.") var tickets: TicketSelection
    @Argument(help: "The team.", completion: DeskCompletion.teams) var team: String
    @Option(help: "What the next team should know.") var brief: String?

    func action(_ context: CommandContext) throws -> TicketAction {
        .transfer(API.TransferRequest(team: TeamID(rawValue: team), brief: brief))
    }
}
