/// Collects a bracketed paste (mode 2004).
///
/// Whoever wrote the text may have hidden the closing bracket in it, to have the rest taken for
/// keys. So a paste ends only when its bracket is closed *and* the terminal falls silent
/// (`KeyDecoder.silence`); whatever follows the bracket at once belongs to it, and brackets inside
/// are dropped.
struct PasteScanner: Equatable {
    private static let opening = Array("\u{1B}[200~".utf8)
    private static let closing = Array("\u{1B}[201~".utf8)

    private var content: [UInt8] = []
    private var candidate: [UInt8] = []
    private var completeness = Paste.Completeness.whole
    /// Whether the closing bracket is still missing.
    private(set) var isOpen = true

    mutating func accept(_ byte: UInt8) {
        if byte == 0x1B { flush() }
        guard byte == 0x1B || !candidate.isEmpty else { return keep(byte) }
        candidate.append(byte)
        if candidate == PasteScanner.opening || candidate == PasteScanner.closing {
            isOpen = candidate == PasteScanner.opening
            candidate.removeAll(keepingCapacity: true)
        } else if !PasteScanner.opening.starts(with: candidate),
            !PasteScanner.closing.starts(with: candidate)
        {
            flush()
        }
    }

    /// The paste as text.
    func finished() -> Paste {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in String(decoding: content + candidate, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r": scalars.append("\n")
            case "\n": if previous != "\r" { scalars.append("\n") }
            case "\t": scalars.append("\t")
            default: if ScalarClass(scalar) != .control { scalars.append(scalar) }
            }
            previous = scalar
        }
        return Paste(text: String(scalars), completeness: isOpen ? .cut : completeness)
    }

    private mutating func flush() {
        for byte in candidate { keep(byte) }
        candidate.removeAll(keepingCapacity: true)
    }

    private mutating func keep(_ byte: UInt8) {
        if content.count < KeyDecoder.pasteLimit {
            content.append(byte)
        } else {
            completeness = .cut
        }
    }
}
