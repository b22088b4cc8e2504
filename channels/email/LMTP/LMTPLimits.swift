/// Bounds of the LMTP listener (reliability §5). Each has an answer of its own on the wire.
public struct LMTPLimits: Sendable, Equatable {
    /// Connections at once; 421 beyond.
    public var connections: Int
    /// Recipients of one mail; 452 4.5.3 beyond.
    public var recipients: Int
    /// Bytes of one mail; 552 5.3.4 beyond.
    public var messageBytes: Int
    /// Bytes of all mails that are being read or stored, over all connections; 451 4.3.2 beyond. One mail alone always has
    /// its room.
    public var bytesAtOnce: Int
    /// Bytes of one command line, its CRLF included; 500 5.5.2 beyond.
    public var commandBytes: Int
    /// Commands that are none, before we hang up with 421.
    public var mistakes: Int
    public var idleSeconds: Int64
    public var totalSeconds: Int64

    public init(
        connections: Int = 50, recipients: Int = 100, messageBytes: Int = 50 << 20,
        bytesAtOnce: Int = 64 << 20, commandBytes: Int = 2_048, mistakes: Int = 20,
        idleSeconds: Int64 = 60,
        totalSeconds: Int64 = 300
    ) {
        self.connections = connections
        self.recipients = recipients
        self.messageBytes = messageBytes
        self.bytesAtOnce = max(bytesAtOnce, messageBytes)
        self.commandBytes = commandBytes
        self.mistakes = mistakes
        self.idleSeconds = idleSeconds
        self.totalSeconds = totalSeconds
    }
}
