internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// The last row: the keys of the moment, what just happened, or a line to type.
struct FooterView {
    let model: Model

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, into grid: inout CellGrid) {
        if case .prompt(let prompt) = model.overlay {
            paint(prompt, area, into: &grid)
        } else if let notice = model.notice {
            let style = notice.tone == .failed ? Look.alarm : Look.good
            let mark = notice.tone == .failed ? " ! " : " * "
            grid.paint(
                parts: [
                    LinePart(mark, style), .sentence(model.display.sentence(notice.text), style),
                ], in: area,
                model.layout)
        } else {
            grid.paint(parts: held + hints, in: area, model.layout)
        }
    }

    /// A reply that can still be taken back, and for how long.
    private var held: [LinePart] {
        guard model.overlay == nil, model.composer == nil, let last = model.outgoing.last,
            case .held(let until) = last.stage
        else { return [] }
        let left = max((until.since(model.now).milliseconds + 999) / 1_000, 0)
        let number = model.display.ticket(last.composer.ticket)
        let seconds = model.display.digits("\(left) s")
        return [
            LinePart(" reply to \(number) goes in \(seconds) ", Look.warning),
            LinePart(model.key(for: .undo), Look.strong),
            LinePart(" takes it back ", Look.faint),
        ]
    }

    private func paint(_ prompt: Prompt, _ area: Rectangle, into grid: inout CellGrid) {
        let label: SafeText =
            switch prompt.purpose {
            case .command: ":"
            case .search, .find: "/"
            case .tags: "tags: "
            case .snooze: "until: "
            case .outcome: "what came of it: "
            case .pipe: "pipe into: "
            case .attach: "file: "
            }
        let used = grid.write(label, in: area, style: Look.strong, layout: model.layout)
        let field = area.splitColumns(used).trailing
        LineField(text: prompt.text, layout: model.layout).paint(field, into: &grid)
    }

    private var hints: [LinePart] {
        switch model.overlay {
        case .leaving:
            return [LinePart(" Not sent yet; it stays a draft. Leave? y / n", Look.warning)]
        case .confirm(let question, let steps, _):
            let count = steps.count > 1 ? "  (\(model.display.number(steps.count)))" : ""
            return [
                .sentence(" \(question)\(count)", Look.warning), LinePart("  y / n", Look.strong),
            ]
        case .recoveries:
            return keyed(
                hints(.queue, [(.open, "open"), (.take, "take"), (.close, "done")])
                    + hints(.page, [(.down, "down"), (.up, "up"), (.back, "back")]))
        case .picker: return keyed([("Enter", "choose"), ("Esc", "back"), ("type", "narrows")])
        case .help, .explanation, .timeline, .report:
            return keyed(hints(.page, [(.down, "down"), (.up, "up"), (.back, "back")]))
        case .prompt, nil: break
        }
        if let composer = model.composer {
            switch composer.stage {
            case .writing:
                return keyed([
                    ("C-s", "send"), ("Esc", "stop"), ("C-o", "editor"), ("C-p", "macro"),
                    ("C-t", "channel"), ("PgUp", "read above"),
                ])
            case .sending: return [LinePart(" sending…", Look.faint)]
            case .asking:
                return keyed([
                    ("s", "send"), ("e", "editor"), ("p", "put away"), ("d", "discard"),
                    ("a", "attach"), (":", "command"), ("Esc", "go on writing"),
                ])
            }
        }
        // Back from the queue is out of the program: nobody needs to be told.
        let bound = model.settings.keys.rows.filter {
            $0.hint != nil && $0.contexts.contains(model.context)
                && !(model.context == .queue && $0.command == .back)
        }
        // The way to the rest first.
        let help = bound.filter { $0.command == .help }
        return keyed(
            (help + bound.filter { $0.command != .help }).compactMap { binding in
                binding.keys.first.map { ($0.text, binding.hint ?? "") }
            })
    }

    /// Those that have a key there.
    private func hints(
        _ context: KeyContext, _ commands: [(Command, String)]
    ) -> [(key: String, word: String)] {
        commands.compactMap { command, word in
            model.settings.keys.key(for: command, in: context).map { ($0, word) }
        }
    }

    /// As many as fit.
    private func keyed(_ pairs: [(key: String, word: String)]) -> [LinePart] {
        var left = model.size.columns
        var parts: [LinePart] = []
        for pair in pairs {
            let width = model.layout.widths.width(of: .line(pair.key + pair.word)) + 3
            guard width <= left else { break }
            left -= width
            parts += [
                LinePart(" \(pair.key) ", Look.strong), LinePart("\(pair.word) ", Look.faint),
            ]
        }
        return parts
    }
}

/// A text field of one line, with the cursor in sight.
struct LineField {
    let text: TextField
    let layout: FieldLayout

    func paint(_ area: Rectangle, into grid: inout CellGrid) {
        guard area.columns > 1 else { return }
        // Wrapped, and the line with the cursor shown: a field is never wider than its row.
        let lines = layout.lines(text.display, columns: area.columns - 1)
        let row = lines.lastIndex { $0.offsets.lowerBound <= text.cursor } ?? 0
        guard lines.indices.contains(row) else { return }
        let inside = area.splitColumns(area.columns - 1).leading
        grid.paint(lines[row], in: inside, alignment: .natural)
        grid.cursor = CellGrid.place(of: text.cursor, in: lines, field: inside, scrolled: row)
        if var cursor = grid.cursor, lines[row].direction == .leftToRight,
            text.cursor == text.count
        {
            cursor.column = inside.column + min(lines[row].width, inside.columns)
            grid.cursor = cursor
        }
    }
}
