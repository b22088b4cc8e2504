internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.Report {
    init(_ report: Report, _ filter: ReportFilter) {
        self.init(
            report: report.name, from: Timestamp(report.period.from),
            to: Timestamp(report.period.to), team: filter.team, agent: filter.agent,
            figures: report.figures.map { Figure($0) }, tables: report.tables.map { Table($0) })
    }
}

extension API.Report.Figure {
    init(_ figure: ReportFigure) {
        self.init(
            name: figure.name, unit: figure.unit.rawValue, value: figure.value, n: figure.count,
            interval: figure.interval.map { API.ScoreReport.Interval($0) },
            previous: figure.previous, smallSample: figure.size == .small)
    }
}

extension API.Report.Table {
    init(_ table: ReportTable) {
        self.init(
            name: table.name, shape: table.shape.rawValue,
            columns: table.columns.map { Column(name: $0.name, unit: $0.unit.rawValue) },
            rows: table.rows.map { $0.map(Self.value) })
    }

    /// Whole numbers are written as such.
    private static func value(_ cell: ReportTable.Cell) -> JSONValue {
        switch cell {
        case .text(let text): .string(text)
        case .number(let number): Int64(exactly: number).map { .integer($0) } ?? .number(number)
        case .nothing: .null
        }
    }
}

extension API.ScoreReport.Interval {
    init(_ interval: ScoreSummary.Interval) {
        self.init(low: interval.low, high: interval.high)
    }
}

extension API.ScoreReport {
    init(
        _ report: ScoreReport, _ filter: ScoreFilter, previous: ScoreReport?,
        agents: [ScoreShare], teams: [ScoreShare], channels: [ScoreShare], topics: [ScoreShare]
    ) {
        let summary = report.summary
        self.init(
            report: filter.kind.rawValue,
            from: Timestamp(filter.from == .distantPast ? nil : filter.from),
            to: Timestamp(filter.to == .distantFuture ? nil : filter.to), team: filter.team,
            agent: filter.agent, n: summary.total, sent: report.sent,
            responseRate: report.responseRate, satisfied: summary.satisfied,
            neutral: summary.neutral, dissatisfied: summary.dissatisfied, mean: summary.mean,
            interval: summary.interval.map { Interval($0) }, nps: summary.netPromoters,
            npsInterval: summary.netInterval.map { Interval($0) },
            smallSample: summary.size == .small,
            scores: summary.counts.map { Count(score: $0.score, n: $0.count, share: $0.share) },
            previous: previous.map { Previous($0) }, agents: agents.map { Part($0) },
            teams: teams.map { Part($0) }, channels: channels.map { Part($0) },
            topics: topics.map { Part($0) })
    }
}

extension API.ScoreReport.Previous {
    init(_ report: ScoreReport) {
        self.init(
            n: report.summary.total, responseRate: report.responseRate,
            satisfied: report.summary.satisfied, mean: report.summary.mean,
            nps: report.summary.netPromoters)
    }
}

extension API.ScoreReport.Part {
    init(_ share: ScoreShare) { self.init(share.report, key: share.key) }

    /// Of one kind of survey, which is its key.
    init(of report: ScoreReport) { self.init(report, key: report.summary.kind.rawValue) }

    private init(_ report: ScoreReport, key: String) {
        let summary = report.summary
        self.init(
            key: key, n: summary.total, sent: report.sent,
            responseRate: report.responseRate, satisfied: summary.satisfied,
            mean: summary.mean, interval: summary.interval.map { API.ScoreReport.Interval($0) },
            nps: summary.netPromoters,
            npsInterval: summary.netInterval.map { API.ScoreReport.Interval($0) },
            smallSample: summary.size == .small)
    }
}
