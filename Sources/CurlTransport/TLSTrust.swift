/// Whose signature makes a TLS peer believable. The peer's name is always checked too.
public enum TLSTrust: Sendable, Equatable {
    /// The certificates the system trusts.
    case system
    /// The certificate authorities in this PEM file only.
    case authorities(path: String)
}
