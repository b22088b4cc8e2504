/// What boxes and fences are drawn with.
public enum Border: Sendable {
    /// ┌─┐ with square corners.
    case single
    /// +-+ for terminals and fonts without line drawing.
    case ascii

    fileprivate var pieces: Pieces {
        switch self {
        case .single:
            Pieces(across: "─", down: "│", corners: ["┌", "┐", "└", "┘"])
        case .ascii:
            Pieces(across: "-", down: "|", corners: ["+", "+", "+", "+"])
        }
    }

    fileprivate struct Pieces {
        let across: Unicode.Scalar
        let down: Unicode.Scalar
        /// Top left, top right, bottom left, bottom right.
        let corners: [Unicode.Scalar]
    }
}

extension CellGrid {
    /// A frame along the edge of a field, with an optional title in its top line. The inside is
    /// `field.inset()` and is left as it is. A field of less than 2 × 2 cells gets no frame.
    public mutating func box(
        _ field: Rectangle, title: SafeText = "", border: Border = .single,
        style: Style = .plain, layout: FieldLayout = FieldLayout()
    ) {
        guard field.columns >= 2, field.rows >= 2 else { return }
        let last = field.line(field.rows - 1)
        line(across: field.line(0), border: border, style: style)
        line(across: last, border: border, style: style)
        let left = field.splitColumns(1).leading
        let right = field.splitColumns(field.columns - 1).trailing
        line(down: left, border: border, style: style)
        line(down: right, border: border, style: style)
        let places = [(left, 0), (right, 0), (left, field.rows - 1), (right, field.rows - 1)]
        for (corner, (edge, row)) in zip(border.pieces.corners, places) {
            fill(edge.line(row), with: Glyph(first: corner, width: 1, source: 0), style: style)
        }
        guard !title.isEmpty, field.columns > 6 else { return }
        let inside = Rectangle(
            column: field.column + 2, row: field.row, columns: field.columns - 4, rows: 1)
        let line = layout.line(title, columns: inside.columns - 2)
        clear(inside.splitColumns(line.width + 2).leading, style: style)
        let place = Rectangle(
            column: inside.column + 1, row: inside.row, columns: line.width, rows: 1)
        paint(line, in: place, style: style, alignment: .left)
    }

    /// A line over the whole first row of a field.
    public mutating func line(
        across field: Rectangle, border: Border = .single, style: Style = .plain
    ) {
        let glyph = Glyph(first: border.pieces.across, width: 1, source: 0)
        fill(field.splitRows(1).top, with: glyph, style: style)
    }

    /// A line down the whole first column of a field, as a fence between panes.
    public mutating func line(
        down field: Rectangle, border: Border = .single, style: Style = .plain
    ) {
        let glyph = Glyph(first: border.pieces.down, width: 1, source: 0)
        fill(field.splitColumns(1).leading, with: glyph, style: style)
    }
}
