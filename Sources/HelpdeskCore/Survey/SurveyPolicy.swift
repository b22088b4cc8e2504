/// One question and whom it is asked of, when, how often (DESIGN "Surveys"). Pure; every "no" has its reason.
public struct SurveyPolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    /// What makes it ask by itself.
    public enum Trigger: Hashable, Sendable {
        /// A ticket closes.
        case closing
        /// Somebody has been a customer for so long; then every so often, where that is said.
        case relationship(after: TimeSpan, every: TimeSpan?)
        /// Nothing: only a request from outside.
        case request
    }

    /// Who cares for a customer who gave a low score.
    public enum RecoveryOwner: Hashable, Sendable {
        /// The team's lead; without one, who was rated.
        case lead
        /// Who was rated; without one, the lead.
        case agent
    }

    /// What it is called in events, reports and requests.
    public var name: String
    public var kind: SurveyKind
    public var trigger: Trigger
    public var conditions: SurveyConditions
    public var surveys: Switch
    public var delay: TimeSpan
    /// No second survey of whatever kind to the same customer within this time.
    public var cooldown: TimeSpan
    /// This score and lower opens a recovery.
    public var lowScore: Int
    /// How long the page takes an answer.
    public var expires: TimeSpan
    /// Share of closed tickets that are asked, in thousandths; 1000: all.
    public var samplePerThousand: Int
    /// How long a recovery's owner has.
    public var recoveryDue: TimeSpan
    public var recoveryOwner: RecoveryOwner
    /// How long after a recovery is done the customer is asked once more; nil: not at all.
    public var secondAsk: TimeSpan?
    /// How long after the invitation somebody who has not answered is reminded, once; nil: never.
    public var reminder: TimeSpan?
    public var quiet: QuietHours?
    /// What the customer is asked in; nil: in their own language.
    public var language: LanguageCode?
    /// The desk's own question by language; where none is given, ours.
    public var questions: [LanguageCode: String]

    public static let standardName = "survey"

    public init(
        name: String = standardName, kind: SurveyKind = .csat, trigger: Trigger = .closing,
        conditions: SurveyConditions = SurveyConditions(),
        surveys: Switch = .on, delay: TimeSpan = .hours(1), cooldown: TimeSpan = .days(7),
        lowScore: Int = 2, expires: TimeSpan = .days(14), samplePerThousand: Int = 1000,
        recoveryDue: TimeSpan = .hours(24), recoveryOwner: RecoveryOwner = .lead,
        secondAsk: TimeSpan? = nil, reminder: TimeSpan? = nil, quiet: QuietHours? = nil,
        language: LanguageCode? = nil, questions: [LanguageCode: String] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.trigger = trigger
        self.conditions = conditions
        self.surveys = surveys
        self.delay = delay
        self.cooldown = cooldown
        self.lowScore = lowScore
        self.expires = expires
        self.samplePerThousand = samplePerThousand
        self.recoveryDue = recoveryDue
        self.recoveryOwner = recoveryOwner
        self.secondAsk = secondAsk
        self.reminder = reminder
        self.quiet = quiet
        self.language = language
        self.questions = questions
    }
}

/// Whom a policy is for. An empty set asks for nothing.
public struct SurveyConditions: Hashable, Sendable {
    public var teams: Set<TeamID>
    public var inboxes: Set<InboxID>
    /// Segments of the customer, of which one is enough; `vip` is every VIP.
    public var segments: Set<String>
    /// Tags of the ticket, of which one is enough.
    public var tags: Set<String>

    public init(
        teams: Set<TeamID> = [], inboxes: Set<InboxID> = [], segments: Set<String> = [],
        tags: Set<String> = []
    ) {
        self.teams = teams
        self.inboxes = inboxes
        self.segments = segments
        self.tags = tags
    }

    /// A customer who is asked about no ticket fits no condition on tickets.
    public func hold(for subject: SurveySubject) -> Bool {
        (teams.isEmpty || subject.team.map(teams.contains) ?? false)
            && (inboxes.isEmpty || subject.inbox.map(inboxes.contains) ?? false)
            && (segments.isEmpty || !segments.isDisjoint(with: subject.segments))
            && (tags.isEmpty || !tags.isDisjoint(with: subject.tags))
    }
}

/// What of a ticket and its customer decides the policy.
public struct SurveySubject: Hashable, Sendable {
    public var team: TeamID?
    public var inbox: InboxID?
    public var segments: Set<String>
    public var tags: Set<String>

    public init(
        team: TeamID? = nil, inbox: InboxID? = nil, segments: Set<String> = [],
        tags: Set<String> = []
    ) {
        self.team = team
        self.inbox = inbox
        self.segments = segments
        self.tags = tags
    }
}

/// All policies: the special ones in the order of the configuration, then the one for everything else. The first of
/// its trigger whose conditions hold asks.
public struct SurveyBook: Hashable, Sendable {
    public let standard: SurveyPolicy
    public let special: [SurveyPolicy]

    public init(standard: SurveyPolicy, special: [SurveyPolicy] = []) {
        self.standard = standard
        self.special = special
    }

    /// For a ticket that closes.
    public func closing(for subject: SurveySubject) -> SurveyPolicy {
        special.first { $0.trigger == .closing && $0.conditions.hold(for: subject) } ?? standard
    }

    /// Those that ask by the age of the relationship.
    public var campaigns: [SurveyPolicy] {
        special.filter { policy in
            if case .relationship = policy.trigger { policy.surveys == .on } else { false }
        }
    }

    public func policy(named name: String) -> SurveyPolicy? {
        name == standard.name ? standard : special.first { $0.name == name }
    }

    /// For a question that is asked for from outside: the first policy of the kind that fits. Without one, the general
    /// rules under the kind's own scale.
    public func requested(_ kind: SurveyKind, for subject: SurveySubject) -> SurveyPolicy {
        if let own = special.first(where: {
            $0.kind == kind && $0.conditions.hold(for: subject)
        }) {
            return own
        }
        guard kind != standard.kind else { return standard }
        var policy = standard
        policy.kind = kind
        policy.lowScore = kind.bad.upperBound
        return policy
    }

    /// The policy that an invitation was made under; where it is gone, the general rules for its kind.
    public func policy(named name: String?, kind: SurveyKind) -> SurveyPolicy {
        if let policy = name.flatMap(policy(named:)), policy.kind == kind { return policy }
        return requested(kind, for: SurveySubject())
    }
}
