internal import HelpdeskCore

extension API {
    /// A selection of tickets as people type it, in the screen and after `--query`: words to search for, and what
    /// narrows them, `status:open assignee:me refund`.
    ///
    /// The names are those of `GET /tickets`; `@ali` is `assignee:ali`, `+vip` is `tag:vip`. A word with a colon whose
    /// name is none of these is searched for like any other. Several statuses may be named.
    public struct TypedSelection: Hashable, Sendable {
        /// What narrows, by name; the last one named twice wins, statuses are joined by commas.
        public var selection: [String: String]
        /// What to search for; nil: nothing.
        public var words: String?

        /// Names that narrow, in the order of help and completion.
        public static let names: [(name: String, help: String)] = [
            ("status", "new, open, pending, closed, active or all"),
            ("assignee", "me, none or a login; @ali is the same"), ("team", "a team"),
            ("tag", "a tag; +vip is the same"), ("inbox", "where it began"),
            ("customer", "a customer's number"), ("class", "regular, spam, bulk or all"),
            ("is", "unread, callback, snoozed, queued or wrap_up"), ("view", "a saved view"),
        ]

        /// Never fails: what narrows nothing is a word. Values are checked by the daemon.
        public init(_ line: String) {
            selection = [:]
            var rest: [Substring] = []
            for word in line.split(separator: " ") {
                if let (name, value) = Self.narrowing(word) {
                    let before = name == "status" ? selection[name].map { $0 + "," } : nil
                    selection[name] = (before ?? "") + value
                } else {
                    rest.append(word)
                }
            }
            words = rest.isEmpty ? nil : rest.joined(separator: " ")
        }

        private static func narrowing(_ word: Substring) -> (name: String, value: String)? {
            if word.utf8.count > 1 {
                if word.hasPrefix("@") { return ("assignee", String(word.dropFirst())) }
                if word.hasPrefix("+") { return ("tag", String(word.dropFirst())) }
            }
            guard let colon = word.firstIndex(of: ":") else { return nil }
            let name = word[..<colon].lowercased()
            let value = word[word.index(after: colon)...]
            guard !value.isEmpty, names.contains(where: { $0.name == name }) else { return nil }
            return (name, name == "customer" ? PersianDigits.ascii(String(value)) : String(value))
        }
    }
}
