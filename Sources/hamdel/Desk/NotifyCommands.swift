internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct NotifyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "What I am told, and how.",
        subcommands: [NotifyShow.self, NotifySet.self, NotifyList.self],
        defaultSubcommand: NotifyShow.self)
}

struct NotifyShow: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "By which ways I am told of what, and my quiet hours.")

    @OptionGroup var output: OutputOptions
    @Option(help: "Of this agent; for leads.", completion: DeskCompletion.agents) var agent: String?

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(.get, NotifyPath.of(agent))
        try NotifyPath.show(answer, Printer(context, output))
    }
}

struct NotifySet: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Choose: mention=mail+screen, answered=off, watched=default.",
        discussion:
            "Kinds: assigned, answered, mention, watched, reminder, sla_warning, sla_breach, recovery, low_score, bounce. Ways: screen, mail, webhook. What is not named stays as it is."
    )

    @OptionGroup var output: OutputOptions
    @Argument(help: "KIND=WAY+WAY, KIND=off, or KIND=default.") var choices: [String] = []
    @Option(help: "No mail and no webhook in these hours, 22:00-07:00; may be repeated.")
    var quietHours: [String] = []
    @Flag(help: "No quiet hours at all.") var noQuiet = false
    @Flag(help: "The desk's quiet hours again.") var defaultQuiet = false
    @Option(help: "For this agent; for leads.", completion: DeskCompletion.agents) var agent:
        String?

    func validate() throws {
        let said = [!quietHours.isEmpty, noQuiet, defaultQuiet].filter { $0 }
        guard said.count <= 1 else {
            throw ValidationError("one of --quiet-hours, --no-quiet and --default-quiet")
        }
        guard !choices.isEmpty || !said.isEmpty else {
            throw ValidationError("nothing to set; hamdel notify shows how it is")
        }
    }

    func run(in context: CommandContext) async throws {
        let path = NotifyPath.of(agent)
        let now = try WireJSON.decode(
            API.NotificationSettings.self, from: try await context.client.bytes(.get, path))
        var ways = now.ways.filter { now.chosen.contains($0.key) }
        for choice in choices {
            let parts = choice.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let kind = NoticeKind(rawValue: parts[0]) else {
                throw ValidationError("this is no choice: \(choice)")
            }
            ways[kind.rawValue] = try Self.ways(parts[1])
        }
        var hours = now.ownQuietHours
        if defaultQuiet { hours = nil } else if noQuiet { hours = [] }
        if !quietHours.isEmpty { hours = quietHours }
        let answer = try await context.client.bytes(
            .put, path,
            body: try WireJSON.encode(API.NotificationRequest(ways: ways, quietHours: hours)))
        try NotifyPath.show(answer, Printer(context, output))
    }

    /// Nil: as the desk has it.
    private static func ways(_ text: String) throws -> [NoticeWay]? {
        if text == "default" { return nil }
        if text == "off" { return [] }
        return try text.split(separator: "+").map { word in
            guard let way = NoticeWay(rawValue: String(word)) else {
                throw ValidationError("ways are screen, mail and webhook, not \(word)")
            }
            return way
        }
    }
}

struct NotifyList: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What I was told, newest first.")

    @OptionGroup var output: OutputOptions
    @Option(help: "At most so many.") var limit: Int?
    @Option(help: "Go on from here.") var cursor: String?

    func run(in context: CommandContext) async throws {
        let query = PercentEncoding.query([
            ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        let answer = try await context.client.bytes(.get, "/notices" + query)
        try Printer(context, output).list(API.Notice.self, answer)
    }
}

private enum NotifyPath {
    static func of(_ agent: String?) -> String {
        "/agents/\(PercentEncoding.segment(agent ?? "me"))/notifications"
    }

    static func show(_ answer: [UInt8], _ printer: Printer) throws {
        try printer.document(
            API.NotificationSettings.self, answer, id: { $0.agent.rawValue }
        ) { settings in
            NoticeKind.allCases.map { kind in
                let ways = settings.ways[kind.rawValue] ?? []
                let words = ways.isEmpty ? "off" : ways.map(\.rawValue).joined(separator: " ")
                let mark = settings.chosen.contains(kind.rawValue) ? "" : "  (default)"
                let name = kind.rawValue
                return name + String(repeating: " ", count: max(13 - name.count, 1)) + words + mark
            } + [
                "quiet        "
                    + (settings.quietHours.isEmpty
                        ? "never" : settings.quietHours.joined(separator: ", "))
                    + "  \(settings.timezone ?? "UTC")"
                    + (settings.ownQuietHours == nil ? "  (default)" : "")
            ]
        }
    }
}

extension API.Notice: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("at") { .moment($0.at) }, Column("kind") { .word($0.kind) },
            Column("ticket") { .number($0.ticket?.rawValue) },
        ]
    }

    var idText: String { String(position.rawValue) }
}
