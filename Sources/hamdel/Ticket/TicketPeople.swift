internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketJoin: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Move a message of a linked ticket here, and let its writer in.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Argument(help: "The message's id, as `ticket show` says it.") var message: IDArgument

    func run(in context: CommandContext) async throws {
        let request = API.JoinRequest(message: MessageID(rawValue: message.value))
        let answer = try await context.client.bytes(
            .post, ticket.path + "/join", body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}

struct TicketParticipant: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "participant", abstract: "Let somebody in, or out.")

    enum Change: String, ExpressibleByArgument, CaseIterable {
        case add, remove
    }

    @OptionGroup var output: OutputOptions
    @Argument(help: "The ticket's number.") var ticket: TicketArgument
    @Argument(help: "add or remove.") var change: Change
    @Argument(help: "sara@example.ir, or KIND:VALUE.") var address: String

    func run(in context: CommandContext) async throws {
        let address = try AddressText.address(address)
        let request =
            switch change {
            case .add: API.ParticipantsRequest(add: [address])
            case .remove: API.ParticipantsRequest(remove: [address])
            }
        let answer = try await context.client.bytes(
            .post, ticket.path + "/participants", body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}
