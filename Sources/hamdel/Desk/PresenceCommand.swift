internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct PresenceCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "presence",
        abstract: "Say whether I am there: online, away, offline, or shift for what the plan says.")

    enum Word: String, ExpressibleByArgument, CaseIterable {
        case online, away, offline, shift
    }

    @OptionGroup var output: OutputOptions
    @Argument(help: "online, away, offline or shift; nothing shows it.") var presence: Word?
    @Option(help: "Of this agent; for leads.", completion: DeskCompletion.agents) var agent: String?

    func run(in context: CommandContext) async throws {
        let login = try await login(context)
        let printer = Printer(context, output)
        guard let presence else { return try await show(login, context, printer) }
        let request = API.PresenceRequest(presence: Presence(rawValue: presence.rawValue))
        let answer = try await context.client.bytes(
            .put, "/agents/\(PercentEncoding.segment(login))/presence",
            body: try WireJSON.encode(request))
        try printer.item(API.Agent.self, answer)
    }

    private func login(_ context: CommandContext) async throws -> String {
        if let agent { return agent }
        return try await context.client.me().agent.login.rawValue
    }

    private func show(
        _ login: String, _ context: CommandContext, _ printer: Printer
    ) async throws {
        let agents = try await context.client.agents().items
        guard let found = agents.first(where: { $0.login.rawValue == login }) else {
            throw ProgramExit.notFound
        }
        try printer.item(API.Agent.self, try WireJSON.encode(found))
    }
}
