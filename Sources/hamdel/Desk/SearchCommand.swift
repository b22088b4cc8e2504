internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient

struct SearchCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Messages by their words, on every channel, newest first.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "Words.") var words: [String]
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("q", words.joined(separator: " ")), ("limit", limit.map { String($0) }),
            ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/search" + query)
        try Printer(context, output).list(API.SearchHit.self, answer)
    }
}
