internal import HelpdeskAPI

/// Plots as SVG within the page. What they show stands in the table beside them, so they are hidden from screen readers.
extension ReportPage {
    private static let width = 160.0

    /// Grows from where the line begins.
    func bar(_ value: Double, of most: Double) -> String {
        guard most > 0, value > 0 else { return "" }
        let length = max(1, (min(value / most, 1) * Self.width).rounded())
        let start = words.direction == "rtl" ? Self.width - length : 0
        return
            "<svg aria-hidden=\"true\" width=\"160\" height=\"12\" viewBox=\"0 0 160 12\"><rect class=\"bar\" x=\"\(Int(start))\" y=\"0\" width=\"\(Int(length))\" height=\"12\"/></svg>"
    }

    /// Over time; time runs as the page is read.
    func line(_ table: API.Report.Table) -> String {
        let values = table.rows.map { row in max(0, row.count > 1 ? row[1].double ?? 0 : 0) }
        guard values.count > 1, let most = values.max(), most > 0 else { return "" }
        let (width, height) = (600.0, 120.0)
        let points = values.enumerated().map { index, value in
            let share = Double(index) / Double(values.count - 1)
            let x = (words.direction == "rtl" ? 1 - share : share) * width
            let y = height - value / most * height
            return "\(Int(x.rounded())),\(Int(y.rounded()))"
        }
        return """
            <svg aria-hidden="true" width="600" height="124" viewBox="0 -2 600 124" style="max-width:100%;height:auto">\
            <line class="axis" x1="0" y1="120" x2="600" y2="120"/>\
            <polyline class="line" points="\(points.joined(separator: " "))"/></svg>

            """
    }

    /// 0 for nothing, then 1 to 4.
    static func heat(_ value: Double, of most: Double) -> Int {
        guard most > 0, value > 0 else { return 0 }
        return min(4, 1 + Int((min(value / most, 1) * 3.999).rounded(.down)))
    }
}
