internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketReply: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Answer the customer.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var text: TextOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "The ticket's number; - reads numbers, then --text must be given.")
    var tickets: TicketSelection
    @Option(
        help: "By this inbox; without it, where the customer will see it.",
        completion: DeskCompletion.inboxes) var inbox: String?
    @Option(parsing: .singleValue, help: "A mail address for a copy; may be given again.")
    var cc: [String] = []
    @Option(parsing: .singleValue, help: "A file to go with it; may be given again.")
    var attach: [String] = []
    @Flag(help: "Close the ticket afterwards.") var close = false
    @Flag(help: "Wait for the customer afterwards.") var pending = false
    @Option(
        help:
            "The version you have seen; as `ticket show` showed it last unless said. What happened since stops the answer."
    )
    var seen: Int64?
    @Flag(help: "Send it whatever happened meanwhile.") var unseen = false

    func validate() throws {
        if close && pending { throw ValidationError("--close and --pending exclude one another") }
        if unseen && (seen != nil || bulk.ifVersion != nil) {
            throw ValidationError("--unseen and a version exclude one another")
        }
        if let seen, let version = bulk.ifVersion, seen != version {
            throw ValidationError("--seen and --if-version say different things")
        }
        if tickets == .standardInput, text.text == nil || text.text == "-" {
            throw ValidationError("standard input holds the numbers; give the text by --text")
        }
    }

    func run(in context: CommandContext) async throws {
        var request = API.ReplyRequest(text: try text.read(context))
        request.inbox = inbox.map(InboxID.init(rawValue:))
        request.cc = cc.isEmpty ? nil : cc
        request.then = close ? .close : pending ? .pending : nil
        if bulk.consent != .dryRun { request.attachments = try await upload(context) }
        let body = try WireJSON.encode(request)
        let version = seenVersion(context)
        try await Bulk(context, output, bulk).run(tickets, "answer", API.Message.self) {
            var conditions = $1
            conditions.version = conditions.version ?? version
            return try await context.client.bytes(
                .post, "/tickets/\($0.rawValue)/replies", body: body, conditions: conditions)
        }
    }

    /// What was said, else what `ticket show` showed last; many tickets at once were not looked at one by one.
    private func seenVersion(_ context: CommandContext) -> Int64? {
        guard !unseen, case .numbers(let numbers) = tickets, numbers.count == 1,
            let number = numbers.first
        else { return nil }
        if let seen { return seen }
        return SeenVersions(environment: context.environment)?
            .version(of: number, context.environment)
    }

    private func upload(_ context: CommandContext) async throws -> [AttachmentID]? {
        if attach.isEmpty { return nil }
        var ids: [AttachmentID] = []
        for path in attach {
            let file = try AttachedFile(path, context)
            ids.append(
                try await context.client.upload(
                    name: file.name, contentType: file.contentType, bytes: file.bytes
                ).id)
        }
        return ids
    }
}

struct TicketNote: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a note that customers never see.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var text: TextOptions
    @OptionGroup var bulk: BulkOptions
    @Argument(help: "The ticket's number; - reads numbers, then --text must be given.")
    var tickets: TicketSelection

    func validate() throws {
        if tickets == .standardInput, text.text == nil || text.text == "-" {
            throw ValidationError("standard input holds the numbers; give the text by --text")
        }
    }

    func run(in context: CommandContext) async throws {
        let body = try WireJSON.encode(API.NoteRequest(text: try text.read(context)))
        try await Bulk(context, output, bulk).run(tickets, "write a note on", API.Message.self) {
            try await context.client.bytes(
                .post, "/tickets/\($0.rawValue)/notes", body: body, conditions: $1)
        }
    }
}
