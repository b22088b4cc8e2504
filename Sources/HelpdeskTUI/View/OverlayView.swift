internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// What lies over the panes: a page to read, or a list to choose from.
struct OverlayView {
    let model: Model
    private var layout: FieldLayout { model.layout }

    init(_ model: Model) { self.model = model }

    func paint(_ panes: Panes, into grid: inout CellGrid) {
        switch model.overlay {
        case .help(let scroll): page("Keys and commands", scroll, panes.page, into: &grid)
        case .explanation(let number, _, let scroll):
            let title = "Why \(model.display.ticket(number)) is where it is"
            page(title, scroll, panes.page, into: &grid)
        case .timeline(_, _, let scroll):
            let name = model.customer?.name ?? "this customer"
            page("Everything about \(name)", scroll, panes.page, into: &grid)
        case .picker(let picker): self.picker(picker, panes.page, into: &grid)
        case .prompt, .leaving, nil: break
        }
    }

    private func page(
        _ title: String, _ scroll: Int, _ area: Rectangle, into grid: inout CellGrid
    ) {
        grid.clear(area)
        grid.cursor = nil
        grid.paint(.rule(title, Look.heading), in: area.line(0), layout)
        let body = area.splitRows(1).bottom
        let lines = model.overlayLines(columns: body.columns)
        let first = max(min(scroll, lines.count - body.rows), 0)
        grid.paint(page: lines.dropFirst(first), in: body, layout)
        guard lines.count - first > body.rows else { return }
        let corner = body.line(body.rows - 1)
        let place = corner.splitColumns(corner.columns - 9).trailing
        grid.write(" more: j ", in: place, style: Look.bar, layout: layout)
    }

    private func picker(_ picker: Picker, _ area: Rectangle, into grid: inout CellGrid) {
        let choices = picker.matching
        let columns = min(max(area.columns - 4, 10), 64)
        let rows = min(max(choices.count, 1) + 3, area.rows)
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
        let list = inside.splitRows(1).bottom
        guard !choices.isEmpty else {
            grid.write("  nothing fits", in: list, style: Look.faint, layout: layout)
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
        case .assign(let number): "Who takes \(model.display.ticket(number))?"
        case .status(let number): "Status of \(model.display.ticket(number))"
        case .closing(let number): "Close \(model.display.ticket(number)): why?"
        case .presence: "Your presence"
        case .view: "Views"
        }
    }
}
