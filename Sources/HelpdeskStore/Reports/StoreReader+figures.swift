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

    /// Every wait as one value, `3000,125,…`: handing over rows costs ten times what adding them up does (Docs/Performance.md).
    /// PostgreSQL has no aggregate of this name; one is made there in its first step.
    private static func list(_ column: String) -> String { "group_concat(\(column))" }

    static let firstResponseQuery = """
        SELECT \(list("f.reply_wait")) FROM ticket_figures f
        WHERE f.counted = 1 AND f.replied_at >= $1 AND f.replied_at < $2
          AND \(ReportFilter.condition(agent: "f.replied_by"))
        """

    /// How long customers waited for the first human answer that arrived, of those that arrived within a period.
    public func firstResponses(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> DurationSummary {
        let waits = try connection.first(Self.firstResponseQuery, filter.parameters(viewer)) {
            row throws(StoreError) in try Self.waits(row, 0)
        }
        return waits ?? DurationSummary(milliseconds: [])
    }

    private static let closingSums = """
        COUNT(*), SUM(CASE WHEN f.reopenings > 0 THEN 1 ELSE 0 END),
          SUM(CASE WHEN f.reopenings = 0 AND f.handovers = 0 AND f.written <= 1 THEN 1 ELSE 0 END),
          SUM(f.handovers), \(list("f.resolution"))
        """

    private static let closedWithin = """
        FROM ticket_figures f
        WHERE f.counted = 1 AND f.first_closed_at >= $1 AND f.first_closed_at < $2
          AND \(ReportFilter.condition(agent: "f.agent"))
        """

    static let closedQuery = "SELECT \(closingSums) \(closedWithin)"

    public func closings(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> ClosingFigures {
        try connection.first(Self.closedQuery, filter.parameters(viewer)) {
            row throws(StoreError) in try Self.closings(row, from: 0)
        } ?? ClosingFigures()
    }

    static let closedByAgentQuery = """
        SELECT f.agent, \(closingSums) \(closedWithin) AND f.agent IS NOT NULL
        GROUP BY f.agent ORDER BY f.agent LIMIT 500
        """

    static let firstResponseByAgentQuery = """
        SELECT f.replied_by, \(list("f.reply_wait")) FROM ticket_figures f
        WHERE f.counted = 1 AND f.replied_at >= $1 AND f.replied_at < $2
          AND \(ReportFilter.condition(agent: "f.replied_by")) AND f.replied_by IS NOT NULL
        GROUP BY f.replied_by ORDER BY f.replied_by LIMIT 500
        """

    /// Closings and first responses by agent, at most 500 of them, by login. Work of nobody is left out.
    public func workByAgent(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> [WorkFigures] {
        var work: [String: WorkFigures] = [:]
        try connection.rows(Self.closedByAgentQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            let agent = try row.text(0)
            work[agent, default: WorkFigures(key: agent)].closings = try Self.closings(row, from: 1)
            return .next
        }
        try connection.rows(Self.firstResponseByAgentQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            let agent = try row.text(0)
            work[agent, default: WorkFigures(key: agent)].firstResponse = try Self.waits(row, 1)
            return .next
        }
        return work.keys.sorted().prefix(500).compactMap { work[$0] }
    }

    private static func closings(
        _ row: borrowing SQLRow, from first: Int
    ) throws(StoreError) -> ClosingFigures {
        var figures = ClosingFigures()
        func sum(_ column: Int) -> Int { Int(clamping: row.optionalInteger(first + column) ?? 0) }
        figures.closed = sum(0)
        figures.reopened = sum(1)
        figures.firstContact = sum(2)
        figures.handovers = sum(3)
        figures.resolution = try waits(row, first + 4)
        return figures
    }

    /// A list as `list` makes it; null where nothing was in it, a number where it was only one.
    private static func waits(
        _ row: borrowing SQLRow, _ column: Int
    ) throws(StoreError) -> DurationSummary {
        var waits: [Int64] = []
        switch row.value(column) {
        case .null: break
        case .integer(let wait): waits.append(wait)
        case .text(var text):
            let isRead = text.withUTF8 { NumberList.read($0, into: &waits) }
            guard isRead else { throw .damaged("column \(column)") }
        case .blob: throw .damaged("column \(column)")
        }
        return DurationSummary(milliseconds: waits)
    }
}
