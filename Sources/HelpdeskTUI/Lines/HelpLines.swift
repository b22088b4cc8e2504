internal import Terminal

/// The help: printed from the tables of keys and commands, so that it cannot be wrong.
enum HelpLines {
    static func lines(columns: Int, layout: FieldLayout) -> [PageLine] {
        var lines: [PageLine] = []
        for group in Binding.Group.allCases {
            lines += [.heading(" \(group.rawValue)")]
            lines += Bindings.all.filter { $0.group == group && !isRepeated($0) }.map(line)
            lines.append(.blank)
        }
        lines.append(.heading(" Writing"))
        lines += [
            row("C-s, C-Enter", "send"), row("Esc", "send, discard, a command, or go on writing"),
            row("PgUp, PgDn", "scroll the thread above"),
        ]
        lines += [.blank, .heading(" After : (Tab completes)")]
        lines += TypedCommand.words.map { row("\($0.word) \($0.arguments)", $0.help) }
        lines += [
            .blank,
            .parts([
                LinePart(
                    " With a Persian keyboard the keys are those in the same places.", Look.faint)
            ]),
        ]
        return lines
    }

    /// `1` to `9` are one line.
    private static func isRepeated(_ binding: Binding) -> Bool {
        if case .view(let index) = binding.command { index > 0 } else { false }
    }

    private static func line(_ binding: Binding) -> PageLine {
        if case .view = binding.command { return row("1 … 9", "the view with this number") }
        return row(binding.keyText, binding.help)
    }

    private static func row(_ key: String, _ help: String) -> PageLine {
        let width = WidthPolicy.sum.width(of: key)
        let gap = String(repeating: " ", count: max(20 - width, 1))
        return .parts([LinePart("   \(key)", Look.strong), LinePart(gap), LinePart(help)])
    }
}
