internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct ReportCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "How it goes.",
        discussion: """
            overview, agents, topics, sla, backlog, promises, channels, hours and funnel are of the last 30 days and \
            compared with the 30 before, unless --from or --to say more; csat, nps, ces and own are of all answers. \
            What each figure means, and its formula, stands in Docs/Reports.md. -o html writes one page that needs \
            nothing else, in English or in Persian.
            """)

    @OptionGroup var output: ReportOutput
    @Argument(help: "Which one.") var name: API.ReportName
    @Option(help: "From this day or time: 2026-11-01, 1405/08/10.") var from: String?
    @Option(help: "Up to, not including, this day or time.") var to: String?
    @Option(help: "Of this team.", completion: DeskCompletion.teams) var team: String?
    @Option(help: "Of this agent.", completion: DeskCompletion.agents) var agent: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("from", try moment(from, context)), ("to", try moment(to, context)), ("team", team),
            ("agent", agent),
        ])
        let answer = try await context.client.bytes(.get, "/reports/\(name.rawValue)" + query)
        guard let format = output.format.plain else {
            return try page(answer, context)
        }
        let printer = Printer(context, format)
        if name.isOfScores {
            return try printer.document(API.ScoreReport.self, answer) {
                $0.report
            } card: {
                Card.lines(of: $0, context)
            }
        }
        try printer.report(answer)
    }

    private func page(_ answer: [UInt8], _ context: CommandContext) throws {
        let report: API.Report
        do {
            report =
                name.isOfScores
                ? API.Report(
                    try WireJSON.decode(API.ScoreReport.self, from: answer),
                    now: Timestamp(context.now()))
                : try WireJSON.decode(API.Report.self, from: answer)
        } catch {
            throw ClientFailure.notUnderstood(WireJSON.describe(error))
        }
        let page = ReportPage(
            output.language ?? ReportLanguage(environment: context.environment),
            offset: context.offset)
        try context.sink.print(Array(page.html(report).utf8))
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
