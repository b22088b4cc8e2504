internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Tickets, newest first; active ones unless --status is given.")

    @OptionGroup var output: OutputOptions
    @Option(parsing: .singleValue, help: "new, open, pending, closed or all; may be given again.")
    var status: [StatusWord] = []
    @Flag(help: "Held by me.") var mine = false
    @Flag(help: "Held by nobody.") var unassigned = false
    @Option(help: "Held by this agent.", completion: DeskCompletion.agents) var assignee: String?
    @Option(help: "In this team.", completion: DeskCompletion.teams) var team: String?
    @Option(help: "With this tag.") var tag: String?
    @Option(help: "That began in this inbox.", completion: DeskCompletion.inboxes) var inbox:
        String?
    @Option(help: "Of this customer.", completion: DeskCompletion.customers) var customer:
        IDArgument?
    @Option(help: "In this named view.", completion: DeskCompletion.views) var view: String?
    @Option(name: .customLong("class"), help: "regular, spam, bulk or all.")
    var traffic: TrafficWord?
    @Option(name: .customLong("is"), help: "unread, callback, snoozed, queued or wrap_up.")
    var trait: TicketQuery.Trait?
    @Option(help: "With these words, or narrowed by status:open assignee:me tag:vip is:unread …")
    var query: String?
    @Option(help: "At most so many; 50 unless given.") var limit: Int?
    @Option(help: "Go on from here, as the page before said.") var cursor: String?

    func validate() throws {
        if [mine, unassigned, assignee != nil].filter({ $0 }).count > 1 {
            throw ValidationError("--mine, --unassigned and --assignee exclude one another")
        }
        if let limit, limit < 1 { throw ValidationError("--limit begins at 1") }
    }

    func ticketQuery() throws(ClientFailure) -> TicketQuery {
        var query = TicketQuery()
        query.statuses = status.flatMap(\.statuses)
        query.holder =
            mine ? .me : unassigned ? .nobody : assignee.map { .agent(AgentID(rawValue: $0)) }
        query.team = team.map(TeamID.init(rawValue:))
        query.tag = tag
        query.inbox = inbox.map(InboxID.init(rawValue:))
        query.customer = customer.map { CustomerID(rawValue: $0.value) }
        query.view = view
        query.traffic = traffic?.traffic
        query.trait = trait
        if let typed = self.query { try query.narrow(by: API.TypedSelection(typed)) }
        query.limit = limit
        query.cursor = cursor
        return query
    }

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, "/tickets" + ticketQuery().text)
        try Printer(context, output).list(API.Ticket.self, answer)
    }
}
