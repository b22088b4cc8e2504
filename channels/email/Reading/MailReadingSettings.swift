/// What an inbox's configuration says about reading its mail. Trust is configuration, never found in the mail.
public struct MailReadingSettings: Sendable, Equatable {
    /// Whether the filter in front of us removes spam headers that strangers put in (RFC 5322 has no such promise).
    public enum SpamHeaders: Sendable, Equatable { case trusted, ignored }

    /// The name our own mail server writes at the head of Authentication-Results (RFC 8601 section 2.5); nil: none
    /// is trusted and every sender stays unchecked.
    public var authservID: String?
    public var spamHeaders: SpamHeaders
    public var limits: MailLimits

    public init(
        authservID: String? = nil, spamHeaders: SpamHeaders = .trusted,
        limits: MailLimits = .standard
    ) {
        self.authservID = authservID
        self.spamHeaders = spamHeaders
        self.limits = limits
    }
}
