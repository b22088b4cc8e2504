public import ChannelKit
public import HelpdeskCore

/// What ops configured, as the use cases need it. Replaced as a whole on reload.
public struct DeskPolicy: Sendable {
    public var teams: [TeamID: TeamPolicy]
    public var inboxes: [InboxID: InboxPolicy]
    /// Agents' own shifts; an agent without one follows the team's hours.
    public var shifts: ShiftBook
    public var routing: RoutingPolicy
    /// Asked when a ticket is opened, and when a person hands it to another team.
    public var rules: RuleBook<RoutingEffect>
    /// For how long an agent's screen may be gone before they count as away from it.
    public var screenGrace: TimeSpan
    public var survey: SurveyPolicy
    /// Policies for some customers or tickets, or with another question; they are looked at before `survey`.
    public var surveyPolicies: [SurveyPolicy]
    public var acknowledgement: AcknowledgementPolicy
    public var sla: SLABook
    public var notices: NoticePolicy
    /// Programs outside that hear of events.
    public var forwarding: [ForwardingEndpoint]
    public var retention: RetentionPolicy
    /// Base of links to the survey page, without a trailing slash.
    public var publicURL: String
    public var ticketsPerSenderHour: Int

    public init(
        teams: [TeamPolicy], inboxes: [InboxPolicy], shifts: ShiftBook = ShiftBook(),
        routing: RoutingPolicy = .standard, rules: RuleBook<RoutingEffect> = RuleBook([]),
        screenGrace: TimeSpan = .seconds(30), survey: SurveyPolicy = SurveyPolicy(),
        acknowledgement: AcknowledgementPolicy = AcknowledgementPolicy(),
        sla: SLABook = SLABook([]), notices: NoticePolicy = NoticePolicy(),
        forwarding: [ForwardingEndpoint] = [], retention: RetentionPolicy = RetentionPolicy(),
        publicURL: String, ticketsPerSenderHour: Int = 30, surveyPolicies: [SurveyPolicy] = []
    ) {
        self.teams = Dictionary(teams.map { ($0.team.id, $0) }, uniquingKeysWith: { $1 })
        self.inboxes = Dictionary(inboxes.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.shifts = shifts
        self.routing = routing
        self.rules = rules
        self.screenGrace = screenGrace
        self.survey = survey
        self.acknowledgement = acknowledgement
        self.sla = sla
        self.notices = notices
        self.forwarding = forwarding
        self.retention = retention
        self.publicURL = publicURL
        self.ticketsPerSenderHour = ticketsPerSenderHour
        self.surveyPolicies = surveyPolicies
    }

    public var surveys: SurveyBook { SurveyBook(standard: survey, special: surveyPolicies) }
}

extension DeskPolicy {
    /// Whether an address is one of our own inboxes', by its own name or an alias, with or without a `+tag`.
    func isOwn(_ address: IdentityAddress) -> Bool {
        let plain = address.untagged
        return inboxes.values.contains { inbox in
            ([inbox.address].compactMap { $0 } + inbox.aliases).contains {
                $0 == address || $0.untagged == plain
            }
        }
    }
}

extension IdentityAddress {
    /// A mail address without the `+tag` of its local part.
    fileprivate var untagged: IdentityAddress {
        let bytes = Array(value.utf8)
        guard kind == Self.emailKind, let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            let plus = bytes[..<at].firstIndex(of: UInt8(ascii: "+"))
        else { return self }
        return .email(String(decoding: bytes[..<plus] + bytes[at...], as: UTF8.self))
    }
}

public struct TeamPolicy: Sendable {
    public var team: RoutingTeam
    public var privacy: TeamPrivacy
    /// What its customers write, where a message does not tell.
    public var language: LanguageCode?

    public init(
        team: RoutingTeam, privacy: TeamPrivacy = .open, language: LanguageCode? = nil
    ) {
        self.team = team
        self.privacy = privacy
        self.language = language
    }
}

/// A configured inbox with what its adapter can do.
public struct InboxPolicy: Sendable {
    public var id: InboxID
    public var channel: ChannelKind
    public var team: TeamID
    public var capabilities: ChannelCapabilities
    public var threading: ThreadingPolicy
    /// The inbox's own address, where it has one: never a customer's.
    public var address: IdentityAddress?
    /// Further addresses of ours whose mail comes here, folded.
    public var aliases: [IdentityAddress]
    /// Of the inbox, where the customer's own language is not known: `en`, `fa`.
    public var language: LanguageCode
    /// By language.
    public var signatures: [LanguageCode: String]
    /// Who we are to the customer: the From name.
    public var brand: String?
    /// Of this inbox; `off` beats what the desk does elsewhere.
    public var acknowledgements: AcknowledgementPolicy.Switch
    /// Older rows and imported mail are history (invariant 12).
    public var liveWithin: TimeSpan
    /// The wall clock of times told to customers.
    public var zone: ZoneRules
    public var uncertain: Uncertain
    /// How long an answer in a visitor's chat may stay unread before it goes to their verified mail address; nil: for ever.
    public var mailUnreadAfter: TimeSpan?

    /// What to do with a message of which nobody knows whether it went out (invariant 4).
    public enum Uncertain: Hashable, Sendable {
        /// Once more with the same bytes: at worst two copies.
        case resend
        /// A person decides: at worst none.
        case hold
    }

    public init(
        id: InboxID, channel: ChannelKind, team: TeamID, capabilities: ChannelCapabilities,
        threading: ThreadingPolicy, address: IdentityAddress? = nil,
        aliases: [IdentityAddress] = [],
        language: LanguageCode = .english, signatures: [LanguageCode: String] = [:],
        brand: String? = nil, acknowledgements: AcknowledgementPolicy.Switch = .on,
        liveWithin: TimeSpan = .hours(48), zone: ZoneRules = .utc, uncertain: Uncertain = .resend,
        mailUnreadAfter: TimeSpan? = nil
    ) {
        self.id = id
        self.channel = channel
        self.team = team
        self.capabilities = capabilities
        self.threading = threading
        self.address = address
        self.aliases = aliases
        self.language = language
        self.signatures = signatures
        self.brand = brand
        self.acknowledgements = acknowledgements
        self.liveWithin = liveWithin
        self.zone = zone
        self.uncertain = uncertain
        self.mailUnreadAfter = mailUnreadAfter
    }

    var work: WorkKind { capabilities.liveness == .live ? .chat : .mail }
}

/// Invariant 9: an acknowledgement goes once per ticket, to a verified sender at most 5 a day, to anyone else at most 1.
public struct AcknowledgementPolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    public var acknowledgements: Switch
    public var verifiedPerDay: Int
    public var othersPerDay: Int
    public var othersPerWeek: Int
    /// Of the whole desk: beyond it they pause until the hour is over, with an alarm. 0: no limit.
    public var perHour: Int
    /// Whether a later time is told by itself before a told one passes unkept; it counts as an acknowledgement.
    public var revision: PromiseRevision

    public init(
        acknowledgements: Switch = .on, verifiedPerDay: Int = 5, othersPerDay: Int = 1,
        othersPerWeek: Int = 3, perHour: Int = 200,
        revision: PromiseRevision = .never
    ) {
        self.acknowledgements = acknowledgements
        self.verifiedPerDay = verifiedPerDay
        self.othersPerDay = othersPerDay
        self.othersPerWeek = othersPerWeek
        self.perHour = perHour
        self.revision = revision
    }
}
