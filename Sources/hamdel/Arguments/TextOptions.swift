internal import ArgumentParser
internal import HelpdeskClient

/// The words of a reply or note.
struct TextOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The text; - or nothing reads standard input.")
    var text: String?

    static let limit = 1_048_576

    /// At most 1 MiB; blank is refused, because nobody means to send nothing.
    func read(_ context: CommandContext) throws -> String {
        let found = try words(context)
        guard !found.allSatisfy(\.isWhitespace) else {
            throw ValidationError("the text is empty; nothing was sent")
        }
        return found
    }

    private func words(_ context: CommandContext) throws -> String {
        if let text, text != "-" { return text }
        if context.input.isTerminal { context.say("type the text, then Ctrl-D:") }
        let bytes = try context.input.readAll(limit: Self.limit)
        guard var words = String(validating: bytes, as: UTF8.self) else {
            throw ValidationError("the text on standard input is not UTF-8")
        }
        while words.unicodeScalars.last == "\n" || words.unicodeScalars.last == "\r" {
            words.unicodeScalars.removeLast()
        }
        return words
    }
}
