public import HelpdeskCore

extension StoreReader {
    /// A customer's card, if the viewer may know of them: of merged customers the card of them all.
    public func customer(
        _ id: CustomerID, viewer: Viewer
    ) throws(StoreError) -> CustomerCard? {
        let members = try members(of: id, viewer: viewer)
        guard let first = members.first, let head = try cardHead(first) else { return nil }
        var attributes: [String: String] = [:]
        var name = head.name
        var segments: [String] = []
        var externalID = head.externalID
        // The root's word counts; what only others have is not lost.
        for member in members.reversed() {
            guard let part = try cardHead(member) else { continue }
            attributes.merge(part.attributes) { $1 }
            segments = part.segments + segments.filter { !part.segments.contains($0) }
            if name == nil { name = part.name }
            if externalID == nil { externalID = part.externalID }
        }
        return CustomerCard(
            customer: CustomerName(id: first, name: name, standing: head.standing),
            merged: try merges(among: members),
            preferredChannel: try preferredChannel(of: first),
            lastChannel: try lastChannel(of: members, viewer: viewer),
            identities: try identities(of: members, viewer: viewer),
            suggestions: try suggestions(for: members, viewer: viewer), attributes: attributes,
            segments: segments, externalID: externalID, blocking: head.blocking,
            scores: try scores(of: members, viewer: viewer),
            standings: try standings(of: members, viewer: viewer),
            openTickets: try openTickets(of: members, viewer: viewer),
            lastAgents: try lastAgents(of: members, viewer: viewer), createdAt: head.createdAt,
            erasedAt: head.erasedAt)
    }

    /// What a customer's own row says.
    private struct CardHead {
        let name: String?
        let standing: CustomerUpdated.Standing
        let attributes: [String: String]
        let segments: [String]
        let externalID: String?
        let blocking: CustomerUpdated.Blocking
        let createdAt: Instant
        let erasedAt: Instant?
    }

    private func cardHead(_ id: CustomerID) throws(StoreError) -> CardHead? {
        try connection.first(
            """
            SELECT n.body, c.standing, b.body, c.segments, x.body, c.blocked, c.created_at,
              c.erased_at
            FROM customers c
            LEFT JOIN contents n ON n.id = c.name
            LEFT JOIN contents b ON b.id = c.attributes
            LEFT JOIN contents x ON x.id = c.external_id
            WHERE c.id = $1
            """, [id]
        ) { row throws(StoreError) in
            CardHead(
                name: row.optionalText(0).flatMap { $0.isEmpty ? nil : $0 },
                standing: row.optionalWord(1) ?? .regular,
                attributes: Self.attributes(row.optionalText(2)),
                segments: try row.text(3).split(separator: "\n").map(String.init),
                externalID: row.optionalText(4),
                blocking: try row.integer(5) == 1 ? .blocked : .allowed,
                createdAt: try row.instant(6), erasedAt: row.optionalInstant(7))
        }
    }

    /// What a customer is called, and their organisation.
    func soughtNames(of customer: CustomerID) throws(StoreError) -> [String] {
        guard let head = try cardHead(customer) else { return [] }
        return [head.name, head.attributes[CustomerCard.organisationAttribute]].compactMap { $0 }
    }

    private func merges(
        among members: [CustomerID]
    ) throws(StoreError) -> [CustomerCard.Merge] {
        var merges: [CustomerCard.Merge] = []
        for member in members.dropFirst() {
            let merge = try connection.first(
                """
                SELECT c.parent, n.body, c.merged_at, c.merged_by, c.merge_evidence
                FROM customers c LEFT JOIN contents n ON n.id = c.name
                WHERE c.id = $1 AND c.parent IS NOT NULL
                """, [member]
            ) { row throws(StoreError) in
                CustomerCard.Merge(
                    customer: member, into: try row.number(0), name: row.optionalText(1),
                    at: try row.instant(2), by: row.optionalText(3) ?? "system",
                    evidence: row.optionalWord(4))
            }
            if let merge { merges.append(merge) }
        }
        return merges
    }

    /// The root, unless the viewer may not know of them: then the customer's own name.
    func shown(
        _ root: CustomerName, for customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> CustomerName {
        guard root.id != customer, try !customerExists(root.id, viewer: viewer),
            let own = try cardHead(customer)
        else { return root }
        return CustomerName(id: customer, name: own.name, standing: own.standing)
    }

    /// Attributes are texts by name; whatever else stands there is left out.
    private static func attributes(_ body: String?) -> [String: String] {
        guard let body else { return [:] }
        return (try? ContentSeal.decode([String: String].self, from: body)) ?? [:]
    }
}
