internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import TOMLReading
internal import Terminal

/// `$XDG_CONFIG_HOME/hamdel/config.toml`: how an agent wants the screen. Every key may be left out; what is unknown or
/// misspelt is an error that names its place.
struct ScreenConfiguration: Hashable, Sendable {
    enum Call: String, Hashable, Sendable, CaseIterable {
        case bell, osc9, osc777, command, off
    }

    var bidi: BidiSetting?
    var colours: ColourSetting?
    var digits: DisplaySettings.Digits?
    var calendar: DisplaySettings.Calendar?
    var screen = ScreenSettings()
    var notify = Call.bell
    /// A program that gets title and text as its last two arguments.
    var notifyCommand: [String] = []
    /// A line for the shell; nil: VISUAL, EDITOR, else `vi`.
    var editor: String?
    /// A program that gets a link as its last argument.
    var opener = ["xdg-open"]

    static let limit = 256 << 10

    init() { screen.sendDelay = .seconds(5) }

    /// The agent's file; as usual where there is none.
    static func load(environment: [String: String]) throws(ClientFailure) -> ScreenConfiguration {
        let folder = UserFolders.configuration(environment)
        var configuration = ScreenConfiguration()
        if let path = path(environment), let bytes = DurableFile.read(path, limit: limit) {
            configuration = try read(bytes, file: path, folder: folder)
        }
        configuration.screen.keys = try KeyFile.load(folder: folder)
        if let word = environment["HAMDEL_THEME"],
            let theme = try ThemeFile.theme(word, folder: folder)
        {
            configuration.screen.theme = theme
        }
        if let word = environment["HAMDEL_COLOUR"], let colours = ColourSetting(rawValue: word) {
            configuration.colours = colours
        }
        if let word = environment["HAMDEL_BIDI"], let bidi = BidiSetting(rawValue: word) {
            configuration.bidi = bidi
        }
        return configuration
    }

    static func path(_ environment: [String: String]) -> String? {
        UserFolders.configuration(environment).map { $0 + "/config.toml" }
    }

    /// - Parameter folder: where the agent's own themes are; nil: nowhere.
    static func read(
        _ bytes: [UInt8], file: String, folder: String? = nil
    ) throws(ClientFailure) -> ScreenConfiguration {
        let table: TOMLTable
        switch TOMLDocument.parse(bytes, file: file) {
        case .success(let found): table = found
        case .failure(let fault): throw .configuration("\(fault.place): \(fault.message)")
        }
        var configuration = ScreenConfiguration()
        for entry in table.entries { try configuration.take(entry, folder) }
        if configuration.notify == .command, configuration.notifyCommand.isEmpty {
            throw .configuration("\(file): notify_command: a program was expected")
        }
        return configuration
    }

    private mutating func take(_ entry: TOMLEntry, _ folder: String?) throws(ClientFailure) {
        let field = Field(entry: entry)
        switch entry.key {
        case "bidi": bidi = try field.word(BidiSetting.allCases.map(\.rawValue), BidiSetting.init)
        case "digits":
            digits = try field.word(["latin", "persian"]) { $0 == "persian" ? .persian : .latin }
        case "calendar":
            calendar = try field.word(["gregorian", "jalali"]) {
                $0 == "jalali" ? .jalali : .gregorian
            }
        case "theme":
            guard let theme = try ThemeFile.theme(try field.text(), folder: folder) else {
                throw field.noTheme(folder)
            }
            screen.theme = theme
        case "colour", "color":
            guard colours == nil else { throw field.twice("colour", "color") }
            colours = try field.word(ColourSetting.allCases.map(\.rawValue), ColourSetting.init)
        case "view": screen.firstView = try field.text()
        case "send_delay": screen.sendDelay = try field.seconds()
        case "notify": notify = try field.word(Call.allCases.map(\.rawValue), Call.init)
        case "notify_command": notifyCommand = try field.words()
        case "editor": editor = try field.text()
        case "opener": opener = try field.words()
        default:
            throw .configuration("\(entry.keyPlace): \(entry.key): there is no such key")
        }
    }

    /// One entry, and what is said when it is not what it should be.
    private struct Field {
        let entry: TOMLEntry

        private func fault(_ expected: String) -> ClientFailure {
            .configuration("\(entry.node.place): \(entry.key): expected \(expected)")
        }

        func twice(_ one: String, _ other: String) -> ClientFailure {
            .configuration("\(entry.keyPlace): \(one) and \(other) are one setting; leave one away")
        }

        func noTheme(_ folder: String?) -> ClientFailure {
            guard case .string(let name) = entry.node.value else { return fault("a text") }
            let shipped = Theme.shipped.map { "\"\($0.name)\"" }.joined(separator: ", ")
            let file = ThemeFile.path(name, folder).map { ", or the name of a file \($0)" } ?? ""
            return fault("one of \(shipped)\(file)")
        }

        func word<Value>(
            _ words: [String], _ value: (String) -> Value?
        ) throws(ClientFailure) -> Value {
            let expected = words.map { "\"\($0)\"" }.joined(separator: ", ")
            guard case .string(let text) = entry.node.value, words.contains(text),
                let value = value(text)
            else { throw fault("one of \(expected)") }
            return value
        }

        func text() throws(ClientFailure) -> String {
            guard case .string(let text) = entry.node.value, !text.isEmpty else {
                throw fault("a text")
            }
            return text
        }

        func words() throws(ClientFailure) -> [String] {
            guard case .array(let nodes) = entry.node.value, !nodes.isEmpty else {
                throw fault("a list: [\"program\", \"argument\"]")
            }
            var words: [String] = []
            for node in nodes {
                guard case .string(let word) = node.value else { throw fault("a list of texts") }
                words.append(word)
            }
            return words
        }

        /// `"5s"`, `"0s"`, `"1m"`.
        func seconds() throws(ClientFailure) -> TimeSpan {
            guard case .string(let text) = entry.node.value,
                let count = PersianDigits.integer(String(text.dropLast())),
                (0...3_600).contains(count)
            else { throw fault("a time such as \"5s\"") }
            switch text.last {
            case "s": return .seconds(Int64(count))
            case "m": return .minutes(Int64(count))
            default: throw fault("a time such as \"5s\"")
            }
        }
    }
}
