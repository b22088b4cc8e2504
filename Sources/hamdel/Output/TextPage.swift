internal import Terminal

/// The sheet that text for people is put on: a terminal of some width, or a file without one.
struct TextPage {
    /// Nil: nothing is cut or wrapped.
    var columns: Int?
    var bidi: BidiMode

    /// The text in exactly so many cells.
    func cell(_ text: SafeText, columns: Int) -> String {
        guard bidi == .app else { return TextWrap.fit(text, columns: columns) }
        let line = FieldLayout(bidi: .app).line(text, columns: columns)
        return line.text + String(repeating: " ", count: max(0, columns - line.width))
    }

    /// The text as it stands, wrapped where there is a width, right-to-left lines at the right.
    func paragraph(_ text: SafeText, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        guard let columns else {
            return text.string.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : margin + $0 }
        }
        let width = max(20, columns - indent)
        return FieldLayout(bidi: bidi).lines(text, columns: width).map { line in
            let isRight = line.direction == .rightToLeft
            let lead = isRight ? String(repeating: " ", count: max(0, width - line.width)) : ""
            return line.text.isEmpty ? "" : margin + lead + line.text
        }
    }

    /// Between two columns. Where the terminal itself reorders, a left-to-right mark keeps Persian of one column
    /// from running into the next.
    var gap: String {
        switch bidi {
        case .terminal: "\u{200E}  "
        case .app, .off: "  "
        }
    }
}
