public import HelpdeskCore

extension StoreReader {
    /// How many of the newest hits a list with words looks at: it is exact up to there, and cheap for any word.
    static let hitsLookedAt = 5_000

    /// A page of tickets, newest first.
    /// - Parameter cursor: the last number of the page before.
    public func tickets(
        _ filter: TicketFilter, after cursor: TicketNumber? = nil, limit: Int = PageLimit.usual,
        viewer: Viewer
    ) throws(StoreError) -> Page<TicketSummary, TicketNumber> {
        let limit = PageLimit.bounded(limit)
        let below = cursor ?? TicketNumber(rawValue: .max)
        let numbers =
            if let query = filter.query {
                try ticketNumbers(
                    holding: query, filter, below: below, limit: limit + 1, viewer: viewer)
            } else {
                try TicketSelection(
                    filter: filter, viewer: viewer, members: try members(of: filter)
                ).numbers(below: below, limit: limit + 1, connection)
            }
        var rows: [TicketSummary] = []
        for number in numbers {
            if let row = try ticketSummary(number, viewer: viewer) { rows.append(row) }
        }
        return Page(oneMore: rows, limit: limit) { $0.row.ticket.number }
    }

    /// How many tickets a list has, counted up to `limit`.
    public func ticketCount(
        _ filter: TicketFilter, upTo limit: Int = PageLimit.maximum, viewer: Viewer
    ) throws(StoreError) -> Int {
        let below = TicketNumber(rawValue: .max)
        let limit = PageLimit.bounded(limit)
        if let query = filter.query {
            return try ticketNumbers(
                holding: query, filter, below: below, limit: limit, viewer: viewer
            ).count
        }
        return try TicketSelection(
            filter: filter, viewer: viewer, members: try members(of: filter)
        ).numbers(below: below, limit: limit, connection).count
    }

    private func members(of filter: TicketFilter) throws(StoreError) -> [CustomerID] {
        guard let customer = filter.customer else { return [] }
        return try tree(of: customer)
    }

    /// Tickets that hold the words, or have the number that was typed.
    private func ticketNumbers(
        holding query: SearchTerms, _ filter: TicketFilter, below: TicketNumber, limit: Int,
        viewer: Viewer
    ) throws(StoreError) -> [TicketNumber] {
        var found: Set<TicketNumber> = []
        if let number = query.ticket { found.insert(number) }
        for hit in try newestHits(
            query, below: MessageID(rawValue: .max), limit: Self.hitsLookedAt, viewer: viewer)
        {
            found.insert(hit.ticket)
        }
        let members = try members(of: filter)
        var numbers: [TicketNumber] = []
        for number in found.sorted(by: >) where number < below {
            guard numbers.count < limit else { break }
            if let row = try ticket(number, viewer: viewer), filter.accepts(row, members) {
                numbers.append(number)
            }
        }
        return numbers
    }

    /// Messages that hold every term, newest first.
    func newestHits(
        _ query: SearchTerms, below: MessageID, limit: Int, viewer: Viewer
    ) throws(StoreError) -> [(message: MessageID, ticket: TicketNumber)] {
        guard !query.terms.isEmpty else { return [] }
        return try connection.all(
            Dialect.newestHits, [Dialect.matchExpression(query), below, viewer, limit]
        ) { row throws(StoreError) in (try row.number(0), try row.number(1)) }
    }
}
