/// A place on the screen. Row 0 and column 0 are at the top left; negative places are off screen.
public struct Point: Equatable, Sendable {
    public var column: Int
    public var row: Int

    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// How large a screen or pane is, in cells. Never negative, and at most `Size.limit` each way, so
/// that a terminal reporting nonsense cannot make us allocate gigabytes.
public struct Size: Equatable, Sendable {
    /// The largest width and height believed.
    public static let limit = 1_000

    public let columns: Int
    public let rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = min(max(columns, 0), Size.limit)
        self.rows = min(max(rows, 0), Size.limit)
    }
}

/// A part of the screen. It may lie partly or wholly off screen; painting clips it.
public struct Rectangle: Equatable, Sendable {
    /// Places and extents are kept within this, far beyond any screen, so that sums of them cannot
    /// overflow.
    private static let far = 1_000_000

    public let column: Int
    public let row: Int
    /// Never negative.
    public let columns: Int
    /// Never negative.
    public let rows: Int

    public init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = min(max(column, -Rectangle.far), Rectangle.far)
        self.row = min(max(row, -Rectangle.far), Rectangle.far)
        self.columns = min(max(columns, 0), Rectangle.far)
        self.rows = min(max(rows, 0), Rectangle.far)
    }

    /// The whole of a screen of this size.
    public init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    /// One past the last column.
    public var endColumn: Int { column + columns }
    /// One past the last row.
    public var endRow: Int { row + rows }
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    public func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row
            && point.row < endRow
    }

    /// What both cover; empty when they do not meet.
    public func clipped(to other: Rectangle) -> Rectangle {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rectangle(
            column: left, row: top, columns: min(endColumn, other.endColumn) - left,
            rows: min(endRow, other.endRow) - top)
    }

    /// Without a margin of `cells` on each side, as for the inside of a box.
    public func inset(by cells: Int = 1) -> Rectangle {
        let cells = min(max(cells, -Rectangle.far), Rectangle.far)
        return Rectangle(
            column: column + cells, row: row + cells, columns: columns - 2 * cells,
            rows: rows - 2 * cells)
    }

    /// One row of it, counted from its top; empty when there is no such row.
    public func line(_ index: Int) -> Rectangle {
        let inside = index >= 0 && index < rows
        return Rectangle(
            column: column, row: row + index, columns: columns, rows: inside ? 1 : 0)
    }

    /// The first `count` columns and the rest.
    public func splitColumns(_ count: Int) -> (leading: Rectangle, trailing: Rectangle) {
        let first = min(max(count, 0), columns)
        return (
            Rectangle(column: column, row: row, columns: first, rows: rows),
            Rectangle(column: column + first, row: row, columns: columns - first, rows: rows)
        )
    }

    /// The first `count` rows and the rest.
    public func splitRows(_ count: Int) -> (top: Rectangle, bottom: Rectangle) {
        let first = min(max(count, 0), rows)
        return (
            Rectangle(column: column, row: row, columns: columns, rows: first),
            Rectangle(column: column, row: row + first, columns: columns, rows: rows - first)
        )
    }
}
