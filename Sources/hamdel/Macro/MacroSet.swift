internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct MacroSetCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Write a macro, or write it anew (leads).",
        discussion: """
            Places that are filled in: {customer} {ticket} {agent} {brand} {team} {subject}; words after a bar \
            stand where there is nothing: {customer|customer}.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "Its name, a word.") var name: String
    @Option(help: "What it is for, in a few words; the name unless said.") var title: String?
    @Option(
        parsing: .singleValue,
        help: "A text as LANGUAGE=TEXT, or LANGUAGE=@FILE; may be given again.")
    var text: [String] = []
    @Option(
        parsing: .singleValue, help: "For tickets of this team; may be given again.",
        completion: DeskCompletion.teams)
    var team: [String] = []
    @Option(
        name: .customLong("tag"), parsing: .unconditionalSingleValue,
        help: "+TAG adds, -TAG removes.")
    var tags: [String] = []
    @Option(help: "low, normal, high or urgent.") var priority: TicketPriority?
    @Option(help: "Hand it to this team.", completion: DeskCompletion.teams) var transfer: String?
    @Option(help: "A login, me or none.", completion: DeskCompletion.agents) var assign: String?
    @Option(help: "An internal note.") var note: String?
    @Option(help: "Put it away until then: 2h, tomorrow 9.") var snooze: String?
    @Flag(help: "Then wait for the customer.") var pending = false
    @Option(help: "Then close it: solved, no_answer, duplicate, spam or wrapped_up.")
    var close: ClosingReason?

    func validate() throws {
        if pending, close != nil {
            throw ValidationError("--close and --pending exclude one another")
        }
    }

    func run(in context: CommandContext) async throws {
        let words = tags.isEmpty ? nil : try TagWords(tags)
        let request = API.MacroRequest(
            title: title ?? name, teams: team.map(TeamID.init(rawValue:)),
            texts: try texts(context),
            actions: API.MacroActions(
                addTags: words?.add ?? [], removeTags: words?.remove ?? [], priority: priority,
                transfer: transfer.map(TeamID.init(rawValue:)), assign: assign, note: note,
                status: pending ? .pending : close == nil ? nil : .closed, closingReason: close,
                snooze: snooze))
        let answer = try await context.client.bytes(
            .put, MacroPath.of(name), body: try WireJSON.encode(request))
        try Printer(context, output).item(API.Macro.self, answer) { Card.lines(of: $0, context) }
    }

    private func texts(_ context: CommandContext) throws -> [String: String] {
        var texts: [String: String] = [:]
        for entry in text {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--text is LANGUAGE=TEXT, such as en=\"Dear {customer}, …\"")
            }
            let value = String(parts[1])
            texts[String(parts[0])] =
                value.hasPrefix("@")
                ? try Self.file(String(value.dropFirst()), context) : value
        }
        return texts
    }

    private static func file(_ path: String, _ context: CommandContext) throws -> String {
        let bytes = try context.input.readFile(path, limit: 65_536)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ValidationError("\(path) is not UTF-8")
        }
        return text
    }
}
