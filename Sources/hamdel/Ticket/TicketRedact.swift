internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct TicketRedact: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Take words of a message away for good; for leads.",
        discussion:
            "The message's files and its bytes as received go with them. What has left by mail or chat, and backups from before, have them still."
    )

    @OptionGroup var output: OutputOptions
    @Argument(help: "The message's id.") var message: IDArgument
    @Option(
        parsing: .singleValue,
        help: "A word or phrase as it stands there; may be given again. Without any, all words go.")
    var word: [String] = []
    @Flag(help: "Do it without asking.") var yes = false

    func run(in context: CommandContext) async throws {
        guard yes else {
            let what =
                word.isEmpty ? "all words" : "\(word.count) \(word.count == 1 ? "word" : "words")"
            throw ValidationError(
                "this takes \(what) of message \(message.value), its files and its bytes away for ever: say --yes"
            )
        }
        let body = try WireJSON.encode(API.RedactRequest(words: word.isEmpty ? nil : word))
        let answer = try await context.client.bytes(
            .post, "/messages/\(message.value)/redact", body: body)
        try Printer(context, output).document(API.Message.self, answer) {
            "\($0.id.rawValue)"
        } card: {
            ["message \($0.id.rawValue): \($0.text)"]
        }
    }
}
