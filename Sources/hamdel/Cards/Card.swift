internal import HelpdeskAPI
internal import Terminal

/// Puts together what is shown of one object: labelled lines and paragraphs. Everything that goes in comes out
/// sanitized.
struct Card {
    let page: TextPage
    let moments: MomentText
    private static let labelWidth = 12
    private(set) var lines: [String] = []

    init(_ context: CommandContext) {
        page = context.page
        moments = context.moments
    }

    /// `label     value`; nothing when the value is nil or empty.
    mutating func field(_ label: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        // An attribute's name is as foreign as its value.
        let name = Sanitizer.singleLine(label)
        let rows = page.paragraph(Sanitizer.singleLine(value), indent: Self.labelWidth)
        for (index, row) in rows.enumerated() {
            let label = page.cell(name, columns: Self.labelWidth - 1) + " "
            lines.append(index == 0 ? label + row.dropFirst(Self.labelWidth) : row)
        }
    }

    mutating func field(_ label: String, _ moment: Timestamp?) {
        field(label, moment.map(moments.text))
    }

    /// One line that a stranger's text cannot break in two.
    mutating func line(_ text: String, indent: Int = 0) {
        lines += page.paragraph(Sanitizer.singleLine(text), indent: indent)
    }

    mutating func paragraph(_ text: String, indent: Int = 0) {
        lines += page.paragraph(Sanitizer.multiLine(text), indent: indent)
    }

    mutating func blank() { lines.append("") }
}
