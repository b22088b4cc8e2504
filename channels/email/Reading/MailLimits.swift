/// How much of one mail is looked at. What lies beyond stays in the raw bytes, which are always kept whole.
public struct MailLimits: Sendable, Equatable {
    /// Bytes of one mail; beyond it the mail is refused before it is read.
    public var messageBytes: Int
    public var headerBytes: Int
    public var headerLines: Int
    public var addresses: Int
    public var depth: Int
    public var parts: Int
    /// Decoded bytes of one text part that are shown and searched.
    public var textBytes: Int
    public var references: Int

    public init(
        messageBytes: Int = 50 << 20, headerBytes: Int = 256 << 10, headerLines: Int = 1_000,
        addresses: Int = 500, depth: Int = 32, parts: Int = 1_000, textBytes: Int = 1 << 20,
        references: Int = 100
    ) {
        self.messageBytes = messageBytes
        self.headerBytes = headerBytes
        self.headerLines = headerLines
        self.addresses = addresses
        self.depth = depth
        self.parts = parts
        self.textBytes = textBytes
        self.references = references
    }

    public static let standard = MailLimits()
}
