/// Docs/Queries.md and hamdel-query(7): the language of `/` on the screen and of `--query`.
public enum QueryManual {
    /// Markdown. Blocks nothing, never fails.
    public static func markdown() -> String {
        let rows = API.TypedSelection.names.map { "| `\($0.name):` | \($0.help) |" }
        return """
            # Queries

            This page is written by the code (`QueryManual.markdown()`); a test compares the two. To bring it up to date:
            `HAMDEL_WRITE_DOCS=1 swift test --filter ManualTests`.

            A query is words to search for, and what narrows the list, in any order:

                status:open assignee:me refund
                +vip is:unread
                team:billing class:all سفارش ۸۸۲۱۳

            It is typed after `/` on the screen, and after `--query` of `hamdel ticket list`. Everything must hold. Words are found in
            subjects and messages by their beginnings, folded: `ي` finds `ی`, `۱۲` finds `12`. A word with a colon whose name is none of these is searched for
            like any other.

            | name | what it narrows to |
            |---|---|
            \(rows.joined(separator: "\n"))

            `@ali` is `assignee:ali`, and `+vip` is `tag:vip`. `status` may be named several times; of every other name the last one holds. Without a
            `status` a list is of what is active (new, open, pending); without a `class` of regular work. Views are listed by `[`, `]` and `V` on the screen and by `GET /views`; `view:team:support` is
            everything active in that team.

            """
    }
}
