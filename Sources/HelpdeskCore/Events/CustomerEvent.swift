/// What can happen to a customer.
public enum CustomerEvent: Hashable, Sendable {
    case created(CustomerCreated)
    case named(CustomerNamed)
    case identityLinked(IdentityLinked)
    /// Weak evidence that an address is this customer's: for an agent to accept or refuse.
    case identitySuggested(IdentitySuggested)
    case updated(CustomerUpdated)
    /// Mail to an address came back for good: nothing automatic goes there for a while.
    case identityUndeliverable(IdentityUndeliverable)
    case identityDeliverable(IdentityDeliverable)
    case identityMarked(IdentityMarked)
    case suggestionSettled(SuggestionSettled)
    /// Two customers are one person, until the link is cut.
    case merged(CustomerMerged)
    case unmerged(CustomerUnmerged)
    case erased(CustomerErased)
    /// Somebody took everything that is known of them: who, says the event's actor.
    case exported(CustomerExported)
}

public struct CustomerCreated: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public var inbox: InboxID?
    public init(customer: CustomerID, inbox: InboxID?) {
        self.customer = customer
        self.inbox = inbox
    }
}

public struct CustomerNamed: Hashable, Sendable, Codable {
    public var customer: CustomerID
    /// Of kind `name`.
    public var name: ContentRef

    public init(customer: CustomerID, name: ContentRef) {
        self.customer = customer
        self.name = name
    }
}

/// Why an address counts as a customer's.
public enum LinkEvidence: String, Hashable, Sendable, Codable {
    /// The address a message came from made the customer.
    case firstContact = "first_contact"
    /// The provider or a trusted integration vouches for it.
    case vouched
    case agent
    /// A list that ops brought in.
    case imported
}

public struct IdentityLinked: Hashable, Sendable, Codable {
    public enum Verification: String, Sendable, Codable { case verified, unverified }

    public var identity: IdentityID
    public var customer: CustomerID
    public var kind: String
    public var verification: Verification
    public var evidence: LinkEvidence
    /// Unvouched identities count within this inbox only; nil: everywhere.
    public var scope: InboxID?
    /// Of kind `address`.
    public var address: ContentRef

    public init(
        identity: IdentityID, customer: CustomerID, kind: String, verification: Verification,
        evidence: LinkEvidence, scope: InboxID?, address: ContentRef
    ) {
        self.identity = identity
        self.customer = customer
        self.kind = kind
        self.verification = verification
        self.evidence = evidence
        self.scope = scope
        self.address = address
    }
}

public struct IdentitySuggested: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public var kind: String
    public var address: ContentRef
    /// Who has this address already, where somebody does.
    public var other: CustomerID?
    /// Nil in events of earlier versions.
    public var evidence: WeakEvidence?

    public init(
        customer: CustomerID, kind: String, address: ContentRef, other: CustomerID?,
        evidence: WeakEvidence? = nil
    ) {
        self.customer = customer
        self.kind = kind
        self.address = address
        self.other = other
        self.evidence = evidence
    }
}

public struct IdentityUndeliverable: Hashable, Sendable, Codable {
    public var identity: IdentityID
    public var customer: CustomerID
    /// The delivery that came back.
    public var delivery: DeliveryID
    /// As in `DeliveryReported`.
    public var code: String?

    public init(
        identity: IdentityID, customer: CustomerID, delivery: DeliveryID, code: String?
    ) {
        self.identity = identity
        self.customer = customer
        self.delivery = delivery
        self.code = code
    }
}

/// The address is believed to take mail again.
public struct IdentityDeliverable: Hashable, Sendable, Codable {
    public enum Cause: String, Hashable, Sendable, Codable {
        /// Mail came from it.
        case heardFrom = "heard_from"
        case agent
    }

    public var identity: IdentityID
    public var customer: CustomerID
    public var cause: Cause

    public init(identity: IdentityID, customer: CustomerID, cause: Cause) {
        self.identity = identity
        self.customer = customer
        self.cause = cause
    }
}

public struct CustomerUpdated: Hashable, Sendable, Codable {
    public enum Standing: String, Sendable, Codable { case vip, regular }
    /// What a blocked customer writes is kept as spam.
    public enum Blocking: String, Sendable, Codable { case blocked, allowed }

    public var customer: CustomerID
    public var standing: Standing?
    /// A channel kind, or an empty string for "none stated".
    public var preferredChannel: ChannelKind?
    /// Attributes after the change, of kind `attributes`.
    public var attributes: ContentRef?
    /// Words that policies go by, after the change.
    public var segments: [String]?
    /// The key of the customer in the CRM, of kind `external_id`; empty text: none.
    public var externalID: ContentRef?
    public var blocking: Blocking?

    public init(
        customer: CustomerID, standing: Standing? = nil, preferredChannel: ChannelKind? = nil,
        attributes: ContentRef? = nil, segments: [String]? = nil,
        externalID: ContentRef? = nil, blocking: Blocking? = nil
    ) {
        self.customer = customer
        self.standing = standing
        self.preferredChannel = preferredChannel
        self.attributes = attributes
        self.segments = segments
        self.externalID = externalID
        self.blocking = blocking
    }

    enum CodingKeys: String, CodingKey {
        case customer, standing, attributes, segments, blocking
        case preferredChannel = "preferred_channel"
        case externalID = "external_id"
    }
}

public struct CustomerErased: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public init(customer: CustomerID) { self.customer = customer }
}

public struct CustomerExported: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public init(customer: CustomerID) { self.customer = customer }
}
