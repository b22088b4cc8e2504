/// How long bytes are kept that nobody works with any more: `[retention]`. What was written in a ticket is not among them.
public struct RetentionPolicy: Hashable, Sendable, Codable {
    /// Of a mail, beside its text; nil: for ever.
    public var rawMail: TimeSpan?
    /// Of mail that could not be read; nil: for ever.
    public var quarantine: TimeSpan?

    public init(rawMail: TimeSpan? = nil, quarantine: TimeSpan? = nil) {
        self.rawMail = rawMail
        self.quarantine = quarantine
    }

    public var keepsEverything: Bool { rawMail == nil && quarantine == nil }
}
