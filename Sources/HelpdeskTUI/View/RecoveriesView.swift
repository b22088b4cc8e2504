internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Customers to win back, the earliest due first: who, what they gave and said, by when, and whose it is.
struct RecoveriesView {
    let model: Model
    private var layout: FieldLayout { model.layout }
    private static let rowHeight = 3

    func paint(
        _ items: [API.Recovery]?, _ index: Int, _ area: Rectangle, into grid: inout CellGrid
    ) {
        grid.clear(area)
        grid.cursor = nil
        grid.paint(.rule("Customers to win back", Look.heading), in: area.line(0), layout)
        let body = area.splitRows(1).bottom
        guard let items, !items.isEmpty else {
            let words: SafeText = items == nil ? " loading…" : " Nobody: every customer is content."
            grid.write(words, in: body, style: Look.faint, layout: layout)
            return
        }
        let height = max(body.rows / RecoveriesView.rowHeight, 1)
        let first = max(min(index - height / 2, items.count - height), 0)
        var rest = body
        for (place, item) in items.enumerated().dropFirst(first).prefix(height) {
            let (row, below) = rest.splitRows(RecoveriesView.rowHeight)
            paint(item, row, into: &grid)
            if place == index { grid.restyle(row.splitRows(2).top) { $0.adding(.reverse) } }
            rest = below
        }
    }

    private func paint(_ item: API.Recovery, _ row: Rectangle, into grid: inout CellGrid) {
        let isLate = item.due.instant < model.now
        let due = model.display.moment(item.due.instant, now: model.now)
        let owner = item.owner.map { "@\($0.rawValue)" } ?? "nobody has it"
        let ticket = item.ticket.map { "  " + model.display.ticket($0) } ?? ""
        let head = [
            LinePart("  "), LinePart(item.customer.name ?? "(no name)", Look.customer),
            LinePart(item.customer.vip ? "  VIP" : "", Look.warning),
            LinePart(model.display.digits("  score \(item.score)"), Look.alarm),
            LinePart(ticket, Look.faint),
        ]
        let trailing = [
            LinePart(owner, item.owner == nil ? Look.warning : .plain),
            LinePart(
                isLate ? "  LATE since \(due) " : "  due \(due) ", isLate ? Look.alarm : Look.faint),
        ]
        grid.paint(parts: head, trailing: trailing, in: row.line(0), layout)
        let words = item.comment ?? "(no words)"
        grid.write(
            .line(words), in: row.line(1).splitColumns(4).trailing,
            style: item.comment == nil ? Look.faint : .plain,
            layout: layout, alignment: .left)
    }
}
