/// One paragraph of a field: its clusters, measured, shaped and with their levels.
struct FieldParagraph {
    /// The scalars as drawn.
    private let scalars: [Unicode.Scalar]
    /// Where each cluster begins in `scalars`, and the end.
    private let bounds: [Int]
    /// The level of each cluster; empty where nothing is reordered.
    private let levels: [Int8]
    private let breaker: LineBreaker
    let direction: TextDirection
    /// The offset of the first cluster in the text.
    private let offset: Int
    private let layout: FieldLayout

    /// Number of grapheme clusters.
    var count: Int { bounds.count - 1 }

    init(_ logical: [Unicode.Scalar], offset: Int, layout: FieldLayout) {
        self.offset = offset
        self.layout = layout
        bounds = FieldParagraph.clusterBounds(logical)
        let needsBidi =
            layout.bidi != .off
            && (BidiParagraph.concerns(logical) || layout.base != .automatic)
        if needsBidi {
            let bidi = BidiParagraph(
                logical, base: layout.base, isolates: IsolateScanner.ranges(in: logical))
            direction = bidi.direction
            scalars = layout.bidi == .app ? bidi.shaped : logical
            levels = layout.bidi == .app ? bounds.dropLast().map { bidi.levels[$0] } : []
        } else {
            direction = .leftToRight
            scalars = logical
            levels = []
        }
        var breaker = LineBreaker(capacity: bounds.count)
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            // A letter's presentation forms are as wide as the letter.
            let width =
                end - start == 1
                ? ScalarClass(logical[start]).width
                : layout.widths.width(ofCluster: logical[start..<end])
            breaker.append(width: width, first: logical[start])
        }
        self.breaker = breaker
    }

    func lines(columns: Int, limit: Int) -> [FieldLine] {
        breaker.lines(columns: columns, limit: limit).map { line in
            FieldLine(
                glyphs: glyphs(line.visible), direction: direction,
                offsets: shifted(line.clusters))
        }
    }

    /// All on one line.
    func line(columns: Int, overflow: FieldLayout.Overflow) -> FieldLine {
        let whole = breaker.prefix(columns: max(columns, 0))
        guard whole < count, overflow == .ellipsis, columns > 0 else {
            return FieldLine(
                glyphs: glyphs(0..<whole), direction: direction, offsets: shifted(0..<whole))
        }
        let kept = breaker.prefix(columns: columns - 1)
        var glyphs = glyphs(0..<kept)
        let ellipsis = Glyph(first: "…", width: 1, source: offset + kept)
        let atLeft = direction == .rightToLeft && layout.bidi == .app
        glyphs.insert(ellipsis, at: atLeft ? 0 : glyphs.count)
        return FieldLine(glyphs: glyphs, direction: direction, offsets: shifted(0..<kept))
    }

    private func shifted(_ range: Range<Int>) -> Range<Int> {
        (range.lowerBound + offset)..<(range.upperBound + offset)
    }

    /// The clusters of a line in visual order, as glyphs.
    private func glyphs(_ range: Range<Int>) -> [Glyph] {
        var glyphs: [Glyph] = []
        glyphs.reserveCapacity(range.count)
        guard !levels.isEmpty else {
            for cluster in range { append(cluster, to: &glyphs) }
            return glyphs
        }
        var lineLevels = Array(levels[range])
        // Rule L1: white space at the end of a line takes the paragraph's level.
        var end = range.upperBound
        while end > range.lowerBound, breaker.opportunities[end - 1] == .space {
            end -= 1
            lineLevels[end - range.lowerBound] = direction == .rightToLeft ? 1 : 0
        }
        for place in BidiParagraph.visualOrder(lineLevels) {
            append(range.lowerBound + place, to: &glyphs)
        }
        return glyphs
    }

    private func append(_ cluster: Int, to glyphs: inout [Glyph]) {
        let start = bounds[cluster]
        if bounds[cluster + 1] - start == 1 {
            let width = breaker.widths[cluster]
            let glyph = Glyph(first: scalars[start], width: width, source: offset + cluster)
            if width > 0 { glyphs.append(glyph) }
            return
        }
        var content = scalars[bounds[cluster]..<bounds[cluster + 1]]
        // Once letters are shaped, the joiners between them have done their work.
        if !levels.isEmpty, content.count > 1, let first = content.first,
            first.joinsNeighbours || first.isArabicForm
        {
            content = content.filter { ScalarClass($0) != .joiner }[...]
        }
        Glyph.append(
            cluster: content, source: offset + cluster, policy: layout.widths, to: &glyphs)
    }

    /// Where grapheme clusters (UAX #29) begin, and the end.
    private static func clusterBounds(_ scalars: [Unicode.Scalar]) -> [Int] {
        var bounds: [Int] = []
        bounds.reserveCapacity(scalars.count + 1)
        if scalars.allSatisfy(\.breaksSimply) {
            for (index, scalar) in scalars.enumerated() {
                let extends = scalar.value >= 0x300 && ScalarClass(scalar).width == 0
                if !extends || index == 0 { bounds.append(index) }
            }
        } else {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            var index = 0
            for character in String(view) {
                bounds.append(index)
                index += character.unicodeScalars.count
            }
        }
        bounds.append(scalars.count)
        return bounds
    }
}

extension Unicode.Scalar {
    /// Latin, Arabic and common punctuation, where a cluster is a character and the marks and
    /// joiners behind it, and the full rules of UAX #29 need not be asked.
    fileprivate var breaksSimply: Bool {
        (0x20..<0x370).contains(value) && value != 0xA9 && value != 0xAE
            || (0x606..<0x6DD).contains(value) || (0x6DE..<0x700).contains(value)
            || (0x2010..<0x2027).contains(value) || value == 0x200C
    }

    /// A letter in one of its presentation forms.
    fileprivate var isArabicForm: Bool {
        (0xFB50...0xFDFF).contains(value) || (0xFE70...0xFEFC).contains(value)
    }
}
