internal import HelpdeskCore

extension StoreReader {
    /// How many addresses of a card are looked at for twins.
    private static let twinsLookedFor = 50

    /// Addresses of merged customers, the oldest of each first, at most 200 of each; with those of others that could be
    /// taken for them.
    func identities(
        of members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Identity] {
        var identities: [CustomerCard.Identity] = []
        for member in members { identities += try ownIdentities(of: member) }
        for index in identities.indices.prefix(Self.twinsLookedFor) {
            identities[index].twin = try twin(
                of: identities[index].address, members, viewer: viewer)
        }
        return identities
    }

    private func ownIdentities(
        of customer: CustomerID
    ) throws(StoreError) -> [CustomerCard.Identity] {
        try connection.all(
            """
            SELECT id, kind, value, verification, evidence, scope, undeliverable_at,
              undeliverable_code, sharing
            FROM identities
            WHERE customer = $1 ORDER BY id LIMIT 200
            """, [customer]
        ) { row throws(StoreError) in
            let scope = try row.text(5)
            return CustomerCard.Identity(
                id: try row.number(0),
                address: IdentityAddress(kind: try row.text(1), value: try row.text(2)),
                verification: try row.word(3), evidence: try row.word(4),
                scope: scope.isEmpty ? nil : InboxID(rawValue: scope),
                undeliverable: Undeliverable(
                    since: row.optionalInstant(6), code: row.optionalText(7)),
                sharing: row.optionalWord(8) ?? .personal, twin: nil)
        }
    }

    private func twin(
        of address: IdentityAddress, _ members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> CustomerCard.Twin? {
        for like in try likeAddresses(address, notOf: members) {
            guard let kind = IdentityLikeness.twin(address, like.address),
                try customerExists(like.customer, viewer: viewer)
            else { continue }
            return CustomerCard.Twin(
                customer: like.customer, address: like.address, kind: kind)
        }
        return nil
    }

    /// Open suggestions for merged customers, at most 50 of each; none about who is merged with them already.
    func suggestions(
        for members: [CustomerID], viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Suggestion] {
        var suggestions: [CustomerCard.Suggestion] = []
        for member in members {
            for suggestion in try ownSuggestions(for: member) {
                var other = suggestion.other
                if let owner = other {
                    if members.contains(owner) { continue }
                    if try !customerExists(owner, viewer: viewer) { other = nil }
                }
                suggestions.append(
                    CustomerCard.Suggestion(
                        id: suggestion.id, customer: member, address: suggestion.address,
                        other: other, evidence: suggestion.evidence))
            }
        }
        return suggestions
    }

    private func ownSuggestions(
        for customer: CustomerID
    ) throws(StoreError) -> [CustomerCard.Suggestion] {
        try connection.all(
            """
            SELECT s.content, s.kind, k.body, s.other, s.evidence
            FROM suggestions s JOIN contents k ON k.id = s.content
            WHERE s.customer = $1 AND s.state = 'open' AND k.body IS NOT NULL
            ORDER BY s.content LIMIT 50
            """, [customer]
        ) { row throws(StoreError) in
            CustomerCard.Suggestion(
                id: try row.number(0), customer: customer,
                address: IdentityAddress(kind: try row.text(1), value: try row.text(2)),
                other: row.optionalNumber(3), evidence: row.optionalWord(4))
        }
    }
}
