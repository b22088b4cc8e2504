/// What the mail server said about a mail, apart from the mail itself (RFC 5321 section 3.3).
public struct MailEnvelope: Sendable, Equatable {
    /// Empty for the null path; nil where nobody said (a mail from a pipe or a file).
    public var sender: String?
    /// Recipients that belong to this inbox, with their tags.
    public var recipients: [String]

    public init(sender: String? = nil, recipients: [String] = []) {
        self.sender = sender
        self.recipients = recipients
    }

    public static let unknown = MailEnvelope()
}
