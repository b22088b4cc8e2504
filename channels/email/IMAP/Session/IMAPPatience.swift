/// How long anything may take with a server, and how much is asked for at once.
public struct IMAPPatience: Sendable, Equatable {
    /// For one command that answers with little.
    public var command = Duration.seconds(60)
    /// Bytes of mail a second below which a server counts as stuck.
    public var slowest = 4 << 10
    /// A new IDLE is begun after this long; RFC 2177 allows 29 minutes. In between we look whether the server is still there.
    public var idle = Duration.seconds(300)
    /// How many polls (NOOP) pass before the folder is opened anew: some servers never tell of new mail otherwise.
    public var pollsBetweenLooks = 10
    /// Mails whose figures are asked for at once.
    public var window = 256
    /// Mails, and bytes of them, that are fetched and committed together.
    public var batch = 32
    public var batchBytes = 8 << 20
    /// How often one mail may fail to come before it is given up and said so.
    public var attempts = 5

    public init() {}
}
