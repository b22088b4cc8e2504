/// Where in the configuration something stands, so that every message can point at it.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    /// The path as it was opened, never canonicalised: what the reader typed is what they look for.
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in code points.
    public let column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    public var description: String { "\(printable(file)):\(line):\(column)" }
}
