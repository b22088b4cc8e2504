internal import HelpdeskAPI
internal import HelpdeskClient
internal import Terminal

extension Printer {
    /// A report of figures and tables. CSV puts each table under a header of its own, with an empty line between; lines of
    /// JSON are one for each figure and each row.
    func report(_ answer: [UInt8]) throws {
        if format == .json { return try json(answer) }
        let report = try decoded(answer)
        switch format {
        case .json: return
        case .ids: try text([Sanitizer.singleLine(report.report).string])
        case .table: try text(ReportCard(report, context).lines)
        case .jsonl:
            for element in Self.elements(of: report) { try line(element) }
        case .csv:
            try context.sink.print(Array(Self.sheets(of: report).utf8))
        }
    }

    private func decoded(_ answer: [UInt8]) throws -> API.Report {
        do {
            return try WireJSON.decode(API.Report.self, from: answer)
        } catch {
            throw ClientFailure.notUnderstood(WireJSON.describe(error))
        }
    }

    private static func elements(of report: API.Report) -> [JSONValue] {
        let figures = report.figures.map { figure in
            JSONValue.object([
                JSONMember("figure", .string(figure.name)),
                JSONMember("unit", .string(figure.unit)),
                JSONMember("value", figure.value.map { .number($0) } ?? .null),
                JSONMember("n", .integer(Int64(figure.n))),
                JSONMember("low", figure.interval.map { .number($0.low) } ?? .null),
                JSONMember("high", figure.interval.map { .number($0.high) } ?? .null),
                JSONMember("previous", figure.previous.map { .number($0) } ?? .null),
            ])
        }
        let rows = report.tables.flatMap { table in
            table.rows.map { row in
                JSONValue.object(
                    [JSONMember("table", .string(table.name))]
                        + zip(table.columns, row).map { JSONMember($0.name, $1) })
            }
        }
        return figures + rows
    }

    private static func sheets(of report: API.Report) -> String {
        var sheets: [String] = []
        if !report.figures.isEmpty {
            var sheet = CSVText.line(["figure", "unit", "value", "n", "low", "high", "previous"])
            for case .object(let members) in elements(of: report).prefix(report.figures.count) {
                sheet += CSVText.line(members.map { CSVText.field($0.value) })
            }
            sheets.append(sheet)
        }
        for table in report.tables {
            var sheet = CSVText.line(table.columns.map { CSVText.field(.word($0.name)) })
            for row in table.rows { sheet += CSVText.line(row.map { CSVText.field($0) }) }
            sheets.append(sheet)
        }
        return sheets.joined(separator: "\n")
    }
}
