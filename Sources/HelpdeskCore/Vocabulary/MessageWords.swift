/// Which way a message went; notes stay inside.
public enum MessageDirection: String, Sendable, Codable {
    case inbound = "in"
    case outbound = "out"
    case note
}

public enum MessageKind: String, Sendable, Codable {
    case message, call
}

public enum AuthorKind: String, Sendable, Codable {
    case customer, agent, bot, system
}

/// How far the channel vouches for the sender (DESIGN §4 "Who is speaking"). A From line and a caller's number
/// can be forged; neither is proof.
public enum SenderAuth: String, Sendable, Codable {
    case verified, unchecked, failed
}

/// Whether a machine wrote it (RFC 3834 and kin). Anything but `no` is never answered automatically.
public enum AutoSubmitted: String, Sendable, Codable {
    case no
    /// A vacation notice or another automatic reply.
    case replied = "auto_replied"
    /// Reports, notifications, form mail, bulk.
    case generated = "auto_generated"
    /// A delivery status notification (RFC 3464).
    case bounce
}

/// How the provider's conversation ids behave (DESIGN §4): the adapter's capability says which.
public enum ConversationKind: String, Sendable, Codable {
    /// One visit.
    case session
    /// One per person for ever (Telegram, WhatsApp, SMS).
    case perpetual
    /// A room with several people.
    case group
}

public enum CallDirection: String, Sendable, Codable {
    case inbound, outbound, `internal`
}

public enum CallOutcome: String, Sendable, Codable {
    case answered, missed, voicemail, busy, failed
}

/// One phone conversation as the switchboard logged it.
public struct Call: Hashable, Sendable, Codable {
    public var direction: CallDirection
    public var outcome: CallOutcome
    /// Talking time in seconds.
    public var durationSeconds: Int64
    /// The inner number that answered or rang.
    public var `extension`: String?
    public var recordingURL: String?

    public init(
        direction: CallDirection, outcome: CallOutcome, durationSeconds: Int64,
        extension: String? = nil, recordingURL: String? = nil
    ) {
        self.direction = direction
        self.outcome = outcome
        self.durationSeconds = durationSeconds
        self.extension = `extension`
        self.recordingURL = recordingURL
    }

    enum CodingKeys: String, CodingKey {
        case direction, outcome
        case durationSeconds = "duration_s"
        case `extension`
        case recordingURL = "recording_url"
    }
}
