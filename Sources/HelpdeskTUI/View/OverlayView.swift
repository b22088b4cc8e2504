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
        case .report(let name, _, let scroll):
            page("How it goes: \(name.rawValue)", scroll, panes.page, into: &grid)
        case .picker(let picker): PickerView(model: model).paint(picker, panes.page, into: &grid)
        case .recoveries(let items, let index):
            RecoveriesView(model: model).paint(items, index, panes.page, into: &grid)
        case .prompt(let prompt): candidates(for: prompt, panes.page, into: &grid)
        case .confirm, .leaving, nil: break
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
        grid.write(more: model.settings.keys.key(for: .down, in: .page), in: corner, layout)
    }

    /// What Tab would complete, above the line being typed.
    private func candidates(
        for prompt: Prompt, _ area: Rectangle, into grid: inout CellGrid
    ) {
        guard prompt.purpose != .search || prompt.text.text.contains(where: { $0 != " " }) else {
            return
        }
        let found = model.candidates(for: prompt)
        let rows = min(found.count, 8, area.rows)
        guard rows > 0 else { return }
        let list = area.splitRows(area.rows - rows).bottom
        grid.clear(list, style: Look.bar)
        for (row, candidate) in found.prefix(rows).enumerated() {
            grid.paint(
                parts: [
                    LinePart(" \(candidate.word)", Look.bar.adding(.bold)),
                    LinePart("  \(candidate.help)", Look.bar),
                ], in: list.line(row), layout)
        }
    }
}
