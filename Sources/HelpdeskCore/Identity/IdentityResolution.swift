/// Who a message is from, decided from what the store knows of its addresses (DESIGN "Who is speaking").
public enum IdentityResolution {
    /// An address of the message with the customer who has it already.
    public struct Claim: Hashable, Sendable {
        public enum Evidence: String, Hashable, Sendable { case vouched, claimed }
        public enum Role: String, Hashable, Sendable { case sender, further }

        public var address: IdentityAddress
        public var evidence: Evidence
        public var role: Role
        /// Nil: the address counts everywhere; else within this inbox only.
        public var scope: InboxID?
        /// Who has it already, in this scope or everywhere.
        public var owner: CustomerID?

        public init(
            address: IdentityAddress, evidence: Evidence, role: Role, scope: InboxID?,
            owner: CustomerID?
        ) {
            self.address = address
            self.evidence = evidence
            self.role = role
            self.scope = scope
            self.owner = owner
        }
    }

    public enum Customer: Hashable, Sendable {
        case known(CustomerID)
        case fresh
    }

    public struct Decision: Hashable, Sendable {
        public var customer: Customer
        /// Addresses to link to the customer now.
        public var link: [Claim]
        /// Addresses that may be the customer's: for an agent to decide.
        public var suggest: [Claim]
    }

    /// Vouched addresses decide, the sender's own first: who names another's visitor id beside an address that somebody
    /// vouches for is who is vouched for. Only where nothing is vouched for, the claimed sender decides. Vouched
    /// addresses without an owner are linked; everything weaker, and whatever belongs to somebody else, is a suggestion.
    /// Nobody is ever merged.
    public static func decide(_ claims: [Claim]) -> Decision {
        let vouched = claims.filter { $0.evidence == .vouched }
        let ordered = vouched.filter { $0.role == .sender } + vouched.filter { $0.role == .further }
        let deciding = vouched.isEmpty ? claims.filter { $0.role == .sender } : ordered
        let owner = deciding.lazy.compactMap(\.owner).first
        let customer: Customer = owner.map { .known($0) } ?? .fresh
        var decision = Decision(customer: customer, link: [], suggest: [])
        for claim in claims {
            switch (claim.owner, claim.role, claim.evidence) {
            case (nil, .sender, _), (nil, .further, .vouched):
                decision.link.append(claim)
            case (nil, .further, .claimed):
                decision.suggest.append(claim)
            case (.some(let owner), _, _):
                if customer != .known(owner) { decision.suggest.append(claim) }
            }
        }
        return decision
    }
}
