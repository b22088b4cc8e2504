internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Macro: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("name") { .text($0.name) },
            Column("title") { .text($0.title) },
            Column("teams") { .word($0.teams.map(\.rawValue).joined(separator: " ")) },
            Column("languages") { .word($0.texts.keys.sorted().joined(separator: " ")) },
            Column("updated_at") { .moment($0.updatedAt) },
        ]
    }

    var idText: String { name }
}

extension API.MacroOutcome: Tabular {
    static var columns: [Column<Self>] {
        [
            Column("ticket") { .number($0.ticket.number.rawValue) },
            Column("macro") { .text($0.macro) },
            Column("applied") { .word($0.applied ? "yes" : "no") },
            Column("status") { .word($0.ticket.status.rawValue) },
            Column("text") { .text($0.text) },
        ]
    }

    var idText: String { String(ticket.number.rawValue) }
}

extension Card {
    /// A macro, as `macro show` prints it.
    static func lines(of macro: API.Macro, _ context: CommandContext) -> [String] {
        var card = Card(context)
        card.line("\(macro.name)  \(macro.title)")
        card.field("teams", macro.teams.map(\.rawValue).joined(separator: ", "))
        let actions = macro.actions
        let tags = actions.addTags.map { "+\($0)" } + actions.removeTags.map { "-\($0)" }
        card.field("tags", tags.joined(separator: " "))
        card.field("priority", actions.priority?.rawValue)
        card.field("team", actions.transfer?.rawValue)
        card.field("for", actions.assign)
        card.field("note", actions.note)
        card.field(
            "then",
            [actions.status?.rawValue, actions.closingReason?.rawValue].compactMap { $0 }
                .joined(separator: ", "))
        card.field("snoozed", actions.snooze)
        for (language, text) in macro.texts.sorted(by: { $0.key < $1.key }) {
            card.blank()
            card.line("\(language):")
            card.paragraph(text, indent: 2)
        }
        return card.lines
    }

    /// What a macro did, or would do.
    static func lines(of outcome: API.MacroOutcome, _ context: CommandContext) -> [String] {
        var card = Card(context)
        let number = outcome.ticket.number.rawValue
        card.line(
            outcome.applied
                ? "\(outcome.macro) on #\(number):" : "\(outcome.macro) on #\(number) would do:")
        for effect in outcome.effects { card.line("- \(effect.sentence)", indent: 2) }
        for warning in outcome.warnings { card.line("! \(warning)", indent: 2) }
        if let text = outcome.text {
            card.blank()
            card.paragraph(text, indent: 2)
        }
        return card.lines
    }
}
