internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// A report as people read it: figures against the period before, and small plots.
struct ReportCard {
    private let moments: MomentText
    private(set) var lines: [String] = []

    init(_ report: API.Report, _ context: CommandContext) {
        moments = context.moments
        let whose = [report.team?.rawValue, report.agent?.rawValue].compactMap { $0 }
        add(
            ([report.report, "from \(moments.text(report.from)) to \(moments.text(report.to))"]
                + whose).joined(separator: ", "))
        if !report.figures.isEmpty { add(figures: report.figures) }
        for table in report.tables where !table.rows.isEmpty { add(table) }
    }

    private mutating func add(_ line: String) {
        lines.append(Sanitizer.singleLine(line).string)
    }

    private mutating func add(figures: [API.Report.Figure]) {
        lines.append("")
        let names = figures.map { Self.words($0.name) }
        let width = names.map(\.count).max() ?? 0
        for (name, figure) in zip(names, figures) {
            var parts = [
                Self.padded(name, width) + "  "
                    + Self.leading(ReportText.value(figure.value, figure.unit), 10)
            ]
            if let interval = figure.interval, figure.value != nil {
                parts.append(
                    "(95 %: \(ReportText.value(interval.low, figure.unit)) to \(ReportText.value(interval.high, figure.unit)))"
                )
            }
            if figure.unit != "count" { parts.append("n \(figure.n)") }
            if let change = ReportText.change(figure) { parts.append(change) }
            if figure.smallSample, figure.n > 0 { parts.append("few: says little") }
            add(parts.joined(separator: "  "))
        }
    }

    private mutating func add(_ table: API.Report.Table) {
        lines.append("")
        add(Self.words(table.name))
        switch table.shape {
        case "bars": addBars(table)
        case "series": addSeries(table)
        case "heat": addHeat(table)
        default: addRows(table)
        }
    }

    private mutating func addBars(_ table: API.Report.Table) {
        let most = table.rows.compactMap { $0.count > 1 ? $0[1].double : nil }.max() ?? 0
        let names = table.rows.map { $0.first?.text ?? "" }
        let width = min(30, names.map(\.count).max() ?? 0)
        for (name, row) in zip(names, table.rows) where row.count > 1 {
            let rest = zip(table.columns, row).dropFirst(2).compactMap { column, cell in
                cell == .null
                    ? nil : "\(Self.words(column.name)) \(ReportText.cell(cell, column.unit))"
            }
            add(
                Self.padded(name, width) + "  "
                    + Self.padded(Plot.bar(row[1].double ?? 0, of: most, width: 24), 24) + " "
                    + Self.leading(ReportText.cell(row[1], table.columns[1].unit), 7) + "  "
                    + (rest + (table.isFew(row) ? ["few"] : [])).joined(separator: "  "))
        }
    }

    private mutating func addSeries(_ table: API.Report.Table) {
        let values = table.rows.compactMap { $0.count > 1 ? $0[1].double : nil }
        let most = values.max() ?? 0
        add(Plot.line(values) + "  at most \(ReportText.value(most, "count"))")
    }

    private mutating func addHeat(_ table: API.Report.Table) {
        let most = table.rows.flatMap { $0.dropFirst() }.compactMap(\.double).max() ?? 0
        add("      0     3     6     9     12    15    18    21")
        for row in table.rows {
            let shades = row.dropFirst().map { Plot.shade($0.double ?? 0, of: most) }
            let sum = row.dropFirst().compactMap(\.double).reduce(0, +)
            add(
                Self.padded(row.first?.text ?? "", 5) + " " + shades.joined() + "  "
                    + ReportText.value(sum, "count"))
        }
    }

    private mutating func addRows(_ table: API.Report.Table) {
        let cells = table.rows.map { row in
            zip(table.columns, row).map { ReportText.cell($1, $0.unit) }
        }
        let titles = table.columns.map { Self.words($0.name) }
        let widths = titles.indices.map { index in
            max(titles[index].count, cells.map { $0[index].count }.max() ?? 0)
        }
        let marks = [""] + table.rows.map { table.isFew($0) ? "  few" : "" }
        for (row, mark) in zip([titles] + cells, marks) {
            add(
                row.enumerated().map { index, cell in
                    table.columns[index].unit == "text"
                        ? Self.padded(cell, widths[index]) : Self.leading(cell, widths[index])
                }.joined(separator: "  ") + mark)
        }
    }

    /// Names of figures are words with low lines between.
    private static func words(_ name: String) -> String {
        String(name.map { $0 == "_" ? " " : $0 })
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let short = String(text.prefix(max(width, 0)))
        return short + String(repeating: " ", count: max(0, width - short.count))
    }

    private static func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

extension JSONValue {
    /// A number, whole or not.
    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}
