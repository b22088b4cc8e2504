internal import HelpdeskCore
internal import HelpdeskStore

extension ReportDesk {
    /// Points of a line.
    private static let linePoints = 60

    /// Everything in one look, against the period before. Its halves are read side by side.
    func overview(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let desk = desk
        let now = desk.now
        let previous = filter.previous
        async let closingHalf = desk.store.read { reader throws(StoreError) in
            (
                try reader.closings(filter, viewer: viewer),
                try reader.closings(previous, viewer: viewer),
                try reader.backlog(
                    team: filter.team, agent: filter.agent, at: now, viewer: viewer)
            )
        }
        let opening = try await read { reader throws(StoreError) in
            (
                before: try reader.openedTickets(previous, viewer: viewer),
                waits: try reader.firstResponses(filter, viewer: viewer),
                waitsBefore: try reader.firstResponses(previous, viewer: viewer),
                csat: try reader.scoreReport(filter.scores(.csat), viewer: viewer),
                csatBefore: try reader.scoreReport(previous.scores(.csat), viewer: viewer),
                opened: try Self.opened(filter, reader, viewer)
            )
        }
        let closings: (ClosingFigures, ClosingFigures, [BacklogFigures])
        do {
            closings = try await closingHalf
        } catch {
            throw (error as? StoreError).map(DeskFailure.store) ?? .stopped
        }
        // The parts of the period are the whole of it.
        let opened = opening.opened.reduce(0) { $0 + $1.count }
        report.figures = [
            ReportFigure(
                "opened", .count, Double(opened), of: opened, previous: Double(opening.before)),
            ReportFigure(
                "closed", .count, Double(closings.0.closed), of: closings.0.closed,
                previous: Double(closings.1.closed)),
            Self.backlogFigure(closings.2),
        ]
        report.figures += Self.waits("first_response", opening.waits, opening.waitsBefore)
        report.figures += Self.closing(closings.0, closings.1)
        report.figures += ScoreFigures.figures(opening.csat, opening.csatBefore)
        report.tables = [Self.line(opening.opened)]
    }

    static func backlogFigure(_ backlog: [BacklogFigures]) -> ReportFigure {
        let open = backlog.reduce(0) { $0 + $1.counts.reduce(0, +) }
        return ReportFigure("backlog", .count, Double(open), of: open)
    }

    static func waits(
        _ name: String, _ waits: DurationSummary, _ before: DurationSummary
    ) -> [ReportFigure] {
        [
            .duration("\(name)_median", waits.median, of: waits.count, previous: before.median),
            .duration(
                "\(name)_p90", waits.ninetieth, of: waits.count, previous: before.ninetieth),
            .duration("\(name)_mean", waits.mean, of: waits.count, previous: before.mean),
        ]
    }

    static func closing(
        _ figures: ClosingFigures, _ before: ClosingFigures
    ) -> [ReportFigure] {
        waits("resolution", figures.resolution, before.resolution) + [
            .share(
                "first_contact_resolution", figures.firstContact, of: figures.closed,
                previous: (before.firstContact, before.closed)),
            .share(
                "reopen_rate", figures.reopened, of: figures.closed,
                previous: (before.reopened, before.closed)),
            ReportFigure(
                "handovers_per_ticket", .mean,
                figures.closed > 0
                    ? Double(figures.handovers) / Double(figures.closed) : nil,
                of: figures.closed,
                previous: before.closed > 0
                    ? Double(before.handovers) / Double(before.closed) : nil),
        ]
    }

    /// Opened tickets over time, at most 60 points.
    private static func opened(
        _ filter: ReportFilter, _ reader: StoreReader, _ viewer: Viewer
    ) throws(StoreError) -> [(from: Instant, count: Int)] {
        var points: [(from: Instant, count: Int)] = []
        for part in filter.period.parts(atMost: linePoints) {
            var own = filter
            own.period = part
            points.append((part.from, try reader.openedTickets(own, viewer: viewer)))
        }
        return points
    }

    private static func line(_ points: [(from: Instant, count: Int)]) -> ReportTable {
        ReportTable(
            "opened_over_time", .series,
            columns: [.init("from", .duration), .init("opened", .count)],
            rows: points.map { point in
                [.number(Double(point.from.milliseconds)), ReportTable.Cell(point.count)]
            })
    }
}

/// Scores as figures.
enum ScoreFigures {
    static func figures(_ report: ScoreReport, _ before: ScoreReport) -> [ReportFigure] {
        let summary = report.summary
        let name = summary.kind.rawValue
        var figures = [
            ReportFigure(
                "\(name)_satisfied", .share, summary.satisfied, of: summary.total,
                interval: summary.interval, previous: before.summary.satisfied),
            ReportFigure(
                "\(name)_mean", .mean, summary.mean, of: summary.total,
                previous: before.summary.mean),
            .share(
                "\(name)_response_rate", report.responded, of: report.sent,
                previous: (before.responded, before.sent)),
        ]
        if summary.kind == .nps {
            figures.insert(
                ReportFigure(
                    "nps", .net, summary.netPromoters, of: summary.total,
                    interval: summary.netInterval, previous: before.summary.netPromoters), at: 0)
        }
        return figures
    }
}
