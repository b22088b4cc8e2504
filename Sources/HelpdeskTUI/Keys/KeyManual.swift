internal import HelpdeskAPI

/// Docs/Keys.md and hamdel-keys(7): printed from the tables that the screen itself looks keys up in.
public enum KeyManual {
    /// Markdown. Blocks nothing, never fails.
    public static func markdown() -> String {
        var lines = [
            "# Keys of the screen", "",
            "This page is written by the code (`KeyManual.markdown()`); a test compares the two. To bring it up to date:",
            "`HAMDEL_WRITE_DOCS=1 swift test --filter ManualTests`.", "",
            "`C-s` is Control and s. With a Persian keyboard the keys are those in the same places. `?` shows this page on the screen.",
            "",
        ]
        for group in Binding.Group.allCases {
            lines += ["## \(group.rawValue)", ""]
            lines += table(
                "key",
                Bindings.listed(in: group).map { binding in
                    (binding.listedKeys, binding.listedHelp + place(of: binding))
                })
        }
        lines += ["## Writing", "", "Every other key is a letter of the text.", ""]
        lines += table("key", Composer.keys.map { ($0.key, $0.help) })
        lines += ["## Commands", "", "After `:`; Tab completes.", ""]
        lines += table(
            "command",
            TypedCommand.words.map {
                ($0.arguments.isEmpty ? $0.word : "\($0.word) \($0.arguments)", $0.help)
            })
        return lines.joined(separator: "\n")
    }

    private static func place(of binding: Binding) -> String {
        let names = [
            (KeyContext.queue, "the queue"), (.thread, "the thread"), (.customer, "the customer"),
        ]
        let known = names.filter { binding.contexts.contains($0.0) }.map(\.1)
        return known.count == names.count || known.isEmpty
            ? "" : " (in " + known.joined(separator: " and ") + ")"
    }

    private static func table(_ title: String, _ rows: [(String, String)]) -> [String] {
        ["| \(title) | what it does |", "|---|---|"]
            + rows.map { "| `\(escaped($0.0))` | \(escaped($0.1)) |" } + [""]
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
