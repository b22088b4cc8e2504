internal import CFribidi

/// One paragraph after the bidirectional algorithm (UAX #9 up to rule L1) and Arabic shaping.
///
/// The scalars between the isolating controls that we add ourselves are known by `isolates`; the
/// controls never appear in the result.
struct BidiParagraph {
    /// The embedding level of each code point; odd runs right to left.
    let levels: [Int8]
    /// Each code point as it is drawn: Arabic letters in the form their neighbours ask for (no
    /// ligatures: one letter stays one cell), brackets mirrored where they run right to left.
    let shaped: [Unicode.Scalar]
    let direction: TextDirection

    /// - Parameter isolates: ascending, not overlapping; each is laid out as a left-to-right
    ///   island of its own (X5a: LRI).
    init(_ scalars: [Unicode.Scalar], base: BaseDirection, isolates: [Range<Int>] = []) {
        var text: [FriBidiChar] = []
        text.reserveCapacity(scalars.count + 2 * isolates.count)
        /// Where each code point stands in `text`.
        var places: [Int] = []
        places.reserveCapacity(scalars.count)
        var next = isolates.startIndex
        for (index, scalar) in scalars.enumerated() {
            if next < isolates.count, isolates[next].lowerBound == index { text.append(0x2066) }
            places.append(text.count)
            text.append(scalar.value)
            if next < isolates.count, isolates[next].upperBound == index + 1 {
                text.append(0x2069)
                next += 1
            }
        }
        var run = FribidiRun(text, base: base)
        run.shape()
        levels = places.map { run.levels[$0] }
        shaped = zip(places, scalars).map { Unicode.Scalar(run.text[$0]) ?? $1 }
        direction = run.base & 1 == 1 ? .rightToLeft : .leftToRight
    }

    /// Whether any code point could run right to left; without one there is nothing to reorder.
    static func concerns(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.contains { scalar in
            let value = scalar.value
            return value >= 0x590
                && (value < 0x900 || (0xFB1D...0xFDFF).contains(value)
                    || (0xFE70...0xFEFF).contains(value) || (0x200F...0x202E).contains(value)
                    || (0x2066...0x2069).contains(value) || (0x10800...0x10FFF).contains(value)
                    || (0x1E800...0x1EFFF).contains(value))
        }
    }

    /// Rule L2: the places of one line's items from left to right, given their levels.
    static func visualOrder(_ levels: [Int8]) -> [Int] {
        var order = Array(levels.indices)
        guard let highest = levels.max(), highest > 0 else { return order }
        let lowestOdd = levels.filter { $0 & 1 == 1 }.min() ?? highest + 1
        var level = highest
        while level >= lowestOdd {
            var start = 0
            while start < order.count {
                guard levels[order[start]] >= level else {
                    start += 1
                    continue
                }
                var end = start + 1
                while end < order.count, levels[order[end]] >= level { end += 1 }
                order[start..<end].reverse()
                start = end
            }
            level -= 1
        }
        return order
    }
}

/// The buffers of one call into fribidi, all of the text's length.
private struct FribidiRun {
    var text: [FriBidiChar]
    var levels: [FriBidiLevel]
    let base: FriBidiLevel
    private let types: [FriBidiCharType]

    init(_ text: [FriBidiChar], base: BaseDirection) {
        let count = FriBidiStrIndex(clamping: text.count)
        var types = [FriBidiCharType](
            repeating: FRIBIDI_TYPE_ON, count: text.count)
        var brackets = [FriBidiBracketType](repeating: 0, count: text.count)
        var levels = [FriBidiLevel](repeating: 0, count: text.count)
        var direction: FriBidiParType =
            switch base {
            case .firstStrong(.leftToRight): FRIBIDI_PAR_WLTR
            case .firstStrong(.rightToLeft): FRIBIDI_PAR_WRTL
            case .fixed(.leftToRight): FRIBIDI_PAR_LTR
            case .fixed(.rightToLeft): FRIBIDI_PAR_RTL
            }
        fribidi_get_bidi_types(text, count, &types)
        fribidi_get_bracket_types(text, count, types, &brackets)
        // 0 means that memory ran out: then every level is the base's, and the text is shown unordered.
        let highest = fribidi_get_par_embedding_levels_ex(
            types, brackets, count, &direction, &levels)
        self.base = direction.rawValue & UInt32(FRIBIDI_MASK_RTL) != 0 ? 1 : 0
        if highest == 0 { levels = [FriBidiLevel](repeating: self.base, count: text.count) }
        self.text = text
        self.types = types
        self.levels = levels
    }

    mutating func shape() {
        let count = FriBidiStrIndex(clamping: text.count)
        var joining = [FriBidiArabicProp](repeating: 0, count: text.count)
        fribidi_get_joining_types(text, count, &joining)
        fribidi_join_arabic(types, count, levels, &joining)
        let flags = FriBidiFlags(FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES)
        fribidi_shape(flags, levels, count, &joining, &text)
    }
}
