/// What can happen to a survey invitation and to the recovery a low score opens.
public enum SurveyEvent: Hashable, Sendable {
    case scheduled(SurveyScheduled)
    case skipped(SurveySkipped)
    case postponed(SurveyPostponed)
    case cancelled(SurveyCancelled)
    case sent(SurveySent)
    case reminded(SurveyReminded)
    case answered(SurveyAnswered)
    /// The customer wrote instead of giving a score: an agent is to read it.
    case answeredInWords(SurveyAnsweredInWords)
    /// The customer wants no surveys, or wants them again.
    case consentChanged(SurveyConsentChanged)
    case recoveryOpened(RecoveryOpened)
    case recoveryTaken(RecoveryTaken)
    case recoveryDone(RecoveryDone)
}

/// What made us ask.
public enum SurveyOccasion: String, Hashable, Sendable, Codable, CaseIterable {
    case closing
    /// The age of the relationship.
    case relationship
    /// A program outside.
    case request
    /// The second ask, after a repair.
    case recovery
}

public struct SurveyScheduled: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var kind: SurveyKind
    /// When it is decided once more whether to send.
    public var due: Instant
    /// The policy's name. Nil in events of earlier versions, as the two below.
    public var policy: String?
    public var occasion: SurveyOccasion?
    /// Where to ask, when somebody said so.
    public var inbox: InboxID?
    /// In which language, when somebody said so.
    public var language: String?
    /// The repair after which we ask once more.
    public var recovery: RecoveryID?

    public init(
        invitation: InvitationID, kind: SurveyKind, due: Instant, policy: String? = nil,
        occasion: SurveyOccasion? = nil, inbox: InboxID? = nil, language: String? = nil,
        recovery: RecoveryID? = nil
    ) {
        self.invitation = invitation
        self.kind = kind
        self.due = due
        self.policy = policy
        self.occasion = occasion
        self.inbox = inbox
        self.language = language
        self.recovery = recovery
    }
}

public struct SurveySkipped: Hashable, Sendable, Codable {
    /// Nil in events of earlier versions, where nothing had been scheduled before; so are the three below.
    public var invitation: InvitationID?
    public var reason: SurveySkipReason
    public var kind: SurveyKind?
    public var policy: String?
    public var occasion: SurveyOccasion?

    public init(
        invitation: InvitationID?, reason: SurveySkipReason, kind: SurveyKind? = nil,
        policy: String? = nil, occasion: SurveyOccasion? = nil
    ) {
        self.invitation = invitation
        self.reason = reason
        self.kind = kind
        self.policy = policy
        self.occasion = occasion
    }
}

/// The moment came within the customer's quiet hours.
public struct SurveyPostponed: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var due: Instant

    public init(invitation: InvitationID, due: Instant) {
        self.invitation = invitation
        self.due = due
    }
}

public struct SurveyCancelled: Hashable, Sendable, Codable {
    public enum Reason: String, Sendable, Codable { case reopened, spam, erased, merged }

    public var invitation: InvitationID
    public var reason: Reason

    public init(invitation: InvitationID, reason: Reason) {
        self.invitation = invitation
        self.reason = reason
    }
}

public struct SurveySent: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var delivery: DeliveryID
    public var inbox: InboxID
    public var agent: AgentID?
    public var language: String
    public var expires: Instant
    /// SHA-256 of the page's token.
    public var tokenHash: String
    /// When somebody who has not answered is reminded; nil: never.
    public var reminder: Instant?

    public init(
        invitation: InvitationID, delivery: DeliveryID, inbox: InboxID, agent: AgentID?,
        language: String, expires: Instant, tokenHash: String, reminder: Instant? = nil
    ) {
        self.invitation = invitation
        self.delivery = delivery
        self.inbox = inbox
        self.agent = agent
        self.language = language
        self.expires = expires
        self.tokenHash = tokenHash
        self.reminder = reminder
    }

    enum CodingKeys: String, CodingKey {
        case invitation, delivery, inbox, agent, language, expires, reminder
        case tokenHash = "token_hash"
    }
}

/// The one reminder: it went out, or there was no need of it or no way.
public struct SurveyReminded: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    /// Nil where none was sent.
    public var delivery: DeliveryID?
    /// Why none was sent.
    public var reason: SurveySkipReason?

    public init(
        invitation: InvitationID, delivery: DeliveryID?, reason: SurveySkipReason? = nil
    ) {
        self.invitation = invitation
        self.delivery = delivery
        self.reason = reason
    }
}

/// How an answer came.
public enum ResponseWay: String, Hashable, Sendable, Codable {
    case page
    /// A message that was a score as a whole, in the invitation's own conversation.
    case message
}

public struct SurveyAnswered: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var score: Int
    public var previous: Int?
    /// Of kind `comment`.
    public var comment: ContentRef?
    /// Nil in events of earlier versions: by the page.
    public var way: ResponseWay?
    /// The message that was the score.
    public var message: MessageID?

    public init(
        invitation: InvitationID, score: Int, previous: Int?, comment: ContentRef?,
        way: ResponseWay? = nil, message: MessageID? = nil
    ) {
        self.invitation = invitation
        self.score = score
        self.previous = previous
        self.comment = comment
        self.way = way
        self.message = message
    }
}

public struct SurveyAnsweredInWords: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var message: MessageID

    public init(invitation: InvitationID, message: MessageID) {
        self.invitation = invitation
        self.message = message
    }
}

public struct SurveyConsentChanged: Hashable, Sendable, Codable {
    public enum Consent: String, Sendable, Codable { case given, withdrawn }

    public var customer: CustomerID
    public var consent: Consent
    /// The survey on whose page it was said; nil: an agent wrote it down.
    public var invitation: InvitationID?

    public init(customer: CustomerID, consent: Consent, invitation: InvitationID?) {
        self.customer = customer
        self.consent = consent
        self.invitation = invitation
    }
}

public struct RecoveryOpened: Hashable, Sendable, Codable {
    public var recovery: RecoveryID
    public var invitation: InvitationID
    public var score: Int
    public var owner: AgentID?
    public var due: Instant

    public init(
        recovery: RecoveryID, invitation: InvitationID, score: Int, owner: AgentID?, due: Instant
    ) {
        self.recovery = recovery
        self.invitation = invitation
        self.score = score
        self.owner = owner
        self.due = due
    }
}

public struct RecoveryTaken: Hashable, Sendable, Codable {
    public var recovery: RecoveryID
    public var owner: AgentID

    public init(recovery: RecoveryID, owner: AgentID) {
        self.recovery = recovery
        self.owner = owner
    }
}

public struct RecoveryDone: Hashable, Sendable, Codable {
    public enum Ending: String, Sendable, Codable {
        case worked
        /// The customer corrected the score.
        case corrected
    }

    public var recovery: RecoveryID
    public var ending: Ending
    /// What came of it in the owner's words, of kind `outcome`.
    public var outcome: ContentRef?

    public init(recovery: RecoveryID, ending: Ending, outcome: ContentRef?) {
        self.recovery = recovery
        self.ending = ending
        self.outcome = outcome
    }
}
