internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// The customer's card.
struct CustomerView {
    let model: Model

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, into grid: inout CellGrid) {
        let (title, body) = area.splitRows(1)
        let style = model.focus == .customer ? Look.focusedTitle : Look.heading
        grid.write(
            "Customer", in: title.splitColumns(1).trailing, style: style, layout: model.layout)
        let lines = model.customerLines(columns: body.columns)
        grid.paint(page: lines.dropFirst(model.customerScroll), in: body, model.layout)
    }
}

extension Model {
    /// The card as lines; empty while it is not there.
    func customerLines(columns: Int) -> [PageLine] {
        guard let customer, customer.id == thread?.ticket.customer.id else { return [] }
        return CustomerLines(
            customer: customer, columns: columns, layout: layout, display: display, now: now
        ).lines
    }

    /// The page that lies over the panes, as lines; empty when there is none.
    func overlayLines(columns: Int) -> [PageLine] {
        switch overlay {
        case .help: return HelpLines.lines(settings.keys)
        case .explanation(_, let explanation, _):
            guard let explanation else { return [.parts([LinePart(" loading…", Look.faint)])] }
            return ExplanationLines(
                explanation: explanation, columns: columns, layout: layout, display: display,
                now: now
            ).lines
        case .timeline(_, let items, _):
            guard let items else { return [.parts([LinePart(" loading…", Look.faint)])] }
            return TimelineLines(
                items: items, columns: columns, layout: layout, display: display
            ).lines
        case .report(_, let lines, _):
            guard let lines else { return [.parts([LinePart(" loading…", Look.faint)])] }
            return lines.map { .parts([LinePart(" "), LinePart(display.digits($0))]) }
        case .picker, .prompt, .recoveries, .confirm, .leaving, nil: return []
        }
    }
}
