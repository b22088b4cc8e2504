/// One laid-out line of a field: its glyphs from left to right.
public struct FieldLine: Equatable, Sendable {
    let glyphs: [Glyph]
    /// Cells taken.
    public let width: Int
    /// The direction of the line's paragraph; natural alignment follows it.
    public let direction: TextDirection
    /// The grapheme clusters of the text that this line stands for, counted from the text's start
    /// (line ends count as one), with spaces that were swallowed at its end.
    public let offsets: Range<Int>

    init(glyphs: [Glyph], direction: TextDirection, offsets: Range<Int>) {
        self.glyphs = glyphs
        self.width = glyphs.reduce(0) { $0 &+ $1.width }
        self.direction = direction
        self.offsets = offsets
    }

    /// What the line shows, from left to right.
    public var text: String {
        var view = String.UnicodeScalarView()
        for glyph in glyphs {
            view.append(glyph.first)
            view.append(contentsOf: glyph.rest ?? [])
        }
        return String(view)
    }

    /// The column, counted from the line's left edge, of the cluster at `offset`. For an offset
    /// that shows no cluster (the end of the line) the next free cell: `width`, or -1 in a
    /// right-to-left paragraph.
    public func column(of offset: Int) -> Int {
        var column = 0
        for glyph in glyphs {
            if glyph.source == offset { return column }
            column += glyph.width
        }
        switch direction {
        case .leftToRight: return width
        case .rightToLeft: return -1
        }
    }

    /// The offset of the cluster shown at a column counted from the line's left edge, as for a
    /// mouse click; the nearer end outside.
    public func offset(at column: Int) -> Int {
        var edge = 0
        for glyph in glyphs {
            if column >= edge && column < edge + glyph.width { return glyph.source }
            edge += glyph.width
        }
        let before = column < 0
        switch direction {
        case .leftToRight: return before ? offsets.lowerBound : offsets.upperBound
        case .rightToLeft: return before ? offsets.upperBound : offsets.lowerBound
        }
    }
}
