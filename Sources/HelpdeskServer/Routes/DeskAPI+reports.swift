internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var reportOperations: [String: Operation] {
        [
            "getReport": getReport, "getCSAT": { try await scores(.csat, $0) },
            "getNPS": { try await scores(.nps, $0) }, "getCES": { try await scores(.ces, $0) },
            "getOwnScores": { try await scores(.own, $0) },
        ]
    }

    /// The last 30 days up to now, where nobody says more.
    private static let usualPeriod = TimeSpan.days(30)

    func getReport(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let word = try request.parameter()
        guard let name = ReportDesk.Name(rawValue: word) else {
            throw DeskProblem.notFound("report \(word)")
        }
        let to = try request.query.time("to") ?? now
        let from = try request.query.time("from") ?? to - Self.usualPeriod
        guard from <= to else { throw DeskProblem.malformed("query from", "it is after to") }
        let filter = ReportFilter(
            period: ReportPeriod(from: from, to: to), team: Self.team(request),
            agent: Self.agent(request))
        let report = try await ReportDesk(desk).report(name, filter, viewer: viewer)
        return try .document(API.Report(report, filter))
    }

    /// Without a period: everything.
    private func scores(_ kind: SurveyKind, _ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let from = try request.query.time("from")
        let to = try request.query.time("to")
        let filter = ScoreFilter(
            kind: kind, from: from ?? .distantPast, to: to ?? .distantFuture,
            team: Self.team(request), agent: Self.agent(request))
        var before: ScoreFilter?
        if let from, from <= (to ?? now) {
            let previous = ReportPeriod(from: from, to: to ?? now).previous
            before = ScoreFilter(
                kind: kind, from: previous.from, to: previous.to, team: filter.team,
                agent: filter.agent)
        }
        let found = try await read { [before] reader throws(StoreError) in
            let previous = try before.map { filter throws(StoreError) in
                try reader.scoreReport(filter, viewer: viewer)
            }
            return API.ScoreReport(
                try reader.scoreReport(filter, viewer: viewer), filter, previous: previous,
                agents: try reader.scores(by: .agent, filter, viewer: viewer),
                teams: try reader.scores(by: .team, filter, viewer: viewer),
                channels: try reader.scores(by: .channel, filter, viewer: viewer),
                topics: try reader.scores(by: .topic, filter, viewer: viewer))
        }
        return try .document(found)
    }

    private static func team(_ request: DeskRequest) -> TeamID? {
        request.query["team"].map { TeamID(rawValue: $0) }
    }

    private static func agent(_ request: DeskRequest) -> AgentID? {
        request.query["agent"].map { AgentID(rawValue: $0) }
    }
}
