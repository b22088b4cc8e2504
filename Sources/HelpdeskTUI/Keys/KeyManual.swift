internal import HelpdeskAPI

/// Docs/Keys.md and hamdel-keys(7): printed from the tables that the screen itself looks keys up in.
public enum KeyManual {
    /// Markdown. Blocks nothing, never fails.
    public static func markdown() -> String {
        var lines = [
            "# Keys of the screen", "",
            "This page is written by the code (`KeyManual.markdown()`); a test compares the two. To bring it up to date:",
            "`HAMDEL_WRITE_DOCS=1 swift test --filter ManualTests`.", "",
            "`C-s` is Control and s, `A-s` Alt and s, `S-Tab` Shift and Tab. With a Persian keyboard the keys are those in the",
            "same places. `?` shows on the screen what is in force.", "",
            "These are the keys that the program comes with. `$XDG_CONFIG_HOME/hamdel/keys.toml` (else `~/.config/hamdel/keys.toml`)",
            "changes them: a line names a command, as in the last column, and the keys that it has instead.",
            "",
            "```toml", "reply = [\"r\", \"C-e\"]     # several keys",
            "drafts = []               # no key; the palette still finds it", "",
            "[queue]                   # only there; there are [queue], [thread], [customer] and [page]",
            "open = \"l\"", "mark = \"Insert\"", "```", "",
            "A key is a character (`r`, `G`, `!`), one of Enter, Esc, Tab, Space, Backspace, Delete, Insert, Up, Down, Left, Right,",
            "PgUp, PgDn, Home, End, F1 to F12, each with C-, A- or S- before it where that makes sense, or two of these with a space",
            "between them. One key cannot mean two things: `hamdel` says where the file wants that, and does not start. `[page]` is",
            "what lies over the panes: help, explanation, timeline, reports.", "",
        ]
        for group in Binding.Group.allCases {
            lines += ["## \(group.rawValue)", ""]
            lines += table(
                "key",
                KeyBindings.standard.listed(in: group).map {
                    ($0.keys, $0.help + place(of: $0), $0.name)
                })
        }
        lines += [
            "## Writing", "", "Every other key is a letter of the text; these cannot be changed.",
            "",
        ]
        lines += table("key", Composer.keys.map { ($0.key, $0.help, nil) })
        lines += ["## Commands", "", "After `:`; Tab completes.", ""]
        lines += table(
            "command",
            TypedCommand.words.map {
                ($0.arguments.isEmpty ? $0.word : "\($0.word) \($0.arguments)", $0.help, nil)
            })
        return lines.joined(separator: "\n")
    }

    private static func place(of key: ListedKey) -> String {
        let names = [
            (KeyContext.queue, "the queue"), (.thread, "the thread"), (.customer, "the customer"),
        ]
        let known = names.filter { key.contexts.contains($0.0) }.map(\.1)
        return known.count == names.count || known.isEmpty
            ? "" : " (in " + known.joined(separator: " and ") + ")"
    }

    /// With a third column where the rows have one.
    private static func table(
        _ title: String, _ rows: [(key: String, help: String, name: String?)]
    ) -> [String] {
        let isNamed = rows.contains { $0.name != nil }
        let head = "| \(title) | what it does |" + (isNamed ? " command |" : "")
        return [head, isNamed ? "|---|---|---|" : "|---|---|"]
            + rows.map { row in
                "| `\(escaped(row.key))` | \(escaped(row.help)) |"
                    + (row.name.map { " `\($0)` |" } ?? "")
            } + [""]
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
