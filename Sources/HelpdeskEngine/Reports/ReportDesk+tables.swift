internal import HelpdeskCore
internal import HelpdeskStore

extension ReportDesk {
    func agents(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let found = try await read { reader throws(StoreError) in
            (
                work: try reader.workByAgent(filter, viewer: viewer),
                scores: try reader.scores(by: .agent, filter.scores(.csat), viewer: viewer)
            )
        }
        let scores = Dictionary(found.scores.map { ($0.key, $0.report) }) { first, _ in first }
        let logins = Set(found.work.map(\.key)).union(scores.keys).sorted()
        let work = Dictionary(found.work.map { ($0.key, $0) }) { first, _ in first }
        let nobody = ScoreReport(
            summary: ScoreSummary(kind: .csat, counts: [:]), sent: 0, responded: 0)
        report.tables = [
            ReportTable(
                "agents", .rows,
                columns: [
                    .init("agent", .text), .init("closed", .count),
                    .init("first_responses", .count), .init("first_response_median", .duration),
                    .init("resolution_median", .duration),
                    .init("first_contact_resolution", .share), .init("reopen_rate", .share),
                    .init("handovers_per_ticket", .mean), .init("csat_n", .count),
                    .init("csat_satisfied", .share), .init("csat_low", .share),
                    .init("csat_high", .share), .init("csat_response_rate", .share),
                ],
                rows: logins.map { login in
                    let own = work[login] ?? WorkFigures(key: login)
                    return [.text(login)] + Self.cells(own)
                        + Self.cells(scores[login] ?? nobody)
                })
        ]
    }

    private static func cells(_ work: WorkFigures) -> [ReportTable.Cell] {
        let closings = work.closings
        return [
            .init(closings.closed), .init(work.firstResponse.count),
            .init(work.firstResponse.median), .init(closings.resolution.median),
            .init(closings.firstContact, of: closings.closed),
            .init(closings.reopened, of: closings.closed),
            .init(closings.handovers, of: closings.closed),
        ]
    }

    private static func cells(_ scores: ScoreReport) -> [ReportTable.Cell] {
        let interval = scores.summary.interval
        return [
            .init(scores.summary.total), .init(scores.summary.satisfied), .init(interval?.low),
            .init(interval?.high), .init(scores.responded, of: scores.sent),
        ]
    }

    private static let scoreColumns: [ReportTable.Column] = [
        .init("csat_n", .count), .init("csat_satisfied", .share), .init("csat_low", .share),
        .init("csat_high", .share), .init("csat_response_rate", .share),
    ]

    func topics(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let found = try await read { reader throws(StoreError) in
            (
                now: try reader.topics(filter, viewer: viewer),
                before: try reader.topics(filter.previous, viewer: viewer),
                opened: try reader.openedTickets(filter, viewer: viewer),
                scores: try reader.scores(by: .topic, filter.scores(.csat), viewer: viewer)
            )
        }
        report.tables = [
            Self.counted(
                "topics", "topic", found.now, found.before, of: found.opened, found.scores)
        ]
    }

    func channels(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let found = try await read { reader throws(StoreError) in
            (
                now: try reader.channelMix(filter, viewer: viewer),
                before: try reader.channelMix(filter.previous, viewer: viewer),
                scores: try reader.scores(by: .channel, filter.scores(.csat), viewer: viewer)
            )
        }
        report.tables = [
            Self.counted(
                "channels", "channel", found.now, found.before,
                of: found.now.reduce(0) { $0 + $1.count }, found.scores)
        ]
    }

    private static func counted(
        _ name: String, _ key: String, _ now: [NamedCount], _ before: [NamedCount], of all: Int,
        _ scores: [ScoreShare]
    ) -> ReportTable {
        let earlier = Dictionary(before.map { ($0.name, $0.count) }) { first, _ in first }
        let scored = Dictionary(scores.map { ($0.key, $0.report) }) { first, _ in first }
        let nobody = ScoreReport(
            summary: ScoreSummary(kind: .csat, counts: [:]), sent: 0, responded: 0)
        return ReportTable(
            name, .bars,
            columns: [
                .init(key, .text), .init("opened", .count), .init("share", .share),
                .init("previous", .count),
            ] + scoreColumns,
            rows: now.map { entry in
                [
                    .text(entry.name), .init(entry.count), .init(entry.count, of: all),
                    .init(earlier[entry.name] ?? 0),
                ] + cells(scored[entry.name] ?? nobody)
            })
    }

    func sla(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let found = try await read { reader throws(StoreError) in
            (
                now: try reader.endedClocks(filter, viewer: viewer),
                before: try reader.endedClocks(filter.previous, viewer: viewer)
            )
        }
        for target in SLATarget.allCases {
            let now = found.now.filter { $0.target == target.rawValue }
            let before = found.before.filter { $0.target == target.rawValue }
            report.figures.append(
                .share(
                    "\(target.rawValue)_met", now.reduce(0) { $0 + $1.met },
                    of: now.reduce(0) { $0 + $1.met + $1.missed },
                    previous: (
                        before.reduce(0) { $0 + $1.met },
                        before.reduce(0) { $0 + $1.met + $1.missed }
                    )))
        }
        report.tables = [
            ReportTable(
                "policies", .rows,
                columns: [
                    .init("policy", .text), .init("target", .text), .init("met", .count),
                    .init("missed", .count), .init("share", .share),
                ],
                rows: found.now.map { ended in
                    [
                        .text(ended.policy), .text(ended.target), .init(ended.met),
                        .init(ended.missed), .init(ended.met, of: ended.met + ended.missed),
                    ]
                })
        ]
    }

