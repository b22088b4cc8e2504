internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct CustomerCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "Who customers are, and what they said everywhere.",
        subcommands: [
            CustomerShow.self, CustomerHistory.self, CustomerFind.self, CustomerSet.self,
            CustomerPrefer.self, CustomerMergeCommand.self, CustomerUnmerge.self,
            CustomerAccept.self, CustomerRefuse.self, CustomerBlock.self, CustomerExport.self,
            CustomerErase.self,
        ])
}

struct CustomerShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A customer's card.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, "/customers/\(customer.value)")
        try Printer(context, output).item(API.Customer.self, answer) {
            Card.lines(of: $0, context)
        }
    }
}

struct CustomerHistory: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Everything on every channel, oldest first.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([("limit", limit.map { String($0) }), ("cursor", cursor)])
        let answer = try await context.client.bytes(
            .get, "/customers/\(customer.value)/timeline" + query)
        try Printer(context, output).list(API.TimelineItem.self, answer)
    }
}

struct CustomerFind: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Customers by name, address or number.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "A name, an address or part of one.") var words: [String]
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("q", words.joined(separator: " ")), ("limit", limit.map { String($0) }),
            ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/customers" + query)
        try Printer(context, output).list(API.Customer.self, answer)
    }
}

struct CustomerPrefer: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "prefer", abstract: "The channel a customer wants to be answered on.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Argument(help: "A kind of channel, like email; none takes it back.") var channel: String

    func run(in context: CommandContext) async throws {
        let change: Change<ChannelKind> =
            channel == "none" ? .clear : .set(ChannelKind(rawValue: channel))
        let patch = API.CustomerPatch(
            name: .keep, preferredChannel: change, organisation: .keep)
        let answer = try await context.client.bytes(
            .patch, "/customers/\(customer.value)", body: try WireJSON.encode(patch))
        try Printer(context, output).item(API.Customer.self, answer) {
            Card.lines(of: $0, context)
        }
    }
}
