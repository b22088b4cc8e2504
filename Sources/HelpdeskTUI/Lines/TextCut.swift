/// How much of a text a screen looks at: mails may have ten megabytes, and every key press lays out what is in sight.
enum TextCut {
    /// More than anybody reads in a terminal; the rest is in `hamdel ticket show`.
    static let limit = 200_000

    /// The text, or so many bytes of its beginning.
    static func shown(_ text: String) -> String {
        guard text.utf8.count > limit else { return text }
        return String(decoding: text.utf8.prefix(limit), as: UTF8.self)
    }

    static func isCut(_ text: String) -> Bool { text.utf8.count > limit }
}
