internal import HelpdeskAPI
internal import HelpdeskCore

/// Rows of scores that few answers stand behind: they say little, and are shown so.
extension API.Report.Table {
    /// Whether a row says how content somebody was.
    var hasScores: Bool {
        columns.contains { ["satisfied", "csat_satisfied", "nps"].contains($0.name) }
    }

    func isFew(_ row: [JSONValue]) -> Bool {
        guard hasScores else { return false }
        return zip(columns, row).contains { column, cell in
            guard column.isOfAnswers, let n = cell.double else { return false }
            return n > 0 && n < Double(ScoreSummary.smallSample)
        }
    }
}

extension API.Report.Table.Column {
    /// Whether it counts answers.
    var isOfAnswers: Bool { unit == "count" && (name == "n" || name.hasSuffix("_n")) }
}
