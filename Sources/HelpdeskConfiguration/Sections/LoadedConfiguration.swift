import TOMLReading

/// A configuration with what is to be said about it and where it came from.
public struct LoadedConfiguration: Sendable {
    public let configuration: Configuration
    public let warnings: [ConfigurationWarning]
    /// Every secret named, in the order of the files.
    public let secretUses: [SecretUse]
    /// The files read, in order.
    public let files: [String]
    /// The merged tables, for `config show`.
    let root: TOMLTable
}
