public import HelpdeskCore

/// What an agent sees of a customer beside a ticket.
public struct CustomerCard: Hashable, Sendable {
    /// The root's, where customers are merged, or of those whom the viewer may know of the first.
    public let customer: CustomerName
    /// Customers merged into this one, directly or not, with how that came to be.
    public let merged: [Merge]
    /// Stated by the customer or an agent.
    public let preferredChannel: ChannelKind?
    /// Learned: by what they wrote or rang last, in tickets that the viewer may see.
    public let lastChannel: ChannelKind?
    public let identities: [Identity]
    public let suggestions: [Suggestion]
    /// From API and imports.
    public let attributes: [String: String]
    /// The attribute that names the organisation: customers are found by it (`StoreReader.customers`).
    public static let organisationAttribute = "organisation"
    public let segments: [String]
    /// The key in the CRM.
    public let externalID: String?
    public let blocking: CustomerUpdated.Blocking
    /// Newest first.
    public let scores: [Score]
    /// Of all of them, the earlier ones too: one for each kind that they were asked, in the order of `SurveyKind`.
    public let standings: [ScoreReport]
    /// Active tickets that the viewer may see, newest first.
    public let openTickets: [TicketNumber]
    /// Who answered them lately, last first.
    public let lastAgents: [Service]
    public let createdAt: Instant
    public let erasedAt: Instant?

    public struct Identity: Hashable, Sendable {
        public let id: IdentityID
        public let address: IdentityAddress
        public let verification: IdentityLinked.Verification
        public let evidence: LinkEvidence
        /// The only inbox it counts in; nil: everywhere.
        public let scope: InboxID?
        /// Mail there came back for good.
        public let undeliverable: Undeliverable?
        public let sharing: IdentityMarked.Sharing
        /// Somebody whose address could be taken for this one.
        public internal(set) var twin: Twin?
    }

    public struct Twin: Hashable, Sendable {
        public let customer: CustomerID
        public let address: IdentityAddress
        public let kind: IdentityLikeness.Twin
    }

    public struct Merge: Hashable, Sendable {
        public let customer: CustomerID
        public let into: CustomerID
        public let name: String?
        public let at: Instant
        /// An agent's login, or `system`.
        public let by: String
        /// Nil: an agent's own judgement.
        public let evidence: WeakEvidence?
    }

    /// An address that may be theirs.
    public struct Suggestion: Hashable, Sendable {
        public let id: ContentID
        /// For whom it was made: one of the merged.
        public let customer: CustomerID
        public let address: IdentityAddress
        /// Who has it now, where the viewer may know of them.
        public let other: CustomerID?
        public let evidence: WeakEvidence?
    }

    public struct Score: Hashable, Sendable {
        public let kind: SurveyKind
        public let score: Int
        public let comment: String?
        public let at: Instant
        public let ticket: TicketNumber?
        public let agent: AgentID?
    }

    public struct Service: Hashable, Sendable {
        public let agent: AgentID
        public let at: Instant
    }
}
