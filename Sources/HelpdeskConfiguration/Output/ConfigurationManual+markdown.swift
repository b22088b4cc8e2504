extension ConfigurationManual {
    /// Docs/Configuration.md.
    public static func markdown() -> String {
        var lines = introduction
        var told: Set<String> = ["secret"]
        for section in sections {
            lines += ["", "## `\(section.header)`", "", section.meaning]
            lines += table(of: section)
            for nested in section.keys.compactMap(\.nested)
            where told.insert(nested.name).inserted {
                lines += ["", "### `\(nested.header)`", "", nested.meaning]
                lines += table(of: nested)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(of section: SectionDescription) -> [String] {
        ["", "| key | value | when not set | meaning |", "|---|---|---|---|"]
            + section.keys.map { key in
                let channels =
                    key.channels.isEmpty ? "" : " Only for \(key.channels.joined(separator: ", "))."
                let cells = [
                    "`\(key.name)`", cell(expectation(of: key)),
                    cell(absence(of: key)), cell(key.meaning + channels),
                ]
                return "| \(cells.joined(separator: " | ")) |"
            }
    }

    private static func expectation(of key: KeyDescription) -> String {
        let example = Array(key.example.utf8)
        let isShown = Array(key.expectation.utf8).firstIndex(of: example) != nil
        return isShown ? key.expectation : "\(key.expectation); e.g. `\(key.example)`"
    }

    private static func absence(of key: KeyDescription) -> String {
        switch key.presence {
        case .required: "**must be set**"
        case .defaults(let value): "`\(value)`"
        case .optional(let absence): absence
        }
    }

    /// A bar would begin the next cell.
    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    private static var introduction: [String] {
        [
            "# Configuration",
            "",
            "This page is written by the code (`ConfigurationManual.markdown()`); a test compares the two. To bring it",
            "up to date: `HAMDEL_WRITE_DOCS=1 swift test --filter HelpdeskConfigurationTests`.",
            "",
            "`hamdeld` reads `/etc/hamdel/hamdel.toml`, or the file that `--config` or `HAMDEL_CONFIG` names, and then every",
            "`*.toml` of `conf.d/` beside it, by name. Sections are joined key by key, lists (`[[team]]`) one behind the",
            "other; a key that two files set is an error. So is a key that is not on this page.",
            "",
            "- `hamdeld config check` says all that is wrong, one line for each, and ends with 78:",
            "  `file:line:column: key: expected …, got …`.",
            "- `hamdeld config show` says what holds, and which line of which file said so; secrets are masked.",
            "- `hamdeld config example` prints a file with every key to start from.",
            "",
            "The smallest configuration:",
            "",
            "```toml",
        ] + smallest + [
            "```",
            "",
            "**Durations** are numbers with units, the larger unit first: `\"7d\"`, `\"1h30m\"`, `\"2 min\"`; units are `w`, `d`,",
            "`h`, `m` or `min`, `s` or `sec`. **Sizes**: `\"25MiB\"`; `B`, `KiB`, `MiB`, `GiB`, or `kB`, `MB`, `GB` in thousands.",
            "**Days**: `\"2026-03-21\"` or `\"jalali:1405-01-01\"`. **Hours**: `\"08:00-12:00\"`; `\"22:00-06:00\"` ends on the next day.",
            "Persian digits are understood in all of these. **Names** (of teams, inboxes, hours) are up to 64 letters and",
            "digits of ASCII, `-`, `_` and `.`.",
            "",
            "**Secrets** are `{ file = \"…\" }`, `{ credential = \"…\" }` (systemd's `LoadCredential=`) or `{ env = \"…\" }`. A secret",
            "written into the configuration works, with a warning. One line end behind a secret in a file is not part of it.",
        ]
    }

    private static var smallest: [String] {
        [
            "[store]",
            "url = \"sqlite:/var/lib/hamdel/hamdel.db\"",
            "",
            "[http]",
            "socket = \"/run/hamdel/api.sock\"",
            "listen = \"127.0.0.1:8080\"",
            "",
            "[[team]]",
            "name = \"support\"",
            "",
            "[[inbox]]",
            "name = \"support-mail\"",
            "channel = \"email\"",
            "team = \"support\"",
            "address = \"support@example.org\"",
        ]
    }
}
