/// One run of the sanitizer over one text: looks one code point ahead and one character back.
struct SanitizerPass {
    enum Lines {
        case single
        case multiple
    }

    private let scalars: [Unicode.Scalar]
    private let lines: Lines
    private var output = String.UnicodeScalarView()
    /// The last code point written on this line, marks included.
    private var last: Unicode.Scalar?
    /// The last code point written on this line that is no mark.
    private var base: Unicode.Scalar?
    private var marksOnBase = 0
    /// The mark written for a run that is still going on.
    private var openRun: Unicode.Scalar?
    private var column = 0

    init(_ scalars: [Unicode.Scalar], lines: Lines) {
        self.scalars = scalars
        self.lines = lines
    }

    mutating func run() -> String {
        output.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            if scalar == "\r", next == "\n" {
                index += 1
                continue
            }
            accept(scalar, next: next)
            index += 1
        }
        return String(output)
    }

    private mutating func accept(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
        switch ScalarClass(scalar) {
        case .narrow: write(scalar, width: 1)
        case .wide: write(scalar, width: 2)
        case .mark: combine(scalar)
        case .conjoining: meltHangul(scalar)
        case .hidden: note(SafetyMark.hidden)
        case .bidiControl: note(SafetyMark.bidi)
        case .unassigned: note(SafetyMark.unknown)
        case .joiner: join(scalar, next: next)
        case .selector: select(scalar)
        case .lineBreak: endLine()
        case .control: control(scalar)
        }
    }

    private mutating func write(_ scalar: Unicode.Scalar, width: Int) {
        output.append(scalar)
        last = scalar
        base = scalar
        marksOnBase = 0
        openRun = nil
        column += width
    }

    /// Writes a visible mark, once for a run of the same kind.
    private mutating func note(_ mark: Unicode.Scalar) {
        guard openRun != mark else { return }
        write(mark, width: 1)
        openRun = mark
    }

    private mutating func attach(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        last = scalar
        marksOnBase += 1
        openRun = nil
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        // After the mark for "too many", the rest of the pile belongs to the same run.
        if openRun == SafetyMark.hidden { return }
        guard marksOnBase < Sanitizer.marksPerCell else { return note(SafetyMark.hidden) }
        if base == nil { write(SafetyMark.noBase, width: 1) }
        attach(scalar)
    }

    private mutating func meltHangul(_ scalar: Unicode.Scalar) {
        guard let base,
            (0x1100...0x115E).contains(base.value) || (0xA960...0xA97C).contains(base.value)
                || (0xAC00...0xD7A3).contains(base.value), marksOnBase < Sanitizer.marksPerCell
        else { return note(SafetyMark.hidden) }
        attach(scalar)
    }

    private mutating func join(_ joiner: Unicode.Scalar, next: Unicode.Scalar?) {
        guard let base, let last, marksOnBase <= Sanitizer.marksPerCell, openRun == nil else {
            return note(SafetyMark.hidden)
        }
        if base.joinsNeighbours {
            if next?.joinsNeighbours == true { attach(joiner) }
            return
        }
        let afterVirama = last.properties.canonicalCombiningClass == .virama
        let inEmoji =
            joiner == "\u{200D}" && base.isPictograph && next?.isPictograph == true
        if (afterVirama && next.map { ScalarClass($0) } == .narrow) || inEmoji {
            attach(joiner)
        } else {
            note(SafetyMark.hidden)
        }
    }

    /// One selector directly after a character that has variants: emoji for U+FE0E and U+FE0F,
    /// ideographs for the supplement (UTS #37). Anything else can carry hidden bytes.
    private mutating func select(_ selector: Unicode.Scalar) {
        guard let base, base == last else { return note(SafetyMark.hidden) }
        let allowed =
            switch selector.value {
            case 0xFE0E, 0xFE0F: base.properties.isEmoji
            case 0xE0100...0xE01EF: base.properties.isIdeographic
            default: false
            }
        guard allowed else { return note(SafetyMark.hidden) }
        attach(selector)
    }

    private mutating func endLine() {
        switch lines {
        case .single:
            write(SafetyMark.lineEnd, width: 1)
        case .multiple:
            output.append("\n")
            last = nil
            base = nil
            marksOnBase = 0
            openRun = nil
            column = 0
        }
    }

    private mutating func control(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0A, 0x85: endLine()
        case 0x09:
            let count = lines == .single ? 1 : Sanitizer.tabWidth - column % Sanitizer.tabWidth
            for _ in 0..<count { write(" ", width: 1) }
        default: write(SafetyMark.picture(of: scalar.value), width: 1)
        }
    }
}

extension Unicode.Scalar {
    /// A pictograph that a ZWJ may tie to another: emoji, without the digits, # and * that Unicode
    /// counts among them.
    var isPictograph: Bool { value >= 0xA9 && properties.isEmoji }
}
