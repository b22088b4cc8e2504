/// Words of a message were taken away for good, with its files and its bytes as received.
public struct MessageRedacted: Hashable, Sendable, Codable {
    public var message: MessageID
    /// The row of words that the message always had, as it is from now on: what was said of it before holds no more.
    public var content: ContentRef
    /// The ticket's subject, where something was taken from it too; also the row it always had.
    public var subject: ContentRef?

    public init(message: MessageID, content: ContentRef, subject: ContentRef?) {
        self.message = message
        self.content = content
        self.subject = subject
    }
}
