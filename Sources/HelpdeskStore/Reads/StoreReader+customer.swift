public import HelpdeskCore

extension StoreReader {
    /// A customer's card, if the viewer may know of them.
    public func customer(
        _ id: CustomerID, viewer: Viewer
    ) throws(StoreError) -> CustomerCard? {
        guard try customerExists(id, viewer: viewer) else { return nil }
        let head = try connection.first(
            """
            SELECT n.body, c.standing, c.preferred_channel, b.body, c.created_at, c.erased_at
            FROM customers c
            LEFT JOIN contents n ON n.id = c.name
            LEFT JOIN contents b ON b.id = c.attributes
            WHERE c.id = $1
            """, [id]
        ) { row throws(StoreError) in
            (
                name: row.optionalText(0),
                standing: row.optionalWord(1, as: CustomerUpdated.Standing.self) ?? .regular,
                preferred: row.optionalWord(2, as: ChannelKind.self),
                attributes: row.optionalText(3), createdAt: try row.instant(4),
                erasedAt: row.optionalInstant(5)
            )
        }
        guard let head else { return nil }
        return CustomerCard(
            customer: CustomerName(id: id, name: head.name, standing: head.standing),
            preferredChannel: head.preferred,
            lastChannel: try lastChannel(of: id, viewer: viewer),
            identities: try identities(of: id),
            suggestions: try suggestions(for: id, viewer: viewer),
            attributes: Self.attributes(head.attributes),
            scores: try scores(of: id, viewer: viewer),
            openTickets: try openTickets(of: id, viewer: viewer),
            lastAgents: try lastAgents(of: id, viewer: viewer), createdAt: head.createdAt,
            erasedAt: head.erasedAt)
    }

    /// Attributes are texts by name; whatever else stands there is left out.
    private static func attributes(_ body: String?) -> [String: String] {
        guard let body else { return [:] }
        return (try? ContentSeal.decode([String: String].self, from: body)) ?? [:]
    }

    private func identities(
        of customer: CustomerID
    ) throws(StoreError) -> [CustomerCard.Identity] {
        try connection.all(
            """
            SELECT id, kind, value, verification, evidence, scope, undeliverable_at,
              undeliverable_code
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
                    since: row.optionalInstant(6), code: row.optionalText(7)))
        }
    }

    private func suggestions(
        for customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [CustomerCard.Suggestion] {
        let found = try connection.all(
            """
            SELECT s.kind, k.body, s.other FROM suggestions s JOIN contents k ON k.id = s.content
            WHERE s.customer = $1 AND k.body IS NOT NULL ORDER BY s.content LIMIT 50
            """, [customer]
        ) { row throws(StoreError) in
            CustomerCard.Suggestion(
                address: IdentityAddress(kind: try row.text(0), value: try row.text(1)),
                other: row.optionalNumber(2))
        }
        var suggestions: [CustomerCard.Suggestion] = []
        for suggestion in found {
            var other = suggestion.other
            if let owner = other, try !customerExists(owner, viewer: viewer) { other = nil }
            suggestions.append(
                CustomerCard.Suggestion(address: suggestion.address, other: other))
        }
        return suggestions
    }
}
