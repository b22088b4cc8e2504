public import CurlTransport
public import HelpdeskCore

/// Where an inbox reads its mail, and what it does with what it has read.
public struct IMAPSettings: Sendable {
    /// How the inbox proves who it is.
    public enum Credential: Sendable {
        case signIn(ConnectionServer.SignIn)
        /// Asked for a token (XOAUTH2) whenever there is none or the server refused the last one.
        case token(@Sendable () async throws(TokenFailure) -> String)
    }

    public enum Waiting: Sendable, Equatable {
        /// IDLE where the server has it, else as `poll`.
        case idle
        case poll
    }

    public enum Marking: Sendable, Equatable { case untouched, seen }

    public var server: ConnectionServer
    public var credential: Credential
    public var folder: String
    public var waiting: Waiting
    /// Between two looks, where the server does not call us.
    public var poll: Duration
    public var marking: Marking
    /// Where mails go once they are kept; nil: they stay.
    public var moveTo: String?
    /// Mails that the server received before are passed over; nil: a new inbox begins at the newest mail.
    public var importSince: Instant?
    /// What the server received longer ago is history (invariant 12).
    public var liveWithin: TimeSpan
    /// Larger mails are ticketed from their header, and their body stays on the server.
    public var messageBytes: Int
    public var patience: IMAPPatience

    public init(
        server: ConnectionServer, credential: Credential, folder: String = "INBOX",
        waiting: Waiting = .idle, poll: Duration = .seconds(60), marking: Marking = .untouched,
        moveTo: String? = nil, importSince: Instant? = nil, liveWithin: TimeSpan = .hours(48),
        messageBytes: Int = 25 << 20, patience: IMAPPatience = IMAPPatience()
    ) {
        self.server = server
        self.credential = credential
        self.folder = folder
        self.waiting = waiting
        self.poll = poll
        self.marking = marking
        self.moveTo = moveTo
        self.importSince = importSince
        self.liveWithin = liveWithin
        self.messageBytes = messageBytes
        self.patience = patience
    }

    /// Whether anything is done to mails on the server.
    var settles: Bool { marking == .seen || moveTo != nil }
}

/// Why there is no token; the text is for ops.
public struct TokenFailure: Error, Sendable, Equatable {
    public let detail: String
    public init(detail: String) { self.detail = detail }
}
