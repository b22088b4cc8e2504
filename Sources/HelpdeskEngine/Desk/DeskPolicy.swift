public import ChannelKit
public import HelpdeskCore

/// What ops configured, as the use cases need it. Replaced as a whole on reload.
public struct DeskPolicy: Sendable {
    public var teams: [TeamID: TeamPolicy]
    public var inboxes: [InboxID: InboxPolicy]
    /// Agents' own shifts; an agent without one follows the team's hours.
    public var shifts: [AgentID: Shift]
    public var routing: RoutingPolicy
    public var survey: SurveyPolicy
    public var acknowledgement: AcknowledgementPolicy
    /// Base of links to the survey page, without a trailing slash.
    public var publicURL: String
    public var ticketsPerSenderHour: Int

    public init(
        teams: [TeamPolicy], inboxes: [InboxPolicy], shifts: [AgentID: Shift] = [:],
        routing: RoutingPolicy = .standard, survey: SurveyPolicy = SurveyPolicy(),
        acknowledgement: AcknowledgementPolicy = AcknowledgementPolicy(),
        publicURL: String, ticketsPerSenderHour: Int = 30
    ) {
        self.teams = Dictionary(teams.map { ($0.team.id, $0) }, uniquingKeysWith: { $1 })
        self.inboxes = Dictionary(inboxes.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.shifts = shifts
        self.routing = routing
        self.survey = survey
        self.acknowledgement = acknowledgement
        self.publicURL = publicURL
        self.ticketsPerSenderHour = ticketsPerSenderHour
    }
}

extension DeskPolicy {
    /// Whether an address is one of our own inboxes'.
    func isOwn(_ address: IdentityAddress) -> Bool {
        inboxes.values.contains { $0.address == address }
    }
}

public struct TeamPolicy: Sendable {
    public var team: RoutingTeam
    public var privacy: TeamPrivacy

    public init(team: RoutingTeam, privacy: TeamPrivacy = .open) {
        self.team = team
        self.privacy = privacy
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
    public var uncertain: Uncertain

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
        language: LanguageCode = .english, signatures: [LanguageCode: String] = [:],
        brand: String? = nil, acknowledgements: AcknowledgementPolicy.Switch = .on,
        liveWithin: TimeSpan = .hours(48), uncertain: Uncertain = .resend
    ) {
        self.id = id
        self.channel = channel
        self.team = team
        self.capabilities = capabilities
        self.threading = threading
        self.address = address
        self.language = language
        self.signatures = signatures
        self.brand = brand
        self.acknowledgements = acknowledgements
        self.liveWithin = liveWithin
        self.uncertain = uncertain
    }

    var work: WorkKind { capabilities.liveness == .live ? .chat : .mail }
}

/// Invariant 9: an acknowledgement goes once per ticket, to a verified sender at most 5 a day, to anyone else at most 1.
public struct AcknowledgementPolicy: Hashable, Sendable {
    public enum Switch: Hashable, Sendable { case on, off }

    public var acknowledgements: Switch
    public var verifiedPerDay: Int
    public var othersPerDay: Int

    public init(
        acknowledgements: Switch = .on, verifiedPerDay: Int = 5, othersPerDay: Int = 1
    ) {
        self.acknowledgements = acknowledgements
        self.verifiedPerDay = verifiedPerDay
        self.othersPerDay = othersPerDay
    }
}
