import TOMLReading

/// Why a secret cannot be had. An operator mends each of them; none goes away by trying again.
public enum SecretProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case file(path: String, ConfigurationFiles.Failure)
    case fileEmpty(path: String)
    /// The daemon runs without a folder of credentials.
    case noCredentials(name: String)
    case variableMissing(String)
    case variableEmpty(String)

    var expected: String {
        switch self {
        case .file(let path, _), .fileEmpty(let path): "a secret in \(printable(path))"
        case .noCredentials(let name):
            "the credential \(name), by LoadCredential=\(name):… of the unit"
        case .variableMissing(let name), .variableEmpty(let name):
            "a secret in the variable \(name)"
        }
    }

    var got: String {
        switch self {
        case .file(_, let failure): failure.inWords
        case .fileEmpty: "an empty file"
        case .noCredentials: "no credentials at all"
        case .variableMissing: "no such variable"
        case .variableEmpty: "an empty one"
        }
    }

    public var description: String { "expected \(expected), got \(got)" }
}
