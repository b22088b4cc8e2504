/// What comparing one case came to.
public enum Outcome: Sendable {
    case agreed
    case differs(Differences)
    /// Not compared, and why: a kind that has no counterpart here, a peer's own policy. Counted by reason and printed.
    case leftOut(String)

    /// The kind of the case has no driver in this measure.
    public static let skipped = Outcome.leftOut("kind without a driver here")
}

/// Where we differ from a peer, field by field.
public struct Differences: Sendable, ExpressibleByStringInterpolation {
    public private(set) var found: [String] = []

    public init() {}

    public init(stringLiteral value: String) { found = [value] }

    public mutating func expect(_ field: String, _ got: String?, _ expected: String?) {
        guard got != expected else { return }
        found.append("\(field): expected \(Self.clip(expected)), got \(Self.clip(got))")
    }

    public mutating func expect(_ what: String, that condition: Bool) {
        if !condition { found.append(what) }
    }

    private static func clip(_ text: String?) -> String {
        guard let text else { return "nothing" }
        return "“" + text.prefix(300) + (text.count > 300 ? "…”" : "”")
    }

    public var outcome: Outcome { found.isEmpty ? .agreed : .differs(self) }
}
