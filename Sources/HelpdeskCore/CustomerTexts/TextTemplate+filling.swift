extension TextTemplate {
    /// The text, filled in. A place with nothing to fill it and no words of its own stays empty, and lines with nothing but such
    /// places fall away.
    func filled(_ value: (TextPlaceholder) -> String) -> String {
        var lines = [Line()]
        for part in parts {
            switch part {
            case .words(let words): Self.append(words, to: &lines)
            case .place(let place, let words):
                let given = value(place)
                let text = given.isEmpty ? words : given
                lines[lines.count - 1].add(text, as: text.isEmpty ? .emptyPlace : .content)
            }
        }
        return lines.filter { !$0.isVoid }.map(\.text).joined(separator: "\n")
    }

    private struct Line {
        enum Piece { case content, emptyPlace }

        var text = ""
        private var hasEmptyPlace = false

        mutating func add(_ piece: String, as kind: Piece) {
            text += piece
            if kind == .emptyPlace { hasEmptyPlace = true }
        }

        /// Nothing on it although something could have been.
        var isVoid: Bool {
            hasEmptyPlace && text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
        }
    }

    private static func append(_ words: String, to lines: inout [Line]) {
        for (index, piece) in words.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { lines.append(Line()) }
            lines[lines.count - 1].add(String(piece), as: .content)
        }
    }
}
