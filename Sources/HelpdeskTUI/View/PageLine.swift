internal import Terminal

/// A stretch of a line with one style. Each is laid out on its own, so that the direction of a name never moves its
/// neighbours.
struct LinePart: Equatable {
    var text: SafeText
    var style: Style
    /// Ours run left to right whatever names stand in them; others' as they begin.
    var base = BaseDirection.automatic

    init(_ text: SafeText, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// A sentence of ours, which may hold names.
    static func sentence(_ text: String, _ style: Style = .plain) -> LinePart {
        var part = LinePart(text, style)
        part.base = .fixed(.leftToRight)
        return part
    }

    /// Words of ours or of others; sanitized here.
    init(_ text: String, _ style: Style = .plain) { self.init(.line(text), style) }
}

/// One line of a page of text.
enum PageLine: Equatable {
    case blank
    /// Parts from left to right, and at the right edge.
    case parts([LinePart], trailing: [LinePart] = [])
    /// A line of a wrapped paragraph; right-to-left ones stand at the right.
    case text(FieldLine, Style, indent: Int, spans: [StyleSpan] = [])
    /// A line across, with a word in it.
    case rule(String, Style)
}

extension PageLine {
    static func heading(_ text: String) -> PageLine { .parts([LinePart(text, Look.heading)]) }

    /// A text wrapped to a width, at most `limit` lines of it. The last column stays free, so that a text that runs
    /// right to left does not touch the fence.
    static func wrapped(
        _ text: SafeText, columns: Int, indent: Int = 0, style: Style = .plain,
        layout: FieldLayout, limit: Int = 2_000
    ) -> [PageLine] {
        layout.lines(text, columns: max(columns - indent - 1, 1), limit: limit)
            .map { .text($0, style, indent: indent) }
    }

    /// The same with the places marked where words stand.
    static func wrapped(
        _ text: SafeText, finding words: String?, columns: Int, indent: Int, style: Style,
        layout: FieldLayout, limit: Int
    ) -> [PageLine] {
        let plain = wrapped(
            text, columns: columns, indent: indent, style: style, layout: layout, limit: limit)
        guard let words else { return plain }
        let matches = TextMatches.offsets(of: words, in: text)
        guard !matches.isEmpty else { return plain }
        return plain.map { line in
            guard case .text(let field, let style, let indent, _) = line else { return line }
            let spans = matches.filter { $0.overlaps(field.offsets) }
                .map { StyleSpan(offsets: $0, style: Look.match) }
            return .text(field, style, indent: indent, spans: spans)
        }
    }
}

extension CellGrid {
    /// In the corner of what goes on below, and by which key.
    mutating func write(more key: String?, in row: Rectangle, _ layout: FieldLayout) {
        let mark = SafeText.line(key.map { " more: \($0) " } ?? " more ")
        let width = layout.widths.width(of: mark)
        let place = row.splitColumns(row.columns - width).trailing
        write(mark, in: place, style: Look.bar, layout: layout)
    }

    /// Paints a page, one line per row; what does not fit is cut.
    mutating func paint(
        page lines: some Sequence<PageLine>, in area: Rectangle, _ layout: FieldLayout
    ) {
        for (row, line) in lines.enumerated() {
            guard row < area.rows else { return }
            paint(line, in: area.line(row), layout)
        }
    }

    mutating func paint(_ line: PageLine, in row: Rectangle, _ layout: FieldLayout) {
        switch line {
        case .blank: break
        case .parts(let parts, let trailing):
            paint(parts: parts, trailing: trailing, in: row, layout)
        case .text(let text, let style, let indent, let spans):
            let place = row.splitColumns(row.columns - 1).leading.splitColumns(indent).trailing
            paint(text, in: place, style: style, spans: spans)
        case .rule(let word, let style):
            self.line(across: row, style: Look.fence)
            guard !word.isEmpty else { return }
            let place = Rectangle(
                column: row.column + 2, row: row.row, columns: row.columns - 4, rows: row.rows)
            let words = style == Look.fence ? Look.faint : style
            write(.line(" \(word) "), in: place, style: words, layout: layout, alignment: .left)
        }
    }

    /// The trailing parts keep their room, at most half of the row; the leading ones are cut.
    mutating func paint(
        parts: [LinePart], trailing: [LinePart] = [], in row: Rectangle, _ layout: FieldLayout
    ) {
        let wanted = trailing.reduce(0) { $0 + layout.widths.width(of: $1.text) }
        let room = trailing.isEmpty ? 0 : min(wanted, row.columns * 2 / 3)
        var left = row.splitColumns(row.columns - room - (room > 0 ? 1 : 0)).leading
        for part in parts {
            guard left.columns > 0 else { break }
            let width = write(part, in: left, layout)
            left = left.splitColumns(width).trailing
        }
        var right = row.splitColumns(row.columns - room).trailing
        for part in trailing {
            guard right.columns > 0 else { break }
            let width = write(part, in: right, layout)
            right = right.splitColumns(width).trailing
        }
    }

    private mutating func write(
        _ part: LinePart, in field: Rectangle, _ layout: FieldLayout
    ) -> Int {
        var layout = layout
        layout.base = part.base
        return write(part.text, in: field, style: part.style, layout: layout, alignment: .left)
    }
}
