internal import ArgumentParser
internal import Glibc
internal import HelpdeskClient
internal import HelpdeskTUI
internal import Terminal

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at what the screen depends on.",
        subcommands: [DoctorTerminal.self])
}

/// A test card: shows Persian text both ways, asks which reads right, and writes the answer into the configuration. It
/// replaces guessing over ssh and through tmux, where no terminal can be asked.
struct DoctorTerminal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminal",
        abstract: "Show a test card of this terminal, and set which way Persian text goes to it.")

    func run() async throws {
        let context = try CommandContext.live()
        let environment = context.environment
        guard context.audience != .program, context.input.isTerminal else {
            throw ValidationError("the test card needs a terminal")
        }
        let configuration = try ScreenConfiguration.load(environment: environment)
        let capabilities = try await probe(configuration, environment)
        let setting = configuration.bidi ?? .auto
        let card = TestCard(
            capabilities: capabilities, term: environment["TERM"] ?? "",
            mode: setting.mode(capabilities, environment: environment),
            colours: (configuration.colours ?? .auto).depth(environment: environment),
            theme: configuration.screen.theme)
        try context.sink.print(Array(card.text.utf8))
        guard let answer = readLine(strippingNewline: true) else { return }
        let word: String
        switch answer.lowercased() {
        case "a": word = "app"
        case "b": word = "terminal"
        default:
            context.say("nothing was changed; HAMDEL_BIDI=off leaves the text as it is stored")
            return
        }
        guard let path = ScreenConfiguration.path(environment) else {
            throw ClientFailure.configuration("there is no place for config.toml: HOME is not set")
        }
        try ConfigurationLine(key: "bidi", value: "\"\(word)\"").write(into: path)
        context.say("bidi = \"\(word)\" is written in \(path)")
    }

    private func probe(
        _ configuration: ScreenConfiguration, _ environment: [String: String]
    ) async throws -> TerminalCapabilities {
        do {
            let session = try await TerminalSession.open(
                TerminalSession.Options(
                    bidi: configuration.bidi ?? .auto, environment: environment))
            let found = session.capabilities
            await session.close()
            return found
        } catch {
            throw ClientFailure.configuration(error.description)
        }
    }
}

/// The card's text. Pure.
struct TestCard {
    let capabilities: TerminalCapabilities
    let term: String
    let mode: BidiMode
    let colours: ColourDepth
    let theme: Theme

    private static let lines: [SafeText] = [
        "سلام، تیکت #1234 (فوری) برای سارا", "تلفن 0912-345-6789، نشانی sara@example.ir",
        "سفارش ۸۸۲۱۳ نرسیده است. Order 88213, please!",
    ]

    var text: String {
        """
        TERM \(Sanitizer.singleLine(term).string)
          right-to-left text: \(answer(capabilities.explicitBidi, "it reorders, and can be told not to"))
          frames at once:     \(answer(capabilities.synchronizedOutput, "yes"))
          grapheme clusters:  \(answer(capabilities.graphemeClusters, "yes"))
          kitty keyboard:     \(answer(capabilities.kittyKeyboard, "yes"))
          now used:           bidi = \(mode), colour = \(depth), theme = \(Sanitizer.singleLine(theme.name).string)

        \(swatches)

        A  put in order here:
        \(table(.app))
        B  left to the terminal:
        \(table(.terminal))
        Which one reads right, from the right edge, with its letters joined? a, b or n for neither:\u{20}
        """
    }

    private func answer(_ support: TerminalCapabilities.Support, _ yes: String) -> String {
        support == .supported ? yes : "no answer"
    }

    private var depth: String {
        switch colours {
        case .none: "none"
        case .basic: "16"
        case .indexed: "256"
        case .direct: "truecolor"
        }
    }

    /// What is not smooth, or has no colours, cannot be shown here.
    private var swatches: String {
        let attributes =
            "\u{1B}[1mbold\u{1B}[m \u{1B}[2mdim\u{1B}[m \u{1B}[4munderlined\u{1B}[m \u{1B}[7mreversed\u{1B}[m"
        let basic = (0..<16).map { "\u{1B}[\($0 < 8 ? 40 + $0 : 92 + $0)m  " }.joined()
        let indexed = (0..<32).map { "\u{1B}[48;5;\(232 + $0 * 23 / 31)m " }.joined()
        let direct = (0..<32).map { step in
            let red = step * 8
            return "\u{1B}[48;2;\(red);\(96 + step * 2);\(248 - red)m "
        }.joined()
        return """
              without colours  \(attributes)
              16               \(basic)\u{1B}[m
              256              \(indexed)\u{1B}[m
              truecolor        \(direct)\u{1B}[m
            A row that is not smooth is too much for this terminal: colour = "256", "16" or "none" in config.toml.
            """
    }

    /// Each line in its field, between two fences that must stand straight.
    private func table(_ mode: BidiMode) -> String {
        let layout = FieldLayout(bidi: mode, widths: capabilities.widths)
        let (before, after) =
            mode == .app && capabilities.explicitBidi == .supported
            ? ("\u{1B}[8l", "\u{1B}[8h") : ("", "")
        return TestCard.lines.map { line in
            let field = layout.line(line, columns: 50)
            let gap = String(repeating: " ", count: max(50 - field.width, 0))
            return "\(before)   │ \(gap)\(field.text) │\(after)"
        }.joined(separator: "\n")
    }
}

/// One key of a TOML file that is otherwise left as its owner wrote it.
struct ConfigurationLine {
    let key: String
    let value: String

    /// The text with the key set: in its place where it stands at the top level, else as the first line.
    func set(in text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let end = lines.firstIndex { $0.hasPrefix("[") } ?? lines.count
        let place = lines[..<end].firstIndex { line in
            line.split(separator: "=").first?.split(separator: " ").first.map(String.init) == key
        }
        if let place {
            lines[place] = "\(key) = \(value)"
        } else {
            lines.insert("\(key) = \(value)", at: 0)
        }
        return lines.joined(separator: "\n")
    }

    func write(into path: String) throws(ClientFailure) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try UserFolders.make(folder)
        let bytes = DurableFile.read(path, limit: ScreenConfiguration.limit) ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        try DurableFile.replace(path, with: Array(set(in: text).utf8))
    }
}
