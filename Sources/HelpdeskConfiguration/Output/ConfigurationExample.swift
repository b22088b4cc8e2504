/// The whole configuration as a file to start from (`hamdeld config example`, `hamdeld init`): every key with its
/// meaning and its default, and active only what must be set.
///
/// Prose has two marks (`## …`), a key at its default or as an example has one (`#key = …`): taking the one mark
/// away sets the key.
public enum ConfigurationExample {
    /// `settings` makes keys active and gives them a value as TOML: `["store.url": "\"sqlite:/tmp/x.db\""]`. For
    /// lists it is the one element the example has: `["inbox.channel": …]`.
    public static func text(settings: [String: String] = [:]) -> String {
        var lines = [
            "## The configuration of hamdeld.",
            "##",
            "## Lines with two marks explain. A line with one mark shows a key: its default, or an example of",
            "## it; take the mark away to set it. More files may stand in conf.d/ beside this one: *.toml.",
            "## `hamdeld config check` says what is wrong, `hamdeld config show` what holds.",
        ]
        for section in ConfigurationManual.sections {
            lines.append("")
            lines += ConfigurationProse.wrapped(section.meaning, mark: "## ")
            let isActive = active(section, settings)
            lines.append((isActive ? "" : "#") + section.header)
            for key in section.keys {
                lines += text(of: key, in: section, isActive: isActive, settings)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(
        of key: KeyDescription, in section: SectionDescription, isActive: Bool,
        _ settings: [String: String]
    ) -> [String] {
        var lines = ["##"] + ConfigurationProse.wrapped(key.meaning, mark: "## ")
        lines += ConfigurationProse.wrapped(ConfigurationProse.presence(of: key), mark: "## ")
        if let value = settings["\(section.name).\(key.name)"] {
            lines.append("\(key.name) = \(value)")
        } else if case .required = key.presence {
            lines.append((isActive ? "" : "#") + "\(key.name) = \(key.example)")
        } else if isActive, minimal.contains("\(section.name).\(key.name)") {
            lines.append("\(key.name) = \(key.example)")
        } else {
            lines.append("#\(key.name) = \(shown(key))")
        }
        return lines
    }

    /// Beside the required keys: what the example's own inbox cannot do without, and where it listens.
    private static let minimal: Set<String> = ["http.socket", "http.listen", "inbox.address"]

    private static func active(
        _ section: SectionDescription, _ settings: [String: String]
    ) -> Bool {
        ["store", "http", "team", "inbox"].contains(section.name)
            || settings.keys.contains { $0.hasPrefix(section.name + ".") }
    }

    private static func shown(_ key: KeyDescription) -> String {
        if case .defaults(let value) = key.presence { value } else { key.example }
    }
}
