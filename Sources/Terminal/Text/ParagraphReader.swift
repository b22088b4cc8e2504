/// Takes a text apart into paragraphs, and endless paragraphs into pieces of bounded length.
struct ParagraphReader {
    enum End {
        /// A line end follows, and has been taken.
        case lineEnd
        /// The paragraph goes on in the next piece.
        case cut
        case textEnd
    }

    private let text: String.UnicodeScalarView
    private var index: String.UnicodeScalarView.Index
    private var isDone = false

    init(_ text: String) {
        self.text = text.unicodeScalars
        index = self.text.startIndex
    }

    /// The next piece; nothing behind the last. An empty text has one empty piece.
    mutating func next() -> (scalars: [Unicode.Scalar], end: End)? {
        guard !isDone else { return nil }
        var scalars: [Unicode.Scalar] = []
        while index < text.endIndex {
            let scalar = text[index]
            if scalar == "\n" {
                index = text.index(after: index)
                return (scalars, .lineEnd)
            }
            if scalars.count == FieldLayout.paragraphLimit {
                let kept = ParagraphReader.cut(scalars)
                index = text.index(index, offsetBy: kept - scalars.count)
                scalars.removeSubrange(kept...)
                return (scalars, .cut)
            }
            scalars.append(scalar)
            index = text.index(after: index)
        }
        isDone = true
        return (scalars, .textEnd)
    }

    /// How much of a full piece to keep: up to a space near its end, else to where no cluster can
    /// be torn apart, else all.
    private static func cut(_ scalars: [Unicode.Scalar]) -> Int {
        let tail = scalars.indices.suffix(512).reversed()
        if let space = tail.first(where: { scalars[$0] == " " }) { return space + 1 }
        let whole = tail.first { index in
            let own = ScalarClass(scalars[index])
            return own == .narrow && scalars[index].value < 0x1F000
                && index > 0 && ScalarClass(scalars[index - 1]) != .joiner
        }
        return whole ?? scalars.count
    }
}
