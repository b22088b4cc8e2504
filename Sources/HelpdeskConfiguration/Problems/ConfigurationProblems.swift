/// Everything that is wrong with a configuration, in the order of the files. The program ends with 78.
public struct ConfigurationProblems: Error, Equatable, Sendable, CustomStringConvertible {
    /// Never empty.
    public let list: [ConfigurationProblem]

    /// So that a wrong file of a megabyte cannot fill a terminal.
    static let mostShown = 100

    /// One line for each problem, no line end behind the last.
    public var description: String {
        var lines = list.prefix(Self.mostShown).map(\.description)
        if list.count > Self.mostShown {
            lines.append("… and \(list.count - Self.mostShown) more")
        }
        return lines.joined(separator: "\n")
    }
}
