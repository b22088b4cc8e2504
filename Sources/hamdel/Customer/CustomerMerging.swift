internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct CustomerMergeCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Say that two customers are one person; the second one's card is for both.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Argument(help: "The id of the customer whose card stays.") var into: IDArgument
    @Option(help: "Why, for those who look at it later.") var reason: String?

    func run(in context: CommandContext) async throws {
        let request = API.CustomerMergeRequest(
            into: CustomerID(rawValue: into.value), reason: reason)
        try await context.changeCustomer(
            customer, "merge", body: try WireJSON.encode(request), output)
    }
}

struct CustomerUnmerge: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge",
        abstract: "Take a merged customer out again, with all that came to them since.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The id of the customer who was merged.", completion: DeskCompletion.customers)
    var customer: IDArgument
    @Option(help: "Why, for those who look at it later.") var reason: String?

    func run(in context: CommandContext) async throws {
        let request = API.CustomerUnmergeRequest(reason: reason)
        try await context.changeCustomer(
            customer, "unmerge", body: try WireJSON.encode(request), output)
    }
}

struct CustomerAccept: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Say that a suggested address is theirs.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Argument(help: "The suggestion's number, as `customer show` says it.")
    var suggestion: IDArgument

    func run(in context: CommandContext) async throws {
        try await context.changeCustomer(
            customer, "suggestions/\(suggestion.value)/accept", body: Array("{}".utf8), output)
    }
}

struct CustomerRefuse: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse",
        abstract: "Say that a suggested address is not theirs; it is not suggested again.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Argument(help: "The suggestion's number, as `customer show` says it.")
    var suggestion: IDArgument

    func run(in context: CommandContext) async throws {
        try await context.changeCustomer(
            customer, "suggestions/\(suggestion.value)/refuse", body: Array("{}".utf8), output)
    }
}

struct CustomerBlock: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Keep what a customer writes as spam from now on.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Flag(help: "No longer.") var off = false

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(
            .patch, "/customers/\(customer.value)",
            body: try WireJSON.encode(API.CustomerPatch(blocked: !off)))
        try Printer(context, output).item(API.Customer.self, answer) {
            Card.lines(of: $0, context)
        }
    }
}

extension CommandContext {
    /// Posts to a place below the customer and prints the card it answers with.
    fileprivate func changeCustomer(
        _ customer: IDArgument, _ place: String, body: [UInt8], _ output: OutputOptions
    ) async throws {
        let answer = try await client.bytes(
            .post, "/customers/\(customer.value)/\(place)", body: body)
        try Printer(self, output).item(API.Customer.self, answer) {
            Card.lines(of: $0, self)
        }
    }
}
