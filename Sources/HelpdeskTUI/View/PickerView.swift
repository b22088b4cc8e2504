internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// A box with a list to choose from, and what stands behind the choice under the cursor.
struct PickerView {
    let model: Model
    private var layout: FieldLayout { model.layout }

    func paint(_ picker: Picker, _ area: Rectangle, into grid: inout CellGrid) {
        let choices = picker.matching
        let preview = previewLines(picker, choices, columns: boxColumns(area) - 2)
        let previewRows = preview.isEmpty ? 0 : min(preview.count, max(area.rows / 3, 3)) + 1
        let rows = min(max(choices.count, 1) + 3 + previewRows, area.rows)
        let columns = boxColumns(area)
        let box = Rectangle(
            column: area.column + max((area.columns - columns) / 2, 0),
            row: area.row + max((area.rows - rows) / 3, 0), columns: min(columns, area.columns),
            rows: rows)
        grid.clear(box)
        grid.box(box, title: .line(title(picker.purpose)), layout: layout)
        let inside = box.inset()
        let field = inside.line(0)
        grid.write("> ", in: field, style: Look.strong, layout: layout)
        LineField(text: picker.filter, layout: layout)
            .paint(field.splitColumns(2).trailing, into: &grid)
        let (list, below) = inside.splitRows(1).bottom.splitRows(inside.rows - 1 - previewRows)
        paint(picker, choices, in: list, into: &grid)
        guard previewRows > 0 else { return }
        grid.paint(.rule("", Look.fence), in: below.line(0), layout)
        grid.paint(page: preview, in: below.splitRows(1).bottom, layout)
    }

    private func boxColumns(_ area: Rectangle) -> Int {
        min(max(area.columns - 4, 10), 76)
    }

    private func previewLines(
        _ picker: Picker, _ choices: [Picker.Choice], columns: Int
    ) -> [PageLine] {
        guard choices.indices.contains(picker.index), let text = choices[picker.index].preview
        else { return [] }
        return PageLine.wrapped(
            .body(TextCut.shown(text)), columns: columns, indent: 1, layout: layout, limit: 20)
    }

    private func paint(
        _ picker: Picker, _ choices: [Picker.Choice], in list: Rectangle,
        into grid: inout CellGrid
    ) {
        guard !choices.isEmpty else {
            let words: SafeText = picker.isLoading ? "  looking…" : "  nothing fits"
            grid.write(words, in: list, style: Look.faint, layout: layout)
            return
        }
        let first = max(min(picker.index - list.rows + 1, choices.count - list.rows), 0)
        for (row, choice) in choices.dropFirst(first).prefix(list.rows).enumerated() {
            let line = list.line(row)
            let mark = first + row == picker.index ? " > " : "   "
            grid.paint(
                parts: [LinePart(mark, Look.strong), LinePart(choice.title, Look.strong)],
                trailing: [LinePart(choice.detail, Look.faint), LinePart(" ")], in: line, layout)
            if first + row == picker.index { grid.restyle(line) { $0.adding(.reverse) } }
        }
    }

    private func title(_ purpose: Picker.Purpose) -> String {
        switch purpose {
        case .assign(let targets): "Who takes \(model.name(targets))?"
        case .status(let targets): "Status of \(model.name(targets))"
        case .closing(let targets): "Close \(model.name(targets)): why?"
        case .priority(let targets): "Priority of \(model.name(targets))"
        case .snooze(let targets): "Put \(model.name(targets)) away until…"
        case .transfer(let targets): "Hand \(model.name(targets)) to which team?"
        case .presence: "Your presence"
        case .view: "Views"
        case .macro: "Prepared answers"
        case .similar(let number): "Solved tickets like \(model.display.ticket(number))"
        case .palette: "Everything"
        case .drafts: "Begun and not sent"
        case .folds: "What threads show"
        case .enclosure: "Files and links"
        case .use(let file): file.name ?? "no name"
        case .route: "By which way?"
        }
    }
}
