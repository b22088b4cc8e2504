internal import Terminal

/// The help: printed from the tables of keys and commands, so that it cannot be wrong.
enum HelpLines {
    static func lines(_ bindings: KeyBindings = .standard) -> [PageLine] {
        var lines: [PageLine] = []
        for group in Binding.Group.allCases {
            lines += [.heading(" \(group.rawValue)")]
            lines += bindings.listed(in: group).map { row($0.keys, $0.help) }
            lines.append(.blank)
        }
        lines.append(.heading(" Writing"))
        lines += Composer.keys.map { row($0.key, $0.help) }
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

    private static func row(_ key: String, _ help: String) -> PageLine {
        let width = WidthPolicy.sum.width(of: key)
        let gap = String(repeating: " ", count: max(20 - width, 1))
        return .parts([LinePart("   \(key)", Look.strong), LinePart(gap), LinePart(help)])
    }
}
