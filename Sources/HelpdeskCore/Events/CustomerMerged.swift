/// Two customers are one person: `customer` stands under `into` from now on. Nothing moves; reads look at the whole
/// tree, and cutting the link brings both back as they were.
public struct CustomerMerged: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public var into: CustomerID
    /// Nil: an agent's own judgement.
    public var evidence: WeakEvidence?
    /// The agent's words, of kind `merge_reason`.
    public var reason: ContentRef?

    public init(
        customer: CustomerID, into: CustomerID, evidence: WeakEvidence?, reason: ContentRef?
    ) {
        self.customer = customer
        self.into = into
        self.evidence = evidence
        self.reason = reason
    }
}

/// The link is cut: whatever came to `customer`, before and since, is theirs alone again.
public struct CustomerUnmerged: Hashable, Sendable, Codable {
    public var customer: CustomerID
    public var from: CustomerID
    /// The agent's words, of kind `merge_reason`.
    public var reason: ContentRef?

    public init(customer: CustomerID, from: CustomerID, reason: ContentRef?) {
        self.customer = customer
        self.from = from
        self.reason = reason
    }
}

/// Somebody decided about a suggestion; a refused one never comes again.
public struct SuggestionSettled: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable { case accepted, refused }

    public var customer: CustomerID
    /// By the content of its address, as in `identity_suggested`.
    public var suggestion: ContentID
    public var outcome: Outcome

    public init(customer: CustomerID, suggestion: ContentID, outcome: Outcome) {
        self.customer = customer
        self.suggestion = suggestion
        self.outcome = outcome
    }
}

/// An address is many people's (a switchboard's number) or one person's after all.
public struct IdentityMarked: Hashable, Sendable, Codable {
    public enum Sharing: String, Hashable, Sendable, Codable { case shared, personal }

    public var identity: IdentityID
    public var customer: CustomerID
    public var sharing: Sharing

    public init(identity: IdentityID, customer: CustomerID, sharing: Sharing) {
        self.identity = identity
        self.customer = customer
        self.sharing = sharing
    }
}

/// What makes somebody perhaps somebody else: enough to ask an agent, never enough to link (DESIGN "Who is speaking").
public enum WeakEvidence: String, Hashable, Sendable, Codable, CaseIterable {
    /// The customer named an address that nobody vouches for and nobody has.
    case typedAddress = "typed_address"
    /// The customer named an address that is somebody else's.
    case sameAddress = "same_address"
    /// One number, on the phone and in a messenger.
    case samePhone = "same_phone"
    /// The same name, and mail from the same organisation's domain.
    case sameName = "same_name"
    /// A list that ops brought in says so.
    case imported
}
