public import HelpdeskCore

/// An address that may be a customer's, for an agent to decide.
public struct OpenSuggestion: Hashable, Sendable {
    public let id: ContentID
    public let customer: CustomerID
    /// Nil once erased.
    public let address: IdentityAddress?
    public let other: CustomerID?
    public let evidence: WeakEvidence?
}

extension StoreReader {
    /// Whom more than this many share says nothing about anybody: a switchboard, a common name.
    public static let mostSharing = 5

    public func openSuggestion(
        _ id: ContentID, of customer: CustomerID
    ) throws(StoreError) -> OpenSuggestion? {
        try connection.first(
            """
            SELECT s.kind, k.body, s.other, s.evidence
            FROM suggestions s JOIN contents k ON k.id = s.content
            WHERE s.customer = $1 AND s.content = $2 AND s.state = 'open'
            """, [customer, id]
        ) { row throws(StoreError) in
            let kind = try row.text(0)
            return OpenSuggestion(
                id: id, customer: customer,
                address: row.optionalText(1).map { IdentityAddress(kind: kind, value: $0) },
                other: row.optionalNumber(2), evidence: row.optionalWord(3))
        }
    }

    /// Whether it was asked before, whatever was answered, if two customers are one.
    public func wasSuggested(
        _ one: CustomerID, _ other: CustomerID
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM suggestions
            WHERE (customer = $1 AND other = $2) OR (customer = $2 AND other = $1)
            """, [one, other])
    }

    /// Name and domain of a customer, for each of their mail addresses; at most 20.
    func nameSigns(of customer: CustomerID) throws(StoreError) -> [String] {
        guard let name = try name(of: customer) else { return [] }
        let addresses = try connection.all(
            """
            SELECT value FROM identities WHERE customer = $1 AND kind = 'email'
            ORDER BY id LIMIT 20
            """, [customer]
        ) { row throws(StoreError) in try row.text(0) }
        var signs: [String] = []
        for address in addresses {
            if let sign = NameSign.of(name: name, mail: address), !signs.contains(sign) {
                signs.append(sign)
            }
        }
        return signs
    }

    /// The customer's own name, whatever they are merged with.
    public func name(of customer: CustomerID) throws(StoreError) -> String? {
        try connection.first(
            """
            SELECT k.body FROM customers c JOIN contents k ON k.id = c.name WHERE c.id = $1
            """, [customer]
        ) { row throws(StoreError) in row.optionalText(0) } ?? nil
    }

    /// Others of the same name with mail from the same organisation; none where many share it.
    public func namesakes(of customer: CustomerID) throws(StoreError) -> [CustomerID] {
        var found: [CustomerID] = []
        for sign in try nameSigns(of: customer) {
            let sharing = try connection.all(
                "SELECT customer FROM name_signs WHERE sign = $1 ORDER BY customer LIMIT $2",
                [IndexKey.of(sign), Self.mostSharing + 2]
            ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
            guard sharing.count <= Self.mostSharing + 1 else { continue }
            found += sharing.filter { $0 != customer && !found.contains($0) }
        }
        return found
    }

    /// Others' addresses that are the same number, or look like it; at most 20.
    public func likeAddresses(
        _ address: IdentityAddress, notOf customers: [CustomerID]
    ) throws(StoreError) -> [LikeAddress] {
        try connection.all(
            """
            SELECT customer, kind, value, sharing FROM identities
            WHERE likeness = $1 ORDER BY id LIMIT 50
            """, [IndexKey.of(IdentityLikeness.key(address))]
        ) { row throws(StoreError) in
            LikeAddress(
                customer: try row.number(0),
                address: IdentityAddress(kind: try row.text(1), value: try row.text(2)),
                sharing: row.optionalWord(3) ?? .personal)
        }.filter { !customers.contains($0.customer) }
    }
}

/// Somebody's address that means or looks like another.
public struct LikeAddress: Hashable, Sendable {
    public let customer: CustomerID
    public let address: IdentityAddress
    public let sharing: IdentityMarked.Sharing
}
