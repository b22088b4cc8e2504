internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct ReportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "How it goes.", subcommands: [ReportCSAT.self])
}

struct ReportCSAT: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "csat", abstract: "How content customers were after their tickets.")

    @OptionGroup var output: OutputOptions
    @Option(help: "From this day or time: 2026-11-01, 1405/08/10.") var from: String?
    @Option(help: "Up to, not including, this day or time.") var to: String?
    @Option(help: "Of this team.", completion: DeskCompletion.teams) var team: String?
    @Option(help: "Of this agent.", completion: DeskCompletion.agents) var agent: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("from", try moment(from, context)), ("to", try moment(to, context)), ("team", team),
            ("agent", agent),
        ])
        let answer = try await context.client.bytes(.get, "/reports/csat" + query)
        try Printer(context, output).document(API.CSATReport.self, answer) {
            $0.report
        } card: {
            Card.lines(of: $0, context)
        }
    }

    private func moment(_ text: String?, _ context: CommandContext) throws -> String? {
        guard let text else { return nil }
        let reader = WhenText(now: context.now(), offset: context.offset)
        guard let instant = reader.instant(text, dayStart: .midnight) else {
            throw ValidationError("this is no day or time: \(text)")
        }
        return RFC3339.text(instant)
    }
}
