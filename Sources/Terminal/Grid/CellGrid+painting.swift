/// Where a line stands in its field.
public enum Alignment: Sendable {
    /// Left, or right for a right-to-left paragraph.
    case natural
    case left
    case centre
    case right
}

/// A style for some grapheme clusters of a text, such as a search hit.
public struct StyleSpan: Equatable, Sendable {
    /// Clusters of the whole text, as in `FieldLine.offsets`.
    public let offsets: Range<Int>
    public let style: Style

    public init(offsets: Range<Int>, style: Style) {
        self.offsets = offsets
        self.style = style
    }
}

extension CellGrid {
    /// Paints laid-out lines into a field, one per row from its top; what does not fit is cut, and a
    /// wide character cut in half is left out. Cells beside and below the text stay as they are.
    ///
    /// - Parameter spans: at most a few; the last that covers a cluster wins.
    public mutating func paint(
        _ lines: some Sequence<FieldLine>, in field: Rectangle, style: Style = .plain,
        alignment: Alignment = .natural, spans: [StyleSpan] = []
    ) {
        for (row, line) in lines.enumerated() {
            guard row < field.rows else { return }
            paint(line, in: field.line(row), style: style, alignment: alignment, spans: spans)
        }
    }

    /// Paints one line into the first row of a field.
    public mutating func paint(
        _ line: FieldLine, in field: Rectangle, style: Style = .plain,
        alignment: Alignment = .natural, spans: [StyleSpan] = []
    ) {
        let clip = field.clipped(to: area)
        guard !clip.isEmpty, clip.row == field.row else { return }
        var column = CellGrid.origin(of: line, in: field, alignment)
        for glyph in line.glyphs {
            defer { column += glyph.width }
            guard column >= clip.column, column + glyph.width <= clip.endColumn,
                let index = index(column, clip.row)
            else { continue }
            let span = spans.last { $0.offsets.contains(glyph.source) }
            set(glyph, at: index, style: span?.style ?? style)
        }
    }

    /// Lays out and paints a text that needs no wrapping, such as a label, and says how many cells
    /// it took.
    @discardableResult
    public mutating func write(
        _ text: SafeText, in field: Rectangle, style: Style = .plain,
        layout: FieldLayout = FieldLayout(), alignment: Alignment = .natural
    ) -> Int {
        let line = layout.line(text, columns: field.columns)
        paint(line, in: field, style: style, alignment: alignment)
        return line.width
    }

    /// Fills a field with spaces of one style.
    public mutating func clear(_ field: Rectangle, style: Style = .plain) {
        fill(field, with: Glyph.space(source: 0), style: style)
    }

    /// Changes the style of a field's cells and leaves their text, as for a selected row. A wide
    /// character belongs to the cell of its first half.
    public mutating func restyle(_ field: Rectangle, _ change: (Style) -> Style) {
        let clip = field.clipped(to: area)
        for row in clip.row..<(clip.row + clip.rows) {
            for column in clip.column..<(clip.column + clip.columns) {
                guard let index = index(column, row), cells[index].width > 0 else { continue }
                cells[index].style = change(cells[index].style)
                if cells[index].width == 2 { cells[index + 1].style = cells[index].style }
            }
        }
    }

    /// The place of a text's cursor: the cell of the cluster at `offset`, of lines painted in
    /// `field`, `first` of them being scrolled out at the top. Nothing when it is out of sight.
    public static func place(
        of offset: Int, in lines: [FieldLine], field: Rectangle, scrolled first: Int = 0,
        alignment: Alignment = .natural
    ) -> Point? {
        guard let row = lines.lastIndex(where: { $0.offsets.lowerBound <= offset }),
            row >= first, row - first < field.rows, field.columns > 0
        else { return nil }
        let line = lines[row]
        let column = origin(of: line, in: field, alignment) + line.column(of: offset)
        return Point(
            column: min(max(column, field.column), field.endColumn - 1),
            row: field.row + row - first)
    }

    func origin(of line: FieldLine, in field: Rectangle, _ alignment: Alignment) -> Int {
        CellGrid.origin(of: line, in: field, alignment)
    }

    private static func origin(
        of line: FieldLine, in field: Rectangle, _ alignment: Alignment
    ) -> Int {
        let atRight = field.endColumn &- line.width
        switch alignment {
        case .left: return field.column
        case .right: return atRight
        case .centre: return field.column + max(0, (field.columns - line.width) / 2)
        case .natural: return line.direction == .leftToRight ? field.column : atRight
        }
    }

    mutating func fill(_ field: Rectangle, with glyph: Glyph, style: Style) {
        let clip = field.clipped(to: area)
        for row in clip.row..<(clip.row + clip.rows) {
            for column in clip.column..<(clip.column + clip.columns) {
                if let index = index(column, row) { set(glyph, at: index, style: style) }
            }
        }
    }
}
