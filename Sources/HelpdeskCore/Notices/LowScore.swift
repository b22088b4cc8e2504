/// A score that calls for somebody: what was given, and who is to make it good.
public struct LowScore: Hashable, Sendable {
    /// What was rated.
    public enum Rated: Hashable, Sendable {
        case ticket
        /// All of us: a question that was about no ticket. The notice names one of the customer's all the same, where there is one.
        case relationship
    }

    public var invitation: InvitationID
    public var kind: SurveyKind
    public var score: Int
    public var rated: Rated
    /// The customer's recovery, opened by this score or by an earlier one.
    public var recovery: RecoveryID?
    /// Nil: nobody has it yet.
    public var owner: AgentID?
    /// By when it is to be made good.
    public var due: Instant?

    public init(
        invitation: InvitationID, kind: SurveyKind, score: Int, rated: Rated,
        recovery: RecoveryID?, owner: AgentID?, due: Instant?
    ) {
        self.invitation = invitation
        self.kind = kind
        self.score = score
        self.rated = rated
        self.recovery = recovery
        self.owner = owner
        self.due = due
    }
}

extension LowScore {
    /// Who is told of it as what: whoever makes it good hears that it is theirs, each lead hears of it once.
    /// - Parameter leads: who hears of low scores here; the owner may be one of them.
    public func listeners(
        leads: [AgentID], opened: Opened
    ) -> [(agent: AgentID, occasion: NoticeOccasion)] {
        var told: [(agent: AgentID, occasion: NoticeOccasion)] = []
        if let owner {
            told.append((owner, opened == .now ? .recoveryOpened(self) : .lowScore(self)))
        }
        for lead in leads where !told.contains(where: { $0.agent == lead }) {
            told.append((lead, .lowScore(self)))
        }
        return told
    }

    /// When the recovery was opened.
    public enum Opened: Hashable, Sendable {
        case now
        /// By an earlier score: somebody is at it already.
        case before
    }
}
