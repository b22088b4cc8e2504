/// Lays out the text of one field (a pane, a table's cell, a line of a form) for painting.
///
/// Bidi works per field and never per screen row: text is wrapped in stored order first, then each
/// line is put into visual order (UAX #9 L1, L2), Arabic letters take the forms their neighbours
/// ask for, and brackets are mirrored. Numbers, codes and addresses stay in one piece
/// (`IsolateScanner`). Pure, and linear in the text that is looked at.
public struct FieldLayout: Equatable, Sendable {
    /// A paragraph longer than this many code points is laid out in pieces, so that one endless
    /// line costs neither memory nor time out of proportion.
    public static let paragraphLimit = 8_192

    /// What to do with a line that is too long for its field.
    public enum Overflow: Sendable {
        /// Cut it.
        case clip
        /// Cut it and end it in ….
        case ellipsis
    }

    public var bidi: BidiMode
    public var widths: WidthPolicy
    public var base: BaseDirection

    public init(
        bidi: BidiMode = .app, widths: WidthPolicy = .sum, base: BaseDirection = .automatic
    ) {
        self.bidi = bidi
        self.widths = widths
        self.base = base
    }

    /// The text wrapped to `columns` cells, at most `limit` lines of it. Line ends in the text hold;
    /// an empty text is one empty line. Looks no further than the lines it returns.
    public func lines(_ text: SafeText, columns: Int, limit: Int = .max) -> [FieldLine] {
        var lines: [FieldLine] = []
        var reader = ParagraphReader(text.string)
        var offset = 0
        while lines.count < limit, let piece = reader.next() {
            let paragraph = FieldParagraph(piece.scalars, offset: offset, layout: self)
            lines += paragraph.lines(columns: columns, limit: limit - lines.count)
            offset += paragraph.count + (piece.end == .lineEnd ? 1 : 0)
        }
        return lines
    }

    /// The text on one line of at most `columns` cells; line ends in it are shown as ↵.
    public func line(
        _ text: SafeText, columns: Int, overflow: Overflow = .ellipsis
    ) -> FieldLine {
        // A cell shows at least one code point and a few marks; more cannot be seen.
        let most = (max(columns, 0) &+ 2) &* (Glyph.scalarLimit &+ 1)
        let limit = min(most, FieldLayout.paragraphLimit)
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(min(text.string.utf8.count, limit))
        for scalar in text.string.unicodeScalars {
            if scalars.count == limit { break }
            scalars.append(scalar == "\n" ? SafetyMark.lineEnd : scalar)
        }
        let paragraph = FieldParagraph(scalars, offset: 0, layout: self)
        return paragraph.line(columns: columns, overflow: overflow)
    }

    /// Which way the first paragraph of a text runs.
    public func direction(of text: SafeText) -> TextDirection {
        var reader = ParagraphReader(text.string)
        let scalars = reader.next()?.scalars ?? []
        return FieldParagraph(scalars, offset: 0, layout: self).direction
    }
}
