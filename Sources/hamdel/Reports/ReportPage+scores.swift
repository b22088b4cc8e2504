internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Report {
    /// The same figures and tables as other reports have, so that one page shows them all.
    init(_ scores: API.ScoreReport, now: Timestamp) {
        let few = scores.smallSample
        func figure(
            _ name: String, _ unit: String, _ value: Double?, of n: Int,
            _ interval: API.ScoreReport.Interval? = nil, before previous: Double? = nil
        ) -> Figure {
            Figure(
                name: name, unit: unit, value: value, n: n, interval: interval,
                previous: previous, smallSample: few && unit != "count")
        }
        var figures: [Figure] = []
        if scores.nps != nil {
            figures.append(
                figure(
                    "nps", "net", scores.nps, of: scores.n, scores.npsInterval,
                    before: scores.previous?.nps))
        }
        figures += [
            figure(
                "satisfied", "share", scores.satisfied, of: scores.n, scores.interval,
                before: scores.previous?.satisfied),
            figure("neutral", "share", scores.neutral, of: scores.n),
            figure("dissatisfied", "share", scores.dissatisfied, of: scores.n),
            figure("mean", "mean", scores.mean, of: scores.n, before: scores.previous?.mean),
            figure(
                "response_rate", "share", scores.responseRate, of: scores.sent,
                before: scores.previous?.responseRate),
        ]
        let parts = [
            ("agents", "agent", scores.agents), ("teams", "team", scores.teams),
            ("channels", "channel", scores.channels), ("topics", "topic", scores.topics),
        ]
        self.init(
            report: scores.report, from: scores.from ?? Timestamp(.init(milliseconds: 0)),
            to: scores.to ?? now, team: scores.team, agent: scores.agent, figures: figures,
            tables: [Self.counts(scores.scores)] + parts.map(Self.table))
    }

    private static func counts(_ counts: [API.ScoreReport.Count]) -> Table {
        Table(
            name: "scores", shape: "bars",
            columns: [
                .init(name: "score", unit: "count"), .init(name: "n", unit: "count"),
                .init(name: "share", unit: "share"),
            ],
            rows: counts.map {
                [.integer(Int64($0.score)), .integer(Int64($0.n)), number($0.share)]
            })
    }

    private static func table(
        _ name: String, _ key: String, _ parts: [API.ScoreReport.Part]
    ) -> Table {
        let isNet = parts.contains { $0.nps != nil }
        let unit = isNet ? "net" : "share"
        return Table(
            name: name, shape: "rows",
            columns: [
                .init(name: key, unit: "text"), .init(name: "n", unit: "count"),
                .init(name: "sent", unit: "count"), .init(name: "response_rate", unit: "share"),
                .init(name: isNet ? "nps" : "satisfied", unit: unit),
                .init(name: "low", unit: unit), .init(name: "high", unit: unit),
                .init(name: "mean", unit: "mean"),
            ],
            rows: parts.map { part in
                let interval = isNet ? part.npsInterval : part.interval
                return [
                    .string(part.key), .integer(Int64(part.n)), .integer(Int64(part.sent)),
                    number(part.responseRate), number(isNet ? part.nps : part.satisfied),
                    number(interval?.low), number(interval?.high), number(part.mean),
                ]
            })
    }

    private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
