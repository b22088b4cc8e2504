/// What one cell of a grid shows.
public struct Cell: Equatable, Sendable {
    /// One character, or empty in the second cell of a wide one.
    public let text: String
    public let style: Style
    /// 1 or 2; 0 in the second cell of a wide character.
    public let width: Int
}

/// A screen in memory: rows of styled cells, and where the cursor is.
///
/// A view paints a fresh grid for every frame; `FrameEncoder` sends the difference. A cell can hold
/// nothing that steers a terminal, because only `SafeText` can be painted. Two grids are equal when
/// a terminal would show the same.
public struct CellGrid: Equatable, Sendable {
    public let size: Size
    /// Where the cursor is shown; nowhere by default.
    public var cursor: Point?
    var cells: [PackedCell]
    /// The code points of cells that show more than one.
    var clusters: [[Unicode.Scalar]] = []

    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    public var area: Rectangle { Rectangle(size) }

    /// The cell at a place; nothing off screen.
    public subscript(point: Point) -> Cell? {
        guard let index = index(point.column, point.row) else { return nil }
        let cell = cells[index]
        var view = String.UnicodeScalarView()
        if cell.width > 0 { appendScalars(of: cell, to: &view) }
        return Cell(text: String(view), style: cell.style, width: Int(cell.width))
    }

    public static func == (left: CellGrid, right: CellGrid) -> Bool {
        guard left.size == right.size, left.cursor == right.cursor else { return false }
        return left.cells.indices.allSatisfy { left.shows($0, sameAs: right) }
    }

    /// Whether a cell shows the same as in another grid of this size.
    func shows(_ index: Int, sameAs other: CellGrid) -> Bool {
        let mine = cells[index]
        let theirs = other.cells[index]
        guard mine.isCluster && theirs.isCluster else { return mine == theirs }
        return mine.style == theirs.style && mine.width == theirs.width
            && clusters[mine.clusterIndex] == other.clusters[theirs.clusterIndex]
    }

    func index(_ column: Int, _ row: Int) -> Int? {
        guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return nil }
        return row * size.columns + column
    }

    private func appendScalars(of cell: PackedCell, to view: inout String.UnicodeScalarView) {
        if cell.isCluster {
            view.append(contentsOf: clusters[cell.clusterIndex])
        } else {
            view.append(cell.scalar)
        }
    }

    /// Puts a glyph into a cell and, if wide, the next; a wide character that loses a half to it
    /// becomes blank. The caller keeps it on screen.
    mutating func set(_ glyph: Glyph, at index: Int, style: Style) {
        for place in index..<(index + glyph.width) { detach(place) }
        var cell = PackedCell(glyph.first, style: style, width: UInt8(glyph.width))
        if let rest = glyph.rest, clusters.count < PackedCell.clusterLimit {
            cell.makeCluster(clusters.count)
            clusters.append([glyph.first] + rest)
        }
        cells[index] = cell
        if glyph.width == 2 { cells[index + 1] = PackedCell(" ", style: style, width: 0) }
    }

    /// Blanks the other half of a wide character that is about to lose the cell at `index`.
    private mutating func detach(_ index: Int) {
        let cell = cells[index]
        if cell.width == 0, index > 0 {
            cells[index - 1] = PackedCell(" ", style: cells[index - 1].style, width: 1)
        } else if cell.width == 2, index + 1 < cells.count {
            cells[index + 1] = PackedCell(" ", style: cells[index + 1].style, width: 1)
        }
    }
}

/// Sixteen bytes of a cell: a code point or the number of a cluster, style and width.
struct PackedCell: Equatable, Sendable {
    /// How many cells of a grid may show clusters; those beyond show their first code point.
    static let clusterLimit = 1 << 20
    private static let clusterBit: UInt32 = 1 << 31

    private var code: UInt32
    var style: Style
    /// 0 is the second cell of a wide character.
    let width: UInt8

    static let blank = PackedCell(" ", style: .plain, width: 1)

    init(_ scalar: Unicode.Scalar, style: Style, width: UInt8) {
        code = scalar.value
        self.style = style
        self.width = width
    }

    mutating func makeCluster(_ index: Int) {
        code = PackedCell.clusterBit | UInt32(truncatingIfNeeded: index)
    }

    var isCluster: Bool { code & PackedCell.clusterBit != 0 }
    var clusterIndex: Int { Int(code & ~PackedCell.clusterBit) }
    var scalar: Unicode.Scalar { Unicode.Scalar(code) ?? " " }
}
