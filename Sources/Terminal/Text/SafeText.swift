/// Text that a terminal may be shown: it has been through the `Sanitizer`.
///
/// Layout and painting take nothing else, so a stranger's words cannot reach the screen
/// unfiltered by an oversight. A literal is sanitized too, which leaves ordinary ones unchanged.
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
    /// The text. Holds no control character but U+000A, and that only in multi-line text.
    public let string: String

    init(trusted string: String) {
        self.string = string
    }

    public var description: String { string }
    public var isEmpty: Bool { string.isEmpty }

    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(trusted: left.string + right.string)
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self = Sanitizer.multiLine(value)
    }
}

extension Sequence where Element == SafeText {
    /// The texts with a separator between them.
    public func joined(separator: SafeText = "") -> SafeText {
        SafeText(trusted: map(\.string).joined(separator: separator.string))
    }
}
