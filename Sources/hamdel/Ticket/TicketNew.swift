internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketNew: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Open a ticket; with a text, write to the customer.")

    @OptionGroup var output: OutputOptions
    @Option(help: "A customer's id, or an address: sara@example.ir, tel:+989121234567.")
    var customer: String
    @Option(help: "The subject.") var subject: String
    @Option(
        name: .shortAndLong, help: "What to write; - reads standard input; nothing only opens it.")
    var text: String?
    @Option(help: "Write by this inbox.", completion: DeskCompletion.inboxes) var inbox: String?
    @Option(help: "For this team.", completion: DeskCompletion.teams) var team: String?
    @Option(help: "For this agent; me is allowed.", completion: DeskCompletion.agents) var assignee:
        String?
    @Option(help: "low, normal, high or urgent.") var priority: TicketPriority?
    @Option(parsing: .singleValue, help: "A tag; may be given again.") var tag: [String] = []

    func request(_ context: CommandContext) throws -> API.NewTicket {
        var request = API.NewTicket(subject: subject, priority: priority, tags: tag)
        if let id = NumberText.positive(customer) {
            request.customer = CustomerID(rawValue: id)
        } else {
            request.address = try AddressText.address(customer)
        }
        if let text {
            var options = TextOptions()
            options.text = text
            request.text = try options.read(context)
        }
        request.inbox = inbox.map(InboxID.init(rawValue:))
        request.team = team.map(TeamID.init(rawValue:))
        request.assignee = assignee.map(AgentID.init(rawValue:))
        return request
    }

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(
            .post, "/tickets", body: try WireJSON.encode(try request(context)))
        try Printer(context, output).item(API.Ticket.self, answer)
    }
}
