extension CellGrid {
    /// The grid as text for a test's golden or a bug report: one line per row, spaces at the end of
    /// a row left out, without styles and cursor.
    public var text: String {
        (0..<size.rows).map(rowText).joined(separator: "\n") + "\n"
    }

    /// One row of `text`; empty when there is no such row.
    public func rowText(_ row: Int) -> String {
        var view = String.UnicodeScalarView()
        var end = view.endIndex
        for column in 0..<size.columns {
            guard let index = index(column, row), cells[index].width > 0 else { continue }
            append(cellAt: index, to: &view)
            if cells[index].isCluster || cells[index].scalar != " " { end = view.endIndex }
        }
        return String(view[..<end])
    }

    private func append(cellAt index: Int, to view: inout String.UnicodeScalarView) {
        if cells[index].isCluster {
            view.append(contentsOf: clusters[cells[index].clusterIndex])
        } else {
            view.append(cells[index].scalar)
        }
    }
}
