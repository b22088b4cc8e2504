internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

struct APICommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "One request to the API, for whatever has no command.",
        discussion: "PATH is below /api/v1: hamdel api GET '/tickets?status=closed'.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "GET, POST, PUT, PATCH or DELETE.") var method: String
    @Argument(help: "The path, with its query.") var path: String
    @Argument(help: "The body as JSON; - reads it, @FILE takes a file.") var body: String?
    @Option(help: "Only if the thing still has this version.") var ifVersion: Int64?
    @Option(help: "The Idempotency-Key of a POST; a fresh one unless given.") var key: String?

    static let limit = 64 * 1_024 * 1_024

    func run(in context: CommandContext) async throws {
        guard let method = APIRoute.Method(rawValue: method.uppercased()) else {
            throw ValidationError("the method is GET, POST, PUT, PATCH or DELETE")
        }
        let answer = try await context.client.bytes(
            method, try target(), body: try bodyBytes(context),
            conditions: HelpdeskClient.Conditions(version: ifVersion, key: key))
        let printer = Printer(context, output)
        guard let value = try? JSONReader.value(of: answer) else {
            return try raw(answer, context)
        }
        switch printer.format {
        case .jsonl: for element in value.pageElements ?? [value] { try printer.line(element) }
        case .ids: try printer.text((value.pageElements ?? [value]).compactMap(Self.idText))
        case .csv: try printer.csv(value)
        case .table, .json: try printer.json(answer)
        }
    }

    /// Below `/api/v1`, whether written with it or without, with its slash or not.
    func target() throws -> String {
        var path = path
        if path.hasPrefix(APIRoute.base + "/") { path.removeFirst(APIRoute.base.count) }
        if !path.hasPrefix("/") { path = "/" + path }
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ValidationError("the path must be encoded: no blanks, ASCII only")
        }
        return path
    }

    private func bodyBytes(_ context: CommandContext) throws -> [UInt8]? {
        guard let body else { return nil }
        if body == "-" { return try context.input.readAll(limit: Self.limit) }
        if body.hasPrefix("@") {
            return try context.input.readFile(String(body.dropFirst()), limit: Self.limit)
        }
        return Array(body.utf8)
    }

    static func idText(_ value: JSONValue) -> String? {
        for name in ["number", "id", "position", "login", "name"] {
            if let number = value[name]?.wholeNumber { return String(number) }
            if let text = value[name]?.text { return Sanitizer.singleLine(text).string }
        }
        return nil
    }

    /// A raw mail or an attachment: a file's bytes go to a file, not to a screen.
    private func raw(_ bytes: [UInt8], _ context: CommandContext) throws {
        if case .person = context.audience, !bytes.isEmpty {
            throw ClientFailure.local(
                "this is \(bytes.count) bytes that are no JSON; send them to a file with >")
        }
        try context.sink.print(bytes)
    }
}
