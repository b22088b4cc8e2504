public import HelpdeskCore

/// `imap` of an inbox: the mailbox whose mail is read into it.
public struct IMAPConfiguration: Equatable, Sendable {
    public enum Encryption: String, CaseIterable, Sendable {
        case require
        /// STARTTLS when a server on this machine offers it; elsewhere the same as `require`.
        case offered
        case off
    }

    public enum Mechanism: String, CaseIterable, Sendable {
        /// The best of what the server offers.
        case any, plain, login, xoauth2
    }

    public enum Proof: Equatable, Sendable {
        case password(SecretSource, Mechanism)
        /// A program and its arguments; it prints a token.
        case tokenCommand([String])
    }

    public enum Waiting: Equatable, Sendable { case idle, poll }
    public enum Marking: Equatable, Sendable { case untouched, seen }

    /// `imap://…` or `imaps://…`, without user, without path.
    public let url: String
    public let encryption: Encryption
    /// A file of certificate authorities; nil: those of the system.
    public let authorities: String?
    public let user: String
    public let proof: Proof
    public let folder: String
    public let waiting: Waiting
    public let poll: TimeSpan
    public let marking: Marking
    /// Nil: mails stay where they are.
    public let moveTo: String?
    /// Nil: a new inbox begins at the newest mail.
    public let importSince: CivilDate?
}
