internal import HelpdeskCore
internal import HelpdeskStore

/// Keeps weak evidence for an agent to decide: never more than once for the same two, and never what was refused.
struct Suggesting {
    let session: TicketSession

    /// An address that the message names, without anybody's word for it.
    func suggest(_ claim: IdentityResolution.Claim, to customer: CustomerID) throws {
        guard try !session.reader.isSuggested(claim.address, for: customer) else { return }
        if let owner = claim.owner {
            let known = try session.reader.identity(claim.address, scope: claim.scope)
            guard known?.sharing != .shared, try isNews(customer, owner) else { return }
        }
        try append(
            claim.address, of: customer, to: customer, other: claim.owner,
            claim.owner == nil ? .typedAddress : .sameAddress)
    }

    /// Looks for others who may be the same person, once something new is known of a customer.
    func lookAround(_ customer: CustomerID, linked: [IdentityAddress]) throws {
        for address in linked where IdentityLikeness.phone(address) != nil {
            for like in try session.reader.likeAddresses(address, notOf: [customer]) {
                guard like.sharing == .personal else { continue }
                try suggest(like.address, like.customer, to: customer, .samePhone)
            }
        }
        for other in try session.reader.namesakes(of: customer) {
            guard
                let mail = try session.reader.addresses(
                    of: other, kind: IdentityAddress.emailKind
                ).last
            else { continue }
            try suggest(mail.address, other, to: customer, .sameName)
        }
    }

    /// Whether it was news.
    @discardableResult
    func suggest(
        _ address: IdentityAddress, _ other: CustomerID, to customer: CustomerID,
        _ evidence: WeakEvidence
    ) throws -> Bool {
        guard try isNews(customer, other) else { return false }
        try append(address, of: other, to: customer, other: other, evidence)
        return true
    }

    /// Not one person already, and nobody was asked before.
    private func isNews(_ one: CustomerID, _ other: CustomerID) throws -> Bool {
        try session.reader.root(of: one) != session.reader.root(of: other)
            && !session.reader.wasSuggested(one, other)
    }

    /// - Parameter owner: whose personal data the address is.
    private func append(
        _ address: IdentityAddress, of owner: CustomerID, to customer: CustomerID,
        other: CustomerID?, _ evidence: WeakEvidence
    ) throws {
        try session.transaction.append(
            .customer(
                .identitySuggested(
                    IdentitySuggested(
                        customer: customer, kind: address.kind,
                        address: try session.keep(address.value, as: .address, of: owner),
                        other: other, evidence: evidence))),
            ticket: nil, customer: customer, by: .system, command: session.command)
    }
}
