public import TOMLReading

/// One thing that is wrong, where, and what would be right: a line for the person who runs the daemon.
public struct ConfigurationProblem: Error, Equatable, Sendable, CustomStringConvertible {
    public let place: SourcePlace
    /// The key as a person looks it up in the manual: `inbox.address`, `store.url`.
    public let key: String
    public let expected: String
    public let got: String
    /// What to try, when there is a guess.
    public let hint: String?

    public init(
        place: SourcePlace, key: String, expected: String, got: String, hint: String? = nil
    ) {
        self.place = place
        self.key = key
        self.expected = expected
        self.got = got
        self.hint = hint
    }

    /// `file:line:column: key: expected …, got …`, then `; ` and the hint.
    public var description: String {
        let line = "\(place): \(printable(key)): expected \(expected), got \(got)"
        return hint.map { "\(line); \($0)" } ?? line
    }
}
