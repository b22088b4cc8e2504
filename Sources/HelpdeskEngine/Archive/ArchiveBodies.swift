public import HelpdeskCore

/// The first line: what this is.
public struct ArchiveHeader: Hashable, Sendable, Codable {
    public static let format = "hamdel-archive"
    /// Grows when a reader of the one before would misunderstand; new members and new kinds of records do not make it grow.
    public static let version = 1

    public var format: String
    public var version: Int
    /// The desk that wrote it.
    public var source: String
    public var written: ArchiveTime
    /// What wrote it.
    public var program: String?
}

/// The last line; without it the archive was cut short.
public struct ArchiveEnd: Hashable, Sendable, Codable {
    /// Lines before this one.
    public var records: Int
}

/// Somebody who wrote or did something. Brought in as disabled, without a token, where nobody here has the login.
public struct ArchivedAgent: Hashable, Sendable, Codable {
    public var id: String
    public var login: AgentID
    public var name: String?
    public var email: String?
    public var role: String
    public var teams: [TeamID]
    public var languages: [String]
}

/// A team as tickets name it. Teams come from the configuration: nothing is brought in.
public struct ArchivedTeam: Hashable, Sendable, Codable {
    public var id: String
    public var name: TeamID
    public var isPrivate: Bool

    enum CodingKeys: String, CodingKey {
        case id, name
        case isPrivate = "private"
    }
}

/// A prepared answer, as it stands.
public struct ArchivedMacro: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: AgentID?
    public var name: MacroID
    public var title: String
    public var teams: [TeamID]
    /// Templates by language.
    public var texts: [String: String]
    public var addTags: [String]
    public var removeTags: [String]
    public var priority: TicketPriority?
    public var transfer: TeamID?
    /// `applier`, `nobody`, or an agent's login behind `agent:`.
    public var holder: String?
    public var note: String?
    /// `unchanged`, `pending`, or the reason of closing behind `closed:`.
    public var ending: String
    public var snooze: String?
}

/// A customer's card as it stands, with every address.
public struct ArchivedCustomer: Hashable, Sendable, Codable {
    public struct Identity: Hashable, Sendable, Codable {
        public var id: String
        public var kind: String
        /// Nil of somebody erased.
        public var address: String?
        /// The only inbox in which it counts; nil: everywhere.
        public var scope: InboxID?
        public var verified: Bool
        public var evidence: LinkEvidence
        /// Many people's, such as a switchboard's number.
        public var shared: Bool
        public var undeliverable: Undeliverable?
    }

    public struct Undeliverable: Hashable, Sendable, Codable {
        public var at: ArchiveTime
        public var code: String?
    }

    public var id: String
    public var at: ArchiveTime
    public var name: String?
    public var vip: Bool
    public var blocked: Bool
    public var preferredChannel: ChannelKind?
    /// The key in the CRM.
    public var external: String?
    public var segments: [String]
    public var attributes: [String: String]
    public var identities: [Identity]
    /// Since when they want no surveys.
    public var surveysRefused: ArchiveTime?
    public var erased: ArchiveTime?
}

/// Two customers that are one person from then on, or no more.
public struct ArchivedCustomerMerge: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var customer: String
    /// Into whom, or from whom.
    public var other: String
    public var evidence: WeakEvidence?
    public var reason: String?
}

/// A piece of stored bytes: a mail as it was received, or a file. Stands before the record that needs it.
public struct ArchivedBlob: Hashable, Sendable, Codable {
    /// Bytes of one piece; all but the last have so many.
    public static let piece = 768 << 10
    /// Of all pieces together.
    public static let largest: Int64 = 256 << 20

    public var id: String
    public var sha256: BlobHash
    public var size: Int64
    /// Where this piece begins.
    public var start: Int64
    /// Base64 of RFC 4648.
    public var bytes: String
}

/// A ticket as it was opened; what became of it follows in its changes.
public struct ArchivedTicket: Hashable, Sendable, Codable {
    public var id: String
    public var number: Int64
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var customer: String
    public var team: TeamID
    public var isPrivate: Bool
    public var inbox: InboxID
    public var channel: ChannelKind
    public var origin: Origin
    public var ticketClass: TicketClass
    public var status: TicketStatus
    public var priority: TicketPriority
    public var language: String?
    public var subject: String?

    enum CodingKeys: String, CodingKey {
        case id, number, at, by, customer, team, inbox, channel, origin, status, priority
        case language, subject
        case isPrivate = "private"
        case ticketClass = "class"
    }
}

public struct ArchivedDelivery: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var ticket: String?
    public var customer: String?
    public var purpose: DeliveryPurpose
    public var inbox: InboxID
    /// The answer it carries.
    public var message: String?
    public var recipients: [String]
    public var subject: String?
    /// The Message-ID, without angle brackets: who answers it finds the ticket.
    public var reference: String?
    /// `sent`, `delivered`, `failed` or `cancelled`; what was still on its way is no record.
    public var state: DeliveryState
    public var attempts: Int
    public var settled: ArchiveTime
    public var code: String?
    public var detail: String?
    /// `read`, or what a report said of it (`bounced_for_ever`, …).
    public var report: String?
}

/// What was asked, or why it was not.
public struct ArchivedSurvey: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable { case sent, skipped, cancelled }

    public var id: String
    public var at: ArchiveTime
    public var ticket: String?
    public var customer: String
    public var kind: SurveyKind
    public var policy: String
    public var occasion: SurveyOccasion
    /// The repair after which it was asked once more.
    public var recovery: String?
    public var outcome: Outcome
    /// When that came about.
    public var decided: ArchiveTime
    /// Why it was skipped or cancelled.
    public var reason: String?
    public var inbox: InboxID?
    /// Whose work the score speaks of.
    public var agent: AgentID?
    public var language: String?
    public var expires: ArchiveTime?
    /// SHA-256 of the page's token: links that were sent go on working under the same address.
    public var token: String?
}

public struct ArchivedSurveyAnswer: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var survey: String
    public var score: Int
    /// The score before it was corrected.
    public var previous: Int?
    public var comment: String?
    public var way: ResponseWay
    /// The message that was the score.
    public var message: String?
}

/// The customer wrote instead of giving a score.
public struct ArchivedSurveyWords: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var survey: String
    public var message: String
}

/// The task that a low score opened.
public struct ArchivedRecovery: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var ticket: String?
    public var customer: String
    public var survey: String
    public var score: Int
    public var owner: AgentID?
    public var due: ArchiveTime
}

public struct ArchivedRecoveryTaken: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var recovery: String
    public var owner: AgentID
}

public struct ArchivedRecoveryDone: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var recovery: String
    public var ending: RecoveryDone.Ending
    public var outcome: String?
}
