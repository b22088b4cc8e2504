/// What can happen to a survey invitation and to the recovery a low score opens.
public enum SurveyEvent: Hashable, Sendable {
    case scheduled(SurveyScheduled)
    case skipped(SurveySkipped)
    case cancelled(SurveyCancelled)
    case sent(SurveySent)
    case answered(SurveyAnswered)
    case recoveryOpened(RecoveryOpened)
    case recoveryTaken(RecoveryTaken)
    case recoveryDone(RecoveryDone)
}

public struct SurveyScheduled: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var kind: SurveyKind
    /// When it is decided once more whether to send.
    public var due: Instant

    public init(invitation: InvitationID, kind: SurveyKind, due: Instant) {
        self.invitation = invitation
        self.kind = kind
        self.due = due
    }
}

public enum SurveyKind: String, Hashable, Sendable, Codable {
    case csat, nps, ces
}

public struct SurveySkipped: Hashable, Sendable, Codable {
    public var invitation: InvitationID?
    public var reason: SurveySkipReason

    public init(invitation: InvitationID?, reason: SurveySkipReason) {
        self.invitation = invitation
        self.reason = reason
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

    public init(
        invitation: InvitationID, delivery: DeliveryID, inbox: InboxID, agent: AgentID?,
        language: String, expires: Instant, tokenHash: String
    ) {
        self.invitation = invitation
        self.delivery = delivery
        self.inbox = inbox
        self.agent = agent
        self.language = language
        self.expires = expires
        self.tokenHash = tokenHash
    }

    enum CodingKeys: String, CodingKey {
        case invitation, delivery, inbox, agent, language, expires
        case tokenHash = "token_hash"
    }
}

public struct SurveyAnswered: Hashable, Sendable, Codable {
    public var invitation: InvitationID
    public var score: Int
    public var previous: Int?
    /// Of kind `comment`.
    public var comment: ContentRef?

    public init(invitation: InvitationID, score: Int, previous: Int?, comment: ContentRef?) {
        self.invitation = invitation
        self.score = score
        self.previous = previous
        self.comment = comment
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