    func promises(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let found = try await read { reader throws(StoreError) in
            (
                now: try reader.toldTimes(filter, viewer: viewer),
                before: try reader.toldTimes(filter.previous, viewer: viewer)
            )
        }
        let now = found.now
        let told = now.kept + now.broken + now.open
        report.figures = [
            ReportFigure(
                "promises", .count, Double(told), of: told,
                previous: Double(found.before.kept + found.before.broken + found.before.open)),
            .share(
                "promises_kept", now.kept, of: now.kept + now.broken,
                previous: (found.before.kept, found.before.kept + found.before.broken)),
            ReportFigure(
                "promises_revised", .count, Double(now.revisions), of: told,
                previous: Double(found.before.revisions)),
        ]
    }

    func backlog(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let now = desk.now
        let found = try await read { reader throws(StoreError) in
            try reader.backlog(team: filter.team, agent: filter.agent, at: now, viewer: viewer)
        }
        report.figures = [Self.backlogFigure(found)]
        let names = ["under 4 h", "4 to 24 h", "1 to 3 d", "3 to 7 d", "7 to 30 d", "over 30 d"]
        report.tables = [
            ReportTable(
                "backlog_by_age", .bars,
                columns: [.init("age", .text), .init("open", .count)]
                    + found.map { .init($0.status.rawValue, .count) },
                rows: names.enumerated().map { index, name in
                    let counts = found.map { $0.counts[index] }
                    return [.text(name), .init(counts.reduce(0, +))]
                        + counts.map { ReportTable.Cell($0) }
                })
        ]
    }

    func hours(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let quarters = try await read { reader throws(StoreError) in
            try reader.openedByQuarter(filter, viewer: viewer)
        }
        let zone = zone(of: filter.team)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
        for quarter in quarters {
            let local = zone.local(quarter.start)
            counts[local.date.weekday.rawValue][local.hour] += quarter.count
        }
        let columns: [ReportTable.Column] =
            [.init("day", .text)] + (0..<24).map { .init("\($0)", .count) }
        report.tables = [
            ReportTable(
                "opened_by_hour", .heat, columns: columns,
                rows: Weekday.allCases.map { day in
                    [.text(day.word)] + counts[day.rawValue].map { ReportTable.Cell($0) }
                }),
            ReportTable(
                "timezone", .rows, columns: [.init("timezone", .text)],
                rows: [[.text(zone.name)]]),
        ]
    }

    /// On whose clocks hours are counted: the team's; of all teams, the first's by name that has hours.
    private func zone(of team: TeamID?) -> ZoneRules {
        let teams = desk.policy.teams
        if let team { return teams[team]?.team.hours?.zone ?? .utc }
        return teams.values.sorted { $0.team.id < $1.team.id }
            .compactMap { $0.team.hours?.zone }.first ?? .utc
    }

    func funnel(
        _ report: inout Report, _ filter: ReportFilter, _ viewer: Viewer
    ) async throws(DeskFailure) {
        let now = desk.now
        let found = try await read { reader throws(StoreError) in
            (
                funnel: try reader.surveyFunnel(filter, viewer: viewer),
                recoveries: try reader.recoveryFigures(filter, at: now, viewer: viewer),
                before: try reader.recoveryFigures(filter.previous, at: now, viewer: viewer)
            )
        }
        let funnel = found.funnel
        let steps = [
            ("decided", funnel.decided), ("asked", funnel.asked), ("answered", funnel.answered),
            ("waiting", funnel.waiting), ("cancelled", funnel.cancelled),
        ]
        let skips = funnel.skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ("skipped: \($0.key)", $0.value) }
        report.figures = Self.recovery(found.recoveries, found.before)
        report.tables = [
            ReportTable(
                "funnel", .bars,
                columns: [.init("step", .text), .init("n", .count), .init("share", .share)],
                rows: (steps + skips).map {
                    [.text($0.0), .init($0.1), .init($0.1, of: funnel.decided)]
                })
        ]
    }

    private static func recovery(
        _ now: RecoveryFigures, _ before: RecoveryFigures
    ) -> [ReportFigure] {
        [
            ReportFigure(
                "recoveries", .count, Double(now.opened), of: now.opened,
                previous: Double(before.opened)),
            .share(
                "recoveries_done", now.done, of: now.opened, previous: (before.done, before.opened)),
            .share(
                "recovery_rate", now.recovered, of: now.done,
                previous: (before.recovered, before.done)),
            .share(
                "recoveries_late", now.late, of: now.opened,
                previous: (before.late, before.opened)),
        ]
    }
}
