public import HelpdeskCore

/// What `hamdeld`'s commands ask of the store: performed by the running daemon, or by the command itself where none runs.
/// The same value either way.
public enum AdministrationRequest: Codable, Sendable {
    case addAgent(AgentProfile)
    case listAgents
    case makeToken(AgentID, name: String?, scope: TokenScope)
    case listTokens(AgentID)
    /// By the beginning of its id.
    case revokeToken(AgentID, String)
    case disableAgent(AgentID)
    /// Notifications go to their mailbox again, although one came back.
    case resumeNotices(AgentID)
    case setSignatures(AgentID, [String: String])
    case listQuarantine
    case showQuarantine(QuarantineID)
    case replayQuarantine(QuarantineID)
    case dropQuarantine(QuarantineID)
    case listOutbox(state: String?)
    case changeOutbox(DeliveryID, OutboxDesk.Action)
    /// How the desk stands: a `DeskState` as document.
    case showState
    /// What a `[retention]` would delete now, in force or not.
    case previewRetention(RetentionPolicy)
    case verify
    /// Which of these mails an inbox has never kept; at most `ReconcileMark.most` at once.
    case reconcile(InboxID, [ReconcileMark])
    /// Where an inbox is in its provider's sequence.
    case showCursor(InboxID)
    /// At most `CustomerImport.batch` at once; the reply's document is a list of `CustomerImportOutcome`.
    case importCustomers([CustomerImportRow])
    /// The next part of an archive: its lines are the reply's text, the place of the part after it is the document.
    case exportArchive(ArchivePlace, program: String)
    /// At most `ArchiveBatch.most` lines; the reply's document is a list of `ArchiveOutcome`.
    case importArchive(ArchiveBatch)
    case webhook(WebhookRequest)
    /// The tickets of past days given out again on paper, under the configuration with sections replaced.
    case dryRunRouting(days: Int, trial: PolicyTrial?)
}

/// What ops ask of webhooks out, by the endpoint's name.
public enum WebhookRequest: Codable, Sendable {
    case list
    /// What was given up.
    case dead(String)
    /// One of them, or all.
    case retry(String, Position?)
    case replay(String, after: Position)
    case resume(String)
}

/// Sections of a configuration to be tried: the text of a file, and what it is called in messages.
public struct PolicyTrial: Codable, Sendable, Hashable {
    /// In bytes of UTF-8.
    public static let longest = 1 << 20

    public var file: String
    public var text: String

    public init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}

/// A message as its provider knows it, to be looked for among ours.
public struct ReconcileMark: Codable, Sendable, Hashable {
    public static let most = 1_000

    public var externalID: String?
    /// Of the raw bytes, where they are at hand: what could not be read is in quarantine under it.
    public var raw: BlobHash?

    public init(externalID: String?, raw: BlobHash? = nil) {
        self.externalID = externalID
        self.raw = raw
    }
}

/// The document of `reconcile`: which marks, by their place in the request, are not among ours.
public struct ReconcileAnswer: Codable, Sendable {
    public var missing: [Int]
}

/// What came of it: a text for people, rows for programs, and how it ended.
public struct AdministrationReply: Codable, Sendable {
    public enum Ending: String, Codable, Sendable {
        case done
        case notFound = "not_found"
        case conflict, invalid, partly, failed, busy
        /// A configuration that was sent along is wrong.
        case misconfigured
    }

    public var ending: Ending
    /// For people; of `makeToken` and `addAgent` the token alone.
    public var text: String
    /// JSON for programs, where there is any.
    public var document: String?

    public init(_ ending: Ending, _ text: String, document: String? = nil) {
        self.ending = ending
        self.text = text
        self.document = document
    }
}
