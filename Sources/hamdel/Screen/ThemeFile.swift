internal import HelpdeskClient
internal import HelpdeskTUI
internal import TOMLReading
internal import Terminal

/// `$XDG_CONFIG_HOME/hamdel/themes/NAME.toml`: a theme of the agent's own. It says what is different from the shipped
/// one that it `inherits`; what is unknown or misspelt is an error that names its place.
enum ThemeFile {
    static let limit = 64 << 10

    /// A shipped theme, or the agent's; nil when there is neither. `folder` is the configuration's.
    static func theme(_ name: String, folder: String?) throws(ClientFailure) -> Theme? {
        if let theme = Theme(shipped: name) { return theme }
        guard isName(name), let path = path(name, folder),
            let bytes = DurableFile.read(path, limit: limit)
        else { return nil }
        return try read(bytes, file: path, name: name)
    }

    static func path(_ name: String, _ folder: String?) -> String? {
        folder.map { "\($0)/themes/\(name).toml" }
    }

    /// A file name that stays in its folder.
    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
                    || scalar == "_"
            }
    }

    static func read(
        _ bytes: [UInt8], file: String, name: String
    ) throws(ClientFailure) -> Theme {
        let table: TOMLTable
        switch TOMLDocument.parse(bytes, file: file) {
        case .success(let found): table = found
        case .failure(let fault): throw .configuration("\(fault.place): \(fault.message)")
        }
        var theme = try inherited(table).renamed(name)
        for entry in table.entries {
            switch entry.key {
            case "inherits": break
            case "text": theme.text = try colour(entry)
            case "ground": theme.ground = try colour(entry)
            case "selection": theme.selection = try colour(entry)
            case "parts":
                guard case .table(let parts) = entry.node.value else {
                    throw fault(entry, "a table: [parts]")
                }
                for part in parts.entries { try set(part, in: &theme) }
            default:
                throw .configuration(
                    "\(entry.keyPlace): \(entry.key): there is no such key; "
                        + "there are inherits, text, ground, selection and [parts]")
            }
        }
        return theme
    }

    private static func inherited(_ table: TOMLTable) throws(ClientFailure) -> Theme {
        guard let entry = table.entry("inherits") else { return .standard }
        guard case .string(let name) = entry.node.value, let theme = Theme(shipped: name) else {
            let names = Theme.shipped.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw fault(entry, "one of \(names)")
        }
        return theme
    }

    private static func set(_ entry: TOMLEntry, in theme: inout Theme) throws(ClientFailure) {
        guard let part = ThemePart(rawValue: entry.key) else {
            let names = ThemePart.allCases.map(\.rawValue).joined(separator: ", ")
            throw .configuration(
                "\(entry.keyPlace): \(entry.key): there is no such part; there are \(names)")
        }
        var style = theme.style(of: part)
        guard case .table(let table) = entry.node.value else {
            style.foreground = try colour(entry)
            return theme.set(part, style)
        }
        for member in table.entries {
            switch member.key {
            case "text": style.foreground = try colour(member)
            case "ground": style.background = try colour(member)
            default: try set(member, in: &style.attributes)
            }
        }
        theme.set(part, style)
    }

    private static let attributes: [(name: String, Style.Attributes)] = [
        ("bold", .bold), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]

    private static func set(
        _ entry: TOMLEntry, in attributes: inout Style.Attributes
    ) throws(ClientFailure) {
        guard let (_, attribute) = Self.attributes.first(where: { $0.name == entry.key }) else {
            throw .configuration(
                "\(entry.keyPlace): \(entry.key): there is no such key; "
                    + "there are text, ground, bold, italic, underline and reverse")
        }
        guard case .boolean(let isOn) = entry.node.value else {
            throw fault(entry, "true or false")
        }
        if isOn { attributes.insert(attribute) } else { attributes.remove(attribute) }
    }

    /// `"#7cc7e8"`, `"bright-red"`, a number of the 256, or `"terminal"`.
    private static func colour(_ entry: TOMLEntry) throws(ClientFailure) -> Colour {
        switch entry.node.value {
        case .integer(let number):
            if let index = UInt8(exactly: number) { return .indexed(index) }
        case .string("terminal"): return .normal
        case .string(let text):
            if let colour = RGB(text) { return .rgb(colour) }
            if let place = names.firstIndex(of: text),
                let colour = BasicColour(rawValue: UInt8(place))
            {
                return .basic(colour)
            }
        default: break
        }
        throw fault(
            entry, "a colour: \"#rrggbb\", 0 to 255, \"terminal\", \(names.joined(separator: ", "))"
        )
    }

    /// In the order of their numbers.
    private static let names: [String] = {
        let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return plain + plain.map { "bright-" + $0 }
    }()

    private static func fault(_ entry: TOMLEntry, _ expected: String) -> ClientFailure {
        .configuration("\(entry.node.place): \(entry.key): expected \(expected)")
    }
}
