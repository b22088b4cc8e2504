/// What one cell (or two) shows: a code point and the few that are drawn onto it.
///
/// Where a terminal counts code points, a cluster of several wide ones is several glyphs; where it
/// counts clusters, it is one.
struct Glyph: Equatable, Sendable {
    /// Clusters longer than this are shown piece by piece: a cell is not a place to hide text in.
    static let scalarLimit = 16

    var first: Unicode.Scalar
    /// What is drawn onto `first`; nearly always nothing.
    var rest: [Unicode.Scalar]?
    /// 1 or 2.
    var width: Int
    /// Which grapheme cluster of the text this is, or is part of.
    var source: Int

    static func space(source: Int) -> Glyph {
        Glyph(first: " ", width: 1, source: source)
    }

    /// Appends the glyphs of one cluster, which must stem from `SafeText`.
    static func append(
        cluster: ArraySlice<Unicode.Scalar>, source: Int, policy: WidthPolicy,
        to glyphs: inout [Glyph]
    ) {
        let whole = policy == .cluster && cluster.count <= scalarLimit
        var current: Glyph?
        var picture = false
        for scalar in cluster {
            let width = ScalarClass(scalar).width
            picture = picture || scalar.makesPicture
            if var glyph = current, width == 0 || whole,
                glyph.rest?.count ?? 0 < scalarLimit
            {
                glyph.rest = (glyph.rest ?? []) + [scalar]
                glyph.width = max(glyph.width, width)
                current = glyph
            } else if width > 0 {
                if let glyph = current { glyphs.append(glyph) }
                current = Glyph(first: scalar, width: width, source: source)
            }
        }
        guard var glyph = current else { return }
        if whole && picture && glyph.rest != nil { glyph.width = 2 }
        glyphs.append(glyph)
    }
}
