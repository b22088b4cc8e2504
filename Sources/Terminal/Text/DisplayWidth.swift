/// How a terminal counts the cells of a character made of several code points.
///
/// Terminals disagree; `TerminalCapabilities.widths` says which policy the one at hand announces.
public enum WidthPolicy: Sendable {
    /// Each code point counts for itself, as glibc's `wcwidth` has it: a family emoji is as wide
    /// as its members together. What terminals do unless asked otherwise.
    case sum
    /// A grapheme cluster is one character of one or two cells (mode 2027).
    case cluster

    /// Cells that `text` takes on one line. Line ends and control characters count as nothing.
    public func width(of text: String) -> Int {
        var width = 0
        var ascii = true
        for byte in text.utf8 {
            if byte >= 0x80 {
                ascii = false
                break
            }
            if byte >= 0x20 && byte != 0x7F { width += 1 }
        }
        if ascii { return width }
        return text.reduce(0) { $0 + self.width(of: $1) }
    }

    public func width(of text: SafeText) -> Int {
        width(of: text.string)
    }

    /// Cells that one grapheme cluster takes; 0 for a line end.
    public func width(of character: Character) -> Int {
        width(ofCluster: character.unicodeScalars)
    }

    /// The same for the code points of a cluster.
    func width(ofCluster scalars: some Sequence<Unicode.Scalar>) -> Int {
        var total = 0
        var widest = 0
        var picture = false
        var count = 0
        for scalar in scalars {
            let own = ScalarClass(scalar).width
            total += own
            widest = max(widest, own)
            picture = picture || scalar.makesPicture
            count += 1
        }
        switch self {
        case .sum: return total
        case .cluster where count > Glyph.scalarLimit: return total
        case .cluster: return picture && count > 1 ? 2 : widest
        }
    }
}

extension Unicode.Scalar {
    /// Makes its cluster two cells wide where clusters count: the emoji selector, and the regional
    /// indicators that pair up to flags.
    var makesPicture: Bool {
        value == 0xFE0F || (0x1F1E6...0x1F1FF).contains(value)
    }
}
