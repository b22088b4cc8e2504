/// What a code point does to a terminal's line, as far as safety and width are concerned.
///
/// One class per code point, looked up in a generated table (`scripts/generate-widths`), so that
/// the sanitizer and the width function cannot disagree.
enum ScalarClass: UInt8 {
    /// One cell.
    case narrow = 0
    /// Two cells: East Asian Wide and Fullwidth, and emoji shown as pictures.
    case wide
    /// A combining mark: drawn onto the character before it.
    case mark
    /// Takes no room and shows nothing: format characters, tags, fillers.
    case hidden
    /// Not a character in the Unicode version of the table; terminals disagree about its width.
    case unassigned
    /// C0, DEL and C1: what steers a terminal.
    case control
    /// Bidi marks, embeddings, overrides and isolates.
    case bidiControl
    /// U+200C and U+200D, which have an honest use between letters that join.
    case joiner
    /// Variation selectors.
    case selector
    /// U+2028 and U+2029.
    case lineBreak
    /// A Hangul vowel or final: melts into the syllable before it.
    case conjoining

    init(_ scalar: Unicode.Scalar) {
        self.init(code: scalar.value)
    }

    /// For any number; what is no code point counts as unassigned.
    init(code: UInt32) {
        // Printable ASCII, without the table.
        if code &- 0x20 < 0x5F {
            self = .narrow
            return
        }
        let raw =
            code < ScalarClass.directCount
            ? ScalarClass.direct[Int(code)] : ScalarClass.search(code)
        self = ScalarClass(rawValue: raw) ?? .unassigned
    }

    /// Cells taken by the code point alone; nothing for what never reaches a terminal.
    var width: Int {
        switch self {
        case .narrow: 1
        case .wide: 2
        default: 0
        }
    }

    private static var directCount: UInt32 { 0x3000 }

    /// The classes below `directCount`, where nearly all text is, one byte each.
    private static let direct: [UInt8] = {
        var classes = [UInt8](repeating: 0, count: Int(directCount))
        for code in 0..<directCount {
            classes[Int(code)] = search(code)
        }
        return classes
    }()

    private static func search(_ code: UInt32) -> UInt8 {
        guard code <= 0x10_FFFF else { return ScalarClass.unassigned.rawValue }
        let runs = ScalarTable.classRuns
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle] >> 4 <= code { low = middle } else { high = middle }
        }
        return UInt8(truncatingIfNeeded: runs[low] & 15)
    }
}

extension Unicode.Scalar {
    /// A letter that joins to a neighbour (Arabic, Syriac, Mongolian and kin), so that a
    /// zero-width joiner or non-joiner beside it means something.
    var joinsNeighbours: Bool {
        let bounds = ScalarTable.joiningBounds
        var low = 0
        var high = bounds.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if bounds[middle] <= value { low = middle } else { high = middle }
        }
        return low % 2 == 1
    }
}
