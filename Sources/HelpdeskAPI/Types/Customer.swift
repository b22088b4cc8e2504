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
        public var identities: [Identity]
        /// Addresses that may be theirs: for an agent to decide.
        public var suggestions: [Suggestion]
        /// From API and imports: plan, CRM key, ….
        public var attributes: [String: String]
        public var organisation: String?
        /// Survey answers, newest first.
        public var scores: [Score]
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
            /// Since when mail there comes back; null: it does not.
            public var undeliverableSince: Timestamp?
            /// With which code: `5.1.1`, `bad_address`, ….
            public var undeliverableCode: String?

            public init(
                kind: String, id: String, verified: Bool, inbox: InboxID? = nil,
                undeliverableSince: Timestamp? = nil, undeliverableCode: String? = nil
            ) {
                self.kind = kind
                self.id = id
                self.verified = verified
                self.inbox = inbox
                self.undeliverableSince = undeliverableSince
                self.undeliverableCode = undeliverableCode
            }

            enum CodingKeys: String, CodingKey {
                case kind, id, verified, inbox
                case undeliverableSince = "undeliverable_since"
                case undeliverableCode = "undeliverable_code"
            }
        }

        /// An address that may be theirs.
        public struct Suggestion: Hashable, Sendable, Codable {
            public var kind: String
            public var id: String
            /// Who has it now.
            public var other: CustomerID?

            public init(kind: String, id: String, other: CustomerID? = nil) {
                self.kind = kind
                self.id = id
                self.other = other
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
            openTickets: [TicketNumber] = [], blocked: Bool, createdAt: Timestamp
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
            self.openTickets = openTickets
            self.blocked = blocked
            self.createdAt = createdAt
        }

        enum CodingKeys: String, CodingKey {
            case id, name, vip
            case preferredChannel = "preferred_channel"
            case identities, suggestions, attributes, organisation, scores
            case openTickets = "open_tickets"
            case blocked
            case createdAt = "created_at"
        }
    }
}
