internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// What is being written, and where it will go: nobody sends without having been told to whom.
struct ComposerView {
    let model: Model
    private var layout: FieldLayout { model.layout }

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, _ panes: Panes, into grid: inout CellGrid) {
        guard let composer = model.composer, let text = panes.composerText else { return }
        let isNote = composer.kind == .note
        grid.paint(
            .rule(title(composer), isNote ? Look.warning : Look.heading), in: area.line(0), layout)
        paint(
            composer.text, in: text.splitColumns(1).trailing, isNote ? Look.note : .plain,
            into: &grid)
        let review = area.splitRows(area.rows - panes.reviewRows).bottom
        grid.paint(parts: self.review(composer), in: review.line(0), layout)
        let rest = review.splitRows(1).bottom
        grid.paint(page: reason(composer, rest), in: rest, layout)
    }

    private func title(_ composer: Composer) -> String {
        switch composer.kind {
        case .note:
            "INTERNAL NOTE on \(model.display.ticket(composer.ticket)), never sent"
        case .reply:
            "Reply to \(model.display.ticket(composer.ticket)): the customer sees this"
        }
    }

    private func paint(
        _ text: TextField, in area: Rectangle, _ style: Style, into grid: inout CellGrid
    ) {
        let inside = area.splitColumns(area.columns - 1).leading
        let lines = layout.lines(text.display, columns: max(inside.columns, 1))
        let row = lines.lastIndex { $0.offsets.lowerBound <= text.cursor } ?? 0
        let first = max(row - inside.rows + 1, 0)
        grid.paint(lines.dropFirst(first), in: inside, style: style)
        guard model.overlay == nil else { return }
        grid.cursor = CellGrid.place(of: text.cursor, in: lines, field: area, scrolled: first)
        // The place behind the last character of a line that runs left to right.
        if lines.indices.contains(row), lines[row].direction == .rightToLeft {
            grid.cursor = CellGrid.place(of: text.cursor, in: lines, field: inside, scrolled: first)
        }
    }

    private func review(_ composer: Composer) -> [LinePart] {
        guard composer.kind == .reply else {
            let names = composer.attachments.map(\.name).joined(separator: ", ")
            return [
                LinePart(" for the team only", Look.note),
                LinePart(names.isEmpty ? "" : "  with \(names)", Look.strong),
            ]
        }
        guard let preview = composer.preview else {
            return [LinePart(" asking where it will go…", Look.faint)]
        }
        guard let channel = preview.channel else {
            return [
                LinePart(" CANNOT BE REACHED  ", Look.alarm),
                .sentence(preview.sentence, Look.alarm),
            ]
        }
        var parts = [
            LinePart(" by "), LinePart(Wording.channel(channel), Look.strong), LinePart(" to "),
        ]
        for (index, address) in preview.to.enumerated() {
            if index > 0 { parts.append(LinePart(", ")) }
            parts.append(LinePart(address, Look.strong))
        }
        if !composer.cc.isEmpty {
            parts += [LinePart("  cc ", Look.faint), LinePart(composer.cc.joined(separator: ", "))]
        }
        if !composer.attachments.isEmpty {
            let names = composer.attachments.map(\.name).joined(separator: ", ")
            parts += [LinePart("  with ", Look.faint), LinePart(names, Look.strong)]
        }
        switch composer.then {
        case .keep: break
        case .close: parts.append(LinePart("  then close", Look.warning))
        case .pending: parts.append(LinePart("  then wait", Look.warning))
        }
        return parts
    }

    /// Why sending was stopped, what is to be known, or why this way.
    private func reason(_ composer: Composer, _ area: Rectangle) -> [PageLine] {
        let (text, style): (String, Style) =
            if let warning = composer.warning {
                ("! " + warning, Look.alarm)
            } else if let warning = composer.preview?.warnings.first {
                ("! " + warning, Look.warning)
            } else if let macro = composer.macro {
                ("with it (C-x: without): \(macro.effects.joined(separator: " "))", Look.strong)
            } else {
                (composer.preview?.sentence ?? "", Look.faint)
            }
        var layout = layout
        layout.base = .fixed(.leftToRight)
        return PageLine.wrapped(
            .line(text), columns: area.columns, indent: 1, style: style, layout: layout,
            limit: area.rows)
    }
}
