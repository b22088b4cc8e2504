internal import Terminal

/// Sets rows under a header, in columns by display width.
struct TableText {
    let page: TextPage

    /// No column is squeezed below this many cells.
    private static let narrowest = 8
    /// Free text without a screen to fit is still not spread further than this.
    private static let widest = 60

    /// `flexible` names the columns of free text: they give way when the page is too narrow, the widest first.
    func lines(titles: [String], rows: [[SafeText]], flexible: Set<Int>) -> [String] {
        let policy = WidthPolicy.sum
        var widths = titles.map { policy.width(of: $0) }
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], policy.width(of: cell))
            }
        }
        squeeze(&widths, flexible)
        let header = titles.map { Sanitizer.singleLine($0) }
        return ([header] + rows).map { line($0, widths) }
    }

    private func squeeze(_ widths: inout [Int], _ flexible: Set<Int>) {
        for index in flexible where page.columns == nil {
            widths[index] = min(widths[index], Self.widest)
        }
        guard let columns = page.columns else { return }
        var excess = widths.reduce(2 * (widths.count - 1), +) - columns
        while excess > 0 {
            guard let widest = flexible.sorted(by: >).max(by: { widths[$0] < widths[$1] }),
                widths[widest] > Self.narrowest
            else { return }
            let others = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let floor = max(Self.narrowest, min(others, widths[widest] - 1))
            let cut = min(excess, widths[widest] - floor)
            widths[widest] -= cut
            excess -= cut
        }
    }

    private func line(_ cells: [SafeText], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() where index < widths.count {
            if index > 0 { line += page.gap }
            line += page.cell(cell, columns: widths[index])
        }
        while line.unicodeScalars.last == " " { line.unicodeScalars.removeLast() }
        return line
    }
}
