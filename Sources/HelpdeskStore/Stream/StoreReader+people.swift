public import HelpdeskCore

/// How a customer is treated.
public struct CustomerSettings: Hashable, Sendable {
    public let standing: CustomerUpdated.Standing
    public let blocking: CustomerUpdated.Blocking
    public let preferred: ChannelKind?
    public let segments: [String]
    public let externalID: String?
}

/// Customers that are one person: a tree of links, whose root speaks for all.
extension StoreReader {
    /// The customer at the top of the tree; the same one where they are merged into nobody, or do not exist.
    public func root(of customer: CustomerID) throws(StoreError) -> CustomerID {
        try connection.first("SELECT root FROM customers WHERE id = $1", [customer]) {
            row throws(StoreError) in try row.number(0)
        } ?? customer
    }

    /// Everybody in a customer's tree: the root, then by number; at most `CustomerMerge.largestTree`.
    public func tree(of customer: CustomerID) throws(StoreError) -> [CustomerID] {
        let root = try root(of: customer)
        let members = try connection.all(
            "SELECT id FROM customers WHERE root = $1 ORDER BY id LIMIT $2",
            [root, CustomerMerge.largestTree]
        ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
        return [root] + members.filter { $0 != root }
    }

    /// Those of the tree whom the viewer may know of; empty when they may not know of `customer` itself.
    public func members(
        of customer: CustomerID, viewer: Viewer
    ) throws(StoreError) -> [CustomerID] {
        guard try customerExists(customer, viewer: viewer) else { return [] }
        var members: [CustomerID] = []
        for member in try tree(of: customer) {
            if member != customer, try !customerExists(member, viewer: viewer) { continue }
            members.append(member)
        }
        return members
    }

    /// Where a customer stands among the merged; nil when there is none such.
    public func mergePlace(
        of customer: CustomerID
    ) throws(StoreError) -> CustomerMerge.Place? {
        try connection.first(
            """
            SELECT c.parent, c.root, (SELECT COUNT(*) FROM customers m WHERE m.root = c.root)
            FROM customers c WHERE c.id = $1
            """, [customer]
        ) { row throws(StoreError) in
            CustomerMerge.Place(
                customer: customer, parent: row.optionalNumber(0), root: try row.number(1),
                treeSize: Int(clamping: try row.integer(2)))
        }
    }

    /// A customer and everybody below them, by their links alone; bounded by the size of a tree.
    func customersUnder(_ customer: CustomerID) throws(StoreError) -> [CustomerID] {
        var found = [customer]
        var next = 0
        while next < found.count, found.count <= CustomerMerge.largestTree {
            found += try connection.all(
                "SELECT id FROM customers WHERE parent = $1 ORDER BY id", [found[next]]
            ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
            next += 1
        }
        return found
    }

    /// An address of a customer or of somebody merged with them, in whatever scope.
    public func identities(
        _ address: IdentityAddress, of customer: CustomerID
    ) throws(StoreError) -> [(id: IdentityID, customer: CustomerID)] {
        try connection.all(
            """
            SELECT i.id, i.customer FROM identities i JOIN customers c ON c.id = i.customer
            WHERE i.kind = $1 AND i.value = $2 AND c.root = $3 ORDER BY i.id LIMIT 50
            """, [address.kind, address.value, try root(of: customer)]
        ) { row throws(StoreError) in (try row.number(0), try row.number(1)) }
    }

    func customer(ofIdentity identity: IdentityID) throws(StoreError) -> CustomerID? {
        try connection.first("SELECT customer FROM identities WHERE id = $1", [identity]) {
            row throws(StoreError) in try row.number(0)
        }
    }

    func customer(ofMessage message: MessageID) throws(StoreError) -> CustomerID? {
        try connection.first("SELECT customer FROM messages WHERE id = $1", [message]) {
            row throws(StoreError) in try row.number(0)
        }
    }

    /// The addresses that count as one where somebody is written to automatically: this one, and the mail addresses of
    /// whoever is merged with its customer; at most 20.
    public func addressesAsOne(
        _ address: String, of customer: CustomerID
    ) throws(StoreError) -> [String] {
        let members = try tree(of: customer)
        guard members.count > 1 else { return [address] }
        let others = try addresses(of: customer, kind: IdentityAddress.emailKind)
            .map(\.address.value)
        return [address] + others.filter { $0 != address }
    }

    /// What a customer's own row says, whoever they are merged with.
    public func settings(of customer: CustomerID) throws(StoreError) -> CustomerSettings {
        try connection.first(
            """
            SELECT c.standing, c.blocked, c.preferred_channel, c.segments, x.body
            FROM customers c LEFT JOIN contents x ON x.id = c.external_id WHERE c.id = $1
            """, [customer]
        ) { row throws(StoreError) in
            CustomerSettings(
                standing: row.optionalWord(0) ?? .regular,
                blocking: try row.integer(1) == 1 ? .blocked : .allowed,
                preferred: row.optionalWord(2),
                segments: try row.text(3).split(separator: "\n").map(String.init),
                externalID: row.optionalText(4))
        }
            ?? CustomerSettings(
                standing: .regular, blocking: .allowed, preferred: nil, segments: [],
                externalID: nil)
    }

    public func isBlocked(_ customer: CustomerID) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM customers c JOIN customers r ON r.id = c.root
            WHERE c.id = $1 AND r.blocked = 1
            """, [customer])
    }

    /// Who has this key in the CRM; the first by number where a list gave it twice.
    public func customer(
        externalID: String
    ) throws(StoreError) -> CustomerID? {
        try connection.first(
            "SELECT id FROM customers WHERE external_key = $1 ORDER BY id LIMIT 1",
            [IndexKey.of(externalID)]
        ) { row throws(StoreError) in try row.number(0) }
    }

    /// The private team that alone knows anybody of a customer's tree; nil when others do, or it has no tickets.
    public func onlyPrivateTeam(ofTree customer: CustomerID) throws(StoreError) -> TeamID? {
        try connection.first(
            """
            SELECT MIN(t.team) FROM tickets t
            WHERE t.customer IN (SELECT c.id FROM customers c WHERE c.root = $1)
            HAVING MIN(t.hidden) = 1
            """, [try root(of: customer)]
        ) { row throws(StoreError) in row.optionalWord(0, as: TeamID.self) } ?? nil
    }
}
