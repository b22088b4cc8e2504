public import TOMLReading

/// Where a secret is to be had. Nothing is read until a `SecretResolver` is asked.
public enum SecretSource: Equatable, Sendable {
    /// A file that holds nothing but the secret and maybe a line end.
    case file(path: String)
    /// A credential of the unit (systemd's LoadCredential=).
    case credential(name: String)
    case environment(variable: String)
    /// Written into the configuration itself: works, and is warned of.
    case literal(Secret)
}

/// One place in the configuration that names a secret: what `config check` goes through.
public struct SecretUse: Equatable, Sendable {
    public let place: SourcePlace
    public let key: String
    public let source: SecretSource
}
