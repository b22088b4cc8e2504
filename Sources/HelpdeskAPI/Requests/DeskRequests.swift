public import HelpdeskCore

extension API {
    /// PUT /agents/{login}/presence: null is "by shift".
    public struct PresenceRequest: Hashable, Sendable, Codable {
        public var presence: Presence?

        public init(presence: Presence? = nil) {
            self.presence = presence
        }
    }

    /// POST /recoveries/{id}/done.
    public struct RecoveryDoneRequest: Hashable, Sendable, Codable {
        public var outcome: String

        public init(outcome: String) {
            self.outcome = outcome
        }
    }

    /// PATCH /customers/{id}: members left out stay as they are; null empties.
    public struct CustomerPatch: Hashable, Sendable, Codable {
        public var name: Change<String>
        public var vip: Bool?
        public var preferredChannel: Change<ChannelKind>
        public var organisation: Change<String>
        /// Null removes an attribute.
        public var attributes: [String: String?]?
        /// All of them.
        public var segments: [String]?
        /// Their key in the CRM.
        public var externalID: Change<String>
        /// What a blocked customer writes is kept as spam.
        public var blocked: Bool?
        /// By address (`tel:+982188001122`): whether it is many people's.
        public var shared: [String: Bool]?
        /// Addresses of theirs that mail may go to again, although it came back.
        public var deliverable: [String]?

        public init(
            name: Change<String> = .keep, vip: Bool? = nil,
            preferredChannel: Change<ChannelKind> = .keep, organisation: Change<String> = .keep,
            attributes: [String: String?]? = nil, segments: [String]? = nil,
            externalID: Change<String> = .keep, blocked: Bool? = nil,
            shared: [String: Bool]? = nil, deliverable: [String]? = nil
        ) {
            self.name = name
            self.vip = vip
            self.preferredChannel = preferredChannel
            self.organisation = organisation
            self.attributes = attributes
            self.segments = segments
            self.externalID = externalID
            self.blocked = blocked
            self.shared = shared
            self.deliverable = deliverable
        }

        enum CodingKeys: String, CodingKey {
            case name, vip
            case preferredChannel = "preferred_channel"
            case organisation, attributes, segments
            case externalID = "external_id"
            case blocked, shared, deliverable
        }
    }

    /// POST /invitations: a survey asked for from outside.
    public struct InvitationRequest: Hashable, Sendable, Codable {
        public var kind: SurveyKind
        /// Either this
        public var customer: CustomerID?
        /// or an address, such as `sara@example.ir` or `tel:+989121234567`;
        public var address: String?
        /// or the ticket that is asked about.
        public var ticket: TicketNumber?
        /// The name of a `[[survey_policy]]`; nil: the first that fits the kind.
        public var policy: String?
        /// Through which inbox; nil: as the customer is best reached.
        public var inbox: InboxID?
        /// Through an inbox of this channel.
        public var channel: ChannelKind?
        /// Nil: now.
        public var at: Timestamp?
        public var language: String?

        public init(
            kind: SurveyKind, customer: CustomerID? = nil, address: String? = nil,
            ticket: TicketNumber? = nil, policy: String? = nil, inbox: InboxID? = nil,
            channel: ChannelKind? = nil, at: Timestamp? = nil, language: String? = nil
        ) {
            self.kind = kind
            self.customer = customer
            self.address = address
            self.ticket = ticket
            self.policy = policy
            self.inbox = inbox
            self.channel = channel
            self.at = at
            self.language = language
        }
    }

    /// What POST /invitations answers: asked, or why not.
    public struct Invitation: Hashable, Sendable, Codable {
        public var id: InvitationID
        public var kind: SurveyKind
        public var policy: String
        public var customer: CustomerID
        public var ticket: TicketNumber?
        /// `scheduled` or `skipped`.
        public var decision: String
        /// Why it was skipped, in a word of `explain`.
        public var reason: String?
        public var due: Timestamp?

        public init(
            id: InvitationID, kind: SurveyKind, policy: String, customer: CustomerID,
            ticket: TicketNumber? = nil, decision: String, reason: String? = nil,
            due: Timestamp? = nil
        ) {
            self.id = id
            self.kind = kind
            self.policy = policy
            self.customer = customer
            self.ticket = ticket
            self.decision = decision
            self.reason = reason
            self.due = due
        }
    }

    /// What POST /messages/{inbox} answers once the message is durable.
    public struct IntakeReceipt: Hashable, Sendable, Codable {
        /// `ticketed`, `quarantined` or `duplicate`.
        public var outcome: String
        public var message: MessageID?
        public var ticket: TicketNumber?
        public var reason: String?

        public init(
            outcome: String, message: MessageID? = nil, ticket: TicketNumber? = nil,
            reason: String? = nil
        ) {
            self.outcome = outcome
            self.message = message
            self.ticket = ticket
            self.reason = reason
        }
    }
}
