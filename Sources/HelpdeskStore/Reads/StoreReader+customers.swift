public import HelpdeskCore

extension StoreReader {
    /// Rows looked at for one page of finds: bounds a search for one letter.
    static let customersLookedAt = 2_000

    /// Customers found by their number, by the beginnings of words of their name, or by the beginning of an address,
    /// by number, lowest first. Those whose every ticket is hidden from the viewer are not found.
    /// - Parameter cursor: the last customer of the page before.
    public func customers(
        matching query: String, after cursor: CustomerID? = nil, limit: Int = PageLimit.usual,
        viewer: Viewer
    ) throws(StoreError) -> Page<CustomerCard, CustomerID> {
        let limit = PageLimit.bounded(limit)
        let after = cursor ?? CustomerID(rawValue: 0)
        // Merged customers are found by any of their names, and shown once.
        var ids: Set<CustomerID> = []
        for id in try candidates(for: query) {
            let isAlone = try root(of: id) == id
            if let shown = isAlone ? id : try members(of: id, viewer: viewer).first {
                ids.insert(shown)
            }
        }
        var cards: [CustomerCard] = []
        for id in ids.filter({ $0 > after }).sorted() {
            guard cards.count <= limit else { break }
            if let card = try customer(id, viewer: viewer) { cards.append(card) }
        }
        return Page(oneMore: cards, limit: limit) { $0.customer.id }
    }

    private func candidates(
        for query: String
    ) throws(StoreError) -> Set<CustomerID> {
        let query = String(query.unicodeScalars.prefix(200))
        var found: Set<CustomerID> = []
        if let number = SearchTerms(query).ticket {
            found.insert(CustomerID(rawValue: number.rawValue))
        }
        found.formUnion(try customersNamed(query))
        found.formUnion(try customersReached(at: query))
        return found
    }

    /// Every word of the query begins a word of the name, or of the organisation's.
    private func customersNamed(_ query: String) throws(StoreError) -> Set<CustomerID> {
        var result: Set<CustomerID>?
        for word in TextFold.words(in: query, limit: 8) {
            let customers = try connection.all(
                """
                SELECT customer FROM customer_words WHERE word >= $1 AND word < $2
                ORDER BY word, customer LIMIT $3
                """, [word, Self.end(of: word), Self.customersLookedAt]
            ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
            result = result?.intersection(customers) ?? Set(customers)
        }
        return result ?? []
    }

    /// `sara@`, `+98912`, or with its kind, `telegram:81`. Mail addresses stand in lower case.
    private func customersReached(at query: String) throws(StoreError) -> Set<CustomerID> {
        var beginnings = [query, TextFold.folded(query)]
        if let colon = query.firstIndex(of: ":") {
            let value = String(query[query.index(after: colon)...])
            beginnings += [value, TextFold.folded(value)]
        }
        var result: Set<CustomerID> = []
        for beginning in Set(beginnings) where beginning.utf8.count >= 2 {
            let customers = try connection.all(
                """
                SELECT customer FROM identities WHERE value >= $1 AND value < $2
                ORDER BY value, customer LIMIT $3
                """, [beginning, Self.end(of: beginning), Self.customersLookedAt]
            ) { row throws(StoreError) in try row.number(0, as: CustomerID.self) }
            result.formUnion(customers)
        }
        return result
    }

    /// Behind everything that begins with the text.
    private static func end(of beginning: String) -> String { beginning + "\u{10FFFF}" }
}
