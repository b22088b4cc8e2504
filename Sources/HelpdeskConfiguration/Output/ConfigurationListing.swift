import TOMLReading

/// What holds, and why (`hamdeld config show`): every key with its value and where it was set. Secrets and passwords
/// in URLs are masked. The output is TOML again.
public enum ConfigurationListing {
    public static func text(_ loaded: LoadedConfiguration) -> String {
        var lines: [String] = []
        for section in ConfigurationManual.sections {
            if isAbsent(section, loaded.root) {
                lines += ["", "# \(section.header) is not set"]
            }
            for table in tables(section, loaded.root) {
                if !lines.isEmpty { lines.append("") }
                lines.append(section.header)
                for key in section.keys { lines.append(line(key, table, section, loaded)) }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Without what it must have, a section that is not there has nothing that holds.
    private static func isAbsent(_ section: SectionDescription, _ root: TOMLTable) -> Bool {
        root.entry(section.name) == nil && section.keys.contains { $0.presence == .required }
    }

    /// One empty table for a section that is not there: its defaults hold.
    private static func tables(_ section: SectionDescription, _ root: TOMLTable) -> [TOMLTable] {
        switch (section.form, root.entry(section.name)?.node.value) {
        case (.list, .array(let nodes)?):
            nodes.compactMap { if case .table(let table) = $0.value { table } else { nil } }
        case (.table, .table(let table)?), (.list, .table(let table)?): [table]
        case (.table, _) where !isAbsent(section, root):
            [TOMLTable(entries: [], form: .section, place: root.place)]
        default: []
        }
    }

    private static func line(
        _ key: KeyDescription, _ table: TOMLTable, _ section: SectionDescription,
        _ loaded: LoadedConfiguration
    ) -> String {
        if let entry = table.entry(key.name) {
            let place = entry.node.place
            return
                "\(key.name) = \(shown(entry.node.value, key))  # \(printable(place.file)):\(place.line)"
        }
        if let value = followed("\(section.name).\(key.name)", loaded.configuration) {
            return "\(key.name) = \(TOMLText.quoted(value))  # follows from other keys"
        }
        return switch key.presence {
        case .defaults(let value): "\(key.name) = \(value)  # default"
        case .optional(let absence): "# \(key.name) is not set: \(absence)"
        case .required: "# \(key.name) is not set"
        }
    }

    /// What is not set and still holds, because it follows from what is.
    private static func followed(_ key: String, _ configuration: Configuration) -> String? {
        switch key {
        case "http.socket": configuration.http.socket
        case "http.public_url": configuration.http.publicURL
        case "lmtp.socket": configuration.lmtp.socket
        case "control.socket": configuration.control.socket
        default: nil
        }
    }

    private static func shown(_ value: TOMLValue, _ key: KeyDescription) -> String {
        TOMLText.of(key.visibility == .masked ? masked(value) : safe(value, key.nested))
    }

    /// A reference to a secret is no secret; the secret itself is.
    private static func masked(_ value: TOMLValue) -> TOMLValue {
        switch value {
        case .string: .string("********")
        case .array(let nodes):
            .array(nodes.map { TOMLNode(value: masked($0.value), place: $0.place) })
        default: value
        }
    }

    private static func safe(_ value: TOMLValue, _ nested: SectionDescription?) -> TOMLValue {
        switch value {
        case .string(let text): return .string(URLText.masked(text))
        case .table(let table):
            var shown = table
            for index in shown.entries.indices {
                let entry = shown.entries[index]
                let inner = nested?.key(entry.key)
                let value =
                    inner?.visibility == .masked
                    ? masked(entry.node.value) : safe(entry.node.value, inner?.nested)
                shown.entries[index].node = TOMLNode(value: value, place: entry.node.place)
            }
            return .table(shown)
        default: return value
        }
    }
}
