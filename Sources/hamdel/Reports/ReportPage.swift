internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// A report as one page of HTML that needs nothing else: no script, no other file, no network. For a screen, a printer or an
/// attachment, from left to right or from right to left, in the light and in the dark. Every plot stands beside the table that
/// says the same in numbers.
struct ReportPage {
    let words: ReportWords
    private let offset: @Sendable (Instant) -> Int

    init(_ language: ReportLanguage, offset: @escaping @Sendable (Instant) -> Int) {
        words = ReportWords(language: language.text)
        self.offset = offset
    }

    func html(_ report: API.Report) -> String {
        let title = words.report(report.report)
        var main: [String] = [
            "<h1>\(Self.escaped(title))</h1>",
            "<p>\(Self.escaped(period(report)))\(whose(report))</p>",
        ]
        if !report.figures.isEmpty { main.append(figures(report.figures)) }
        for table in report.tables where !table.rows.isEmpty { main.append(section(table)) }
        main.append("<footer><p>\(Self.escaped(words.footer))</p></footer>")
        return """
            <!DOCTYPE html>
            <html lang="\(words.code)" dir="\(words.direction)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Self.escaped(title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>
            \(main.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    // MARK: head

    private func period(_ report: API.Report) -> String {
        words.period(day(report.from.instant), day(report.to.instant))
    }

    /// The day on the reader's own clock; a period ends before `to`.
    func day(_ moment: Instant) -> String {
        let rules = ZoneRules(name: "local", offsetSeconds: offset(moment))
        let local = rules.local(moment)
        let day = local.dayText(in: words.language)
        return local.hour == 0 && local.minute == 0
            ? day : "\(day) \(local.clockText(in: words.language))"
    }

    private func whose(_ report: API.Report) -> String {
        [report.team.map { ("team", $0.rawValue) }, report.agent.map { ("agent", $0.rawValue) }]
            .compactMap { $0 }
            .map { ", \(Self.escaped(words.name($0.0))) \(Self.foreign($0.1))" }.joined()
    }

    // MARK: figures

    private func figures(_ figures: [API.Report.Figure]) -> String {
        let titles = ["figure", "value", "interval", "n", "change"]
        let rows = figures.map { figure in
            let value = words.value(figure.value, figure.unit)
            let isFew = figure.smallSample && figure.n > 0
            return """
                <tr\(isFew ? " class=\"few\"" : "")><th scope="row">\(Self.escaped(words.name(figure.name)))</th>\
                <td>\(Self.escaped(value))\(isFew ? " <small>\(Self.escaped(words.few))</small>" : "")</td>\
                <td>\(Self.escaped(interval(figure)))</td>\
                <td>\(Self.escaped(words.value(Double(figure.n), "count")))</td>\
                <td>\(Self.escaped(words.change(figure)))</td></tr>
                """
        }
        return """
            <table>
            <caption>\(Self.escaped(words.name("figures")))</caption>
            <thead><tr>\(titles.map { "<th scope=\"col\">\(Self.escaped(words.name($0)))</th>" }.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            """
    }

    private func interval(_ figure: API.Report.Figure) -> String {
        guard let interval = figure.interval, figure.value != nil else { return "" }
        return words.interval(
            words.value(interval.low, figure.unit), words.value(interval.high, figure.unit))
    }

    // MARK: tables

    private func section(_ table: API.Report.Table) -> String {
        let plot = table.shape == "series" ? line(table) : ""
        return plot + self.table(table)
    }

    private func table(_ table: API.Report.Table) -> String {
        let most = highest(in: table)
        let heads = table.columns.map { column in
            "<th scope=\"col\">\(Self.escaped(words.column(column.name)))</th>"
        }
        let bar = table.shape == "bars" ? "<td></td>" : ""
        let rows = table.rows.map { row in
            let cells = zip(table.columns, row).enumerated().map { place, entry in
                cell(entry.1, entry.0, at: place, of: row, in: table, most: most)
            }
            let drawn =
                bar.isEmpty
                ? "" : "<td>\(self.bar(row.count > 1 ? row[1].double ?? 0 : 0, of: most))</td>"
            let few = table.isFew(row) ? " class=\"few\"" : ""
            return "<tr\(few)>\(cells.joined())\(drawn)</tr>"
        }
        return """
            <div class="wide"><table class="\(Self.escaped(table.shape))">
            <caption>\(Self.escaped(words.name(table.name)))</caption>
            <thead><tr>\(heads.joined())\(bar)</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    private func cell(
        _ cell: JSONValue, _ column: API.Report.Table.Column, at place: Int,
        of row: [JSONValue], in table: API.Report.Table, most: Double
    ) -> String {
        if place == 0 {
            let name =
                table.shape == "series"
                ? Self.escaped(moment(cell)) : Self.foreign(words.key(cell, in: table.name))
            return "<th scope=\"row\">\(name)</th>"
        }
        if let text = cell.text { return "<td>\(Self.foreign(text))</td>" }
        let text = Self.escaped(words.value(cell.double, column.unit))
        if column.isOfAnswers, table.isFew(row) {
            return "<td>\(text) <small>\(Self.escaped(words.few))</small></td>"
        }
        guard table.shape == "heat" else { return "<td>\(text)</td>" }
        return "<td class=\"heat\(Self.heat(cell.double ?? 0, of: most))\">\(text)</td>"
    }

    func moment(_ cell: JSONValue) -> String {
        guard let milliseconds = cell.double.flatMap({ Int64(exactly: $0) }) else { return "-" }
        return day(Instant(milliseconds: milliseconds))
    }

    private func highest(in table: API.Report.Table) -> Double {
        let cells =
            table.shape == "heat"
            ? table.rows.flatMap { $0.dropFirst() } : table.rows.compactMap { $0.dropFirst().first }
        return cells.compactMap(\.double).max() ?? 0
    }
}

extension ReportPage {
    /// Safe as text and within quoted attributes; what could steer a reader's eye is made visible.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in Sanitizer.singleLine(text).string.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A name that somebody chose: it may run the other way than the page.
    static func foreign(_ text: String) -> String { "<bdi>\(escaped(text))</bdi>" }

    /// Colours with a contrast of at least 4.5 to 1 for text on every ground here, in both lights.
    static let style = """
        :root{--ground:#fff;--text:#1a1a1a;--faint:#595959;--line:#d0d0d0;--ink:#1f5fa8}
        @media (prefers-color-scheme:dark){:root{--ground:#161616;--text:#ececec;--faint:#a8a8a8;--line:#444;--ink:#8ab8f0}}
        body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,Vazirmatn,sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem;margin:.5rem 0}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;margin:1.5rem 0;min-width:50%}
        caption{text-align:start;font-weight:600;padding:.25rem 0}
        th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:end;white-space:nowrap}
        th{text-align:start;font-weight:500}
        thead th{color:var(--faint)}
        td:first-of-type:not(:only-of-type){font-variant-numeric:tabular-nums}
        small,.few td,footer{color:var(--faint)}
        svg{display:block}
        .bar{fill:var(--ink)}
        .line{fill:none;stroke:var(--ink);stroke-width:2}
        .axis{stroke:var(--line)}
        .heat td{padding:.25rem .3rem;text-align:center}
        .heat1{background:#1f5fa822}.heat2{background:#1f5fa844}.heat3{background:#1f5fa866}.heat4{background:#1f5fa888}
        @media print{body{font-size:11pt}}
        """
}
