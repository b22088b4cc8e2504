public import HelpdeskCore

extension API {
    /// A customer as a ticket shows it.
    public struct CustomerSummary: Hashable, Sendable, Codable {
        public var id: CustomerID
        public var name: String?
        public var vip: Bool

        public init(id: CustomerID, name: String? = nil, vip: Bool) {
            self.id = id
            self.name = name
            self.vip = vip
        }
    }

    /// A customer: the card.
    public struct Customer: Hashable, Sendable, Codable {
        public var id: CustomerID
        public var name: String?
        public var vip: Bool
        /// Stated, not learned.
        public var preferredChannel: ChannelKind?
        /// Learned: by what they wrote or rang last.
        public var learnedChannel: ChannelKind?
        public var identities: [Identity]
        /// Addresses that may be theirs: for an agent to decide.
        public var suggestions: [Suggestion]
        /// From API and imports: plan, CRM key, ….
        public var attributes: [String: String]
        public var organisation: String?
        /// Words that policies go by.
        public var segments: [String]
        /// Their key in the CRM.
        public var externalID: String?
        /// What the CRM says of them; nil where none is configured.
        public var crm: CRMRecord?
        /// Customers merged into this one; `unmerge` takes each out again.
        public var merged: [Merge]
        /// Survey answers, newest first.
        public var scores: [Score]
        /// What all answers come to, for each kind of survey they were asked (its `key`): with n, response rate and interval.
        public var scoreSummary: [ScoreReport.Part]
        /// Active tickets that the viewer may see, newest first.
        public var openTickets: [TicketNumber]
        public var blocked: Bool
        public var createdAt: Timestamp

        /// An address of theirs.
        public struct Identity: Hashable, Sendable, Codable {
            public var kind: String
            /// The address itself.
            public var id: String
            /// The channel or a trusted integration vouches for it.
            public var verified: Bool
            /// The only inbox it counts in, where nobody vouches for it.
            public var inbox: InboxID?
            /// Many people's, like a switchboard's number: calls from it join nothing.
            public var shared: Bool
            /// Somebody else's address that could be taken for this one.
            public var looksLike: LookAlike?
            /// Since when mail there comes back; null: it does not.
            public var undeliverableSince: Timestamp?
            /// With which code: `5.1.1`, `bad_address`, ….
            public var undeliverableCode: String?

            public init(
                kind: String, id: String, verified: Bool, inbox: InboxID? = nil,
                undeliverableSince: Timestamp? = nil, undeliverableCode: String? = nil,
                shared: Bool = false, looksLike: LookAlike? = nil
            ) {
                self.kind = kind
                self.id = id
                self.verified = verified
                self.inbox = inbox
                self.shared = shared
                self.looksLike = looksLike
                self.undeliverableSince = undeliverableSince
                self.undeliverableCode = undeliverableCode
            }

            enum CodingKeys: String, CodingKey {
                case kind, id, verified, inbox, shared
                case looksLike = "looks_like"
                case undeliverableSince = "undeliverable_since"
                case undeliverableCode = "undeliverable_code"
            }
        }

        /// An address that is another one and looks the same.
        public struct LookAlike: Hashable, Sendable, Codable {
            public var customer: CustomerID
            public var id: String
            /// `normalisation`, `invisible` or `look_alike`.
            public var how: String

            public init(customer: CustomerID, id: String, how: String) {
                self.customer = customer
                self.id = id
                self.how = how
            }
        }

        /// How another customer came to be part of this one.
        public struct Merge: Hashable, Sendable, Codable {
            public var id: CustomerID
            public var into: CustomerID
            public var name: String?
            public var at: Timestamp
            /// A login, or `system`.
            public var by: String
            /// Nil: an agent's own judgement.
            public var evidence: String?

            public init(
                id: CustomerID, into: CustomerID, name: String? = nil, at: Timestamp, by: String,
                evidence: String? = nil
            ) {
                self.id = id
                self.into = into
                self.name = name
                self.at = at
                self.by = by
                self.evidence = evidence
            }
        }

        /// An address that may be theirs.
        public struct Suggestion: Hashable, Sendable, Codable {
            public var kind: String
            public var id: String
            /// Who has it now.
            public var other: CustomerID?
            /// Its own number, to accept or refuse it by.
            public var suggestion: Int64
            /// `typed_address`, `same_address`, `same_phone`, `same_name` or `imported`.
            public var evidence: String?

            public init(
                kind: String, id: String, other: CustomerID? = nil, suggestion: Int64 = 0,
                evidence: String? = nil
            ) {
                self.kind = kind
                self.id = id
                self.other = other
                self.suggestion = suggestion
                self.evidence = evidence
            }
        }

        /// One answer to a survey.
        public struct Score: Hashable, Sendable, Codable {
            public var kind: SurveyKind
            public var score: Int
            public var comment: String?
            public var at: Timestamp
            public var ticket: TicketNumber?
            public var agent: AgentID?

            public init(
                kind: SurveyKind, score: Int, comment: String? = nil, at: Timestamp,
                ticket: TicketNumber? = nil, agent: AgentID? = nil
            ) {
                self.kind = kind
                self.score = score
                self.comment = comment
                self.at = at
                self.ticket = ticket
                self.agent = agent
            }
        }

        public init(
            id: CustomerID, name: String? = nil, vip: Bool, preferredChannel: ChannelKind? = nil,
            identities: [Identity] = [], suggestions: [Suggestion] = [],
            attributes: [String: String] = [:], organisation: String? = nil, scores: [Score] = [],
            scoreSummary: [ScoreReport.Part] = [],
            openTickets: [TicketNumber] = [], blocked: Bool, createdAt: Timestamp,
            learnedChannel: ChannelKind? = nil, segments: [String] = [],
            externalID: String? = nil, crm: CRMRecord? = nil, merged: [Merge] = []
        ) {
            self.id = id
            self.name = name
            self.vip = vip
            self.preferredChannel = preferredChannel
            self.identities = identities
            self.suggestions = suggestions
            self.attributes = attributes
            self.organisation = organisation
            self.scores = scores
            self.scoreSummary = scoreSummary
            self.openTickets = openTickets
            self.blocked = blocked
            self.createdAt = createdAt
            self.learnedChannel = learnedChannel
            self.segments = segments
            self.externalID = externalID
            self.crm = crm
            self.merged = merged
        }

        enum CodingKeys: String, CodingKey {
            case id, name, vip
            case preferredChannel = "preferred_channel"
            case identities, suggestions, attributes, organisation, scores
            case scoreSummary = "score_summary"
            case openTickets = "open_tickets"
            case blocked
            case createdAt = "created_at"
            case learnedChannel = "learned_channel"
            case segments
            case externalID = "external_id"
            case crm, merged
        }
    }
}
