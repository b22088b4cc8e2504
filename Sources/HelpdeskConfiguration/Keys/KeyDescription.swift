/// What the manual says about one key. From these come validation, `config example`, `config show` and
/// Docs/Configuration.md; nothing is read that has none.
public struct KeyDescription: Sendable {
    /// What happens when the key is not set.
    public enum Presence: Sendable, Equatable {
        case required
        /// The default, written as TOML.
        case defaults(String)
        /// What its absence means, in words.
        case optional(String)
    }

    /// Whether `config show` may print the value.
    public enum Visibility: Sendable { case shown, masked }

    public let name: String
    /// One or two words: "duration", "list of addresses".
    public let kind: String
    /// What a value must be, as messages say it.
    public let expectation: String
    public let presence: Presence
    public let meaning: String
    /// A value that may be set, written as TOML.
    public let example: String
    /// The kinds of channel the key is for; none named means all.
    public let channels: [String]
    public let visibility: Visibility
    /// The keys inside, when the value is a table.
    public let nested: SectionDescription?
}

/// A section of the configuration and its keys, in the order of the manual.
public struct SectionDescription: Sendable {
    public enum Form: Sendable {
        /// `[name]`
        case table
        /// `[[name]]`
        case list
        /// `name = { … }` inside another section
        case value
    }

    public let name: String
    public let form: Form
    public let meaning: String
    public let keys: [KeyDescription]

    init(
        _ name: String, _ form: Form, _ meaning: String, keys: [KeyDescription]
    ) {
        self.name = name
        self.form = form
        self.meaning = meaning
        self.keys = keys
    }

    /// As it is written in a file: `[store]`, `[[inbox]]`.
    public var header: String {
        switch form {
        case .table: "[\(name)]"
        case .list: "[[\(name)]]"
        case .value: "\(name) = { … }"
        }
    }

    func key(_ name: String) -> KeyDescription? { keys.first { $0.name == name } }
}
