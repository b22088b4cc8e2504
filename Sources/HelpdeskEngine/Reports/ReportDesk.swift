public import HelpdeskCore
public import HelpdeskStore

/// Reports by name. Each is made from one or two snapshots of the store, on its readers' threads, and is as fast as the
/// indexes of `ticket_figures` and `invitations`, which hold all that is looked at.
public struct ReportDesk: Sendable {
    /// The names of reports that are figures and tables; those of scores are kinds of survey.
    public enum Name: String, Sendable, CaseIterable {
        case overview, agents, topics, sla, backlog, promises, channels, hours, funnel
    }

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// - Parameter filter: which tickets; a backlog is of now, whatever its period.
    public func report(
        _ name: Name, _ filter: ReportFilter, viewer: Viewer
    ) async throws(DeskFailure) -> Report {
        var report = Report(name: name.rawValue, period: filter.period)
        switch name {
        case .overview: try await overview(&report, filter, viewer)
        case .agents: try await agents(&report, filter, viewer)
        case .topics: try await topics(&report, filter, viewer)
        case .sla: try await sla(&report, filter, viewer)
        case .backlog: try await backlog(&report, filter, viewer)
        case .promises: try await promises(&report, filter, viewer)
        case .channels: try await channels(&report, filter, viewer)
        case .hours: try await hours(&report, filter, viewer)
        case .funnel: try await funnel(&report, filter, viewer)
        }
        return report
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws(StoreError) -> Value
    ) async throws(DeskFailure) -> Value {
        try await desk.read(body)
    }
}

extension ReportFilter {
    func scores(_ kind: SurveyKind) -> ScoreFilter {
        ScoreFilter(kind: kind, from: period.from, to: period.to, team: team, agent: agent)
    }
}
