public import HelpdeskCore

/// What became of the tickets that were first closed within a period.
public struct ClosingFigures: Hashable, Sendable {
    public var closed = 0
    public var reopened = 0
    /// Solved by one answer, in one pair of hands, and not opened again.
    public var firstContact = 0
    public var handovers = 0
    /// Of those that are closed now.
    public var resolution = DurationSummary(milliseconds: [])

    public init() {}
}

/// The work of one agent or team within a period.
public struct WorkFigures: Hashable, Sendable {
    public let key: String
    public var closings = ClosingFigures()
    public var firstResponse = DurationSummary(milliseconds: [])

    public init(
        key: String, closings: ClosingFigures = ClosingFigures(),
        firstResponse: DurationSummary = DurationSummary(milliseconds: [])
    ) {
        self.key = key
        self.closings = closings
        self.firstResponse = firstResponse
    }
}

extension StoreReader {
    static let openedQuery = """
        SELECT COUNT(*) FROM ticket_figures f
        WHERE f.counted = 1 AND f.opened_at >= $1 AND f.opened_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        """

    /// Tickets opened within a period.
    public func openedTickets(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> Int {
        let count = try connection.first(Self.openedQuery, filter.parameters(viewer)) {
            row throws(StoreError) in try row.integer(0)
        }
        return Int(clamping: count ?? 0)
    }

    static let firstResponseQuery = """
        SELECT f.reply_wait, f.replied_by FROM ticket_figures f
        WHERE f.counted = 1 AND f.replied_at >= $1 AND f.replied_at < $2
          AND \(ReportFilter.condition(agent: "f.replied_by"))
        """

    /// How long customers waited for the first human answer that arrived, of those that arrived within a period.
    public func firstResponses(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> DurationSummary {
        var waits: [Int64] = []
        try connection.rows(Self.firstResponseQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            waits.append(try row.integer(0))
            return .next
        }
        return DurationSummary(milliseconds: waits)
    }

    static let closedQuery = """
        SELECT f.reopenings, f.handovers, f.written, f.resolution, f.agent, f.team
        FROM ticket_figures f
        WHERE f.counted = 1 AND f.first_closed_at >= $1 AND f.first_closed_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        """

    public func closings(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> ClosingFigures {
        var tally = ClosingTally()
        try connection.rows(Self.closedQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            try tally.add(row)
            return .next
        }
        return tally.figures
    }

    /// Closings and first responses by agent, at most 500 of them, by login. Work of nobody is left out.
    public func workByAgent(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [WorkFigures] {
        var tallies: [String: ClosingTally] = [:]
        try connection.rows(Self.closedQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            if let agent = row.optionalText(4) {
                try tallies[agent, default: ClosingTally()].add(row)
            }
            return .next
        }
        var waits: [String: [Int64]] = [:]
        try connection.rows(Self.firstResponseQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            if let agent = row.optionalText(1) {
                waits[agent, default: []].append(try row.integer(0))
            }
            return .next
        }
        return Set(tallies.keys).union(waits.keys).sorted().prefix(500).map { agent in
            WorkFigures(
                key: agent, closings: tallies[agent]?.figures ?? ClosingFigures(),
                firstResponse: DurationSummary(milliseconds: waits[agent] ?? []))
        }
    }
}

/// Adds up closed tickets.
private struct ClosingTally {
    private var sums = ClosingFigures()
    private var resolutions: [Int64] = []

    mutating func add(_ row: borrowing SQLRow) throws(StoreError) {
        let reopenings = try row.integer(0)
        let handovers = try row.integer(1)
        sums.closed += 1
        if reopenings > 0 { sums.reopened += 1 }
        if reopenings == 0, handovers == 0, try row.integer(2) <= 1 { sums.firstContact += 1 }
        sums.handovers += Int(clamping: handovers)
        if let resolution = row.optionalInteger(3) { resolutions.append(resolution) }
    }

    var figures: ClosingFigures {
        var figures = sums
        figures.resolution = DurationSummary(milliseconds: resolutions)
        return figures
    }
}
