internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// The list of tickets. Every field of a row is laid out on its own.
struct QueueView {
    let model: Model
    private var queue: Queue { model.queue }
    private var layout: FieldLayout { model.layout }

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, into grid: inout CellGrid) {
        let (title, list) = area.splitRows(1)
        paintTitle(title, into: &grid)
        guard queue.isLoaded else {
            grid.write(" loading…", in: list, style: Look.faint, layout: layout)
            return
        }
        guard !queue.tickets.isEmpty else {
            let words: SafeText =
                queue.words == nil ? " Nothing waits here." : " Nothing was found."
            grid.write(words, in: list, style: Look.faint, layout: layout)
            return
        }
        let height = Panes.rowHeight(columns: area.columns)
        var rest = list
        for ticket in queue.tickets.dropFirst(queue.top) {
            guard rest.rows >= height else { break }
            let (row, below) = rest.splitRows(height)
            paint(ticket, row, into: &grid)
            rest = below
        }
    }

    private func paintTitle(_ area: Rectangle, into grid: inout CellGrid) {
        let known = model.views.first { $0.name == queue.view }
        let style = model.focus == .queue ? Look.focusedTitle : Look.heading
        var parts = [LinePart(" "), LinePart(known?.title ?? queue.view ?? "All active", style)]
        if let words = queue.words {
            parts += [LinePart("  /", Look.strong), LinePart(words, Look.strong)]
        }
        var trailing: [LinePart] = []
        if !queue.marks.isEmpty {
            let count = model.display.digits("\(queue.marks.count) marked ")
            trailing.append(LinePart(count, Look.strong))
        }
        if queue.newAbove > 0 {
            trailing.append(
                LinePart(model.display.digits("\(queue.newAbove) new ↑ "), Look.warning))
        }
        grid.paint(parts: parts, trailing: trailing, in: area, layout)
    }

    private func paint(_ ticket: API.Ticket, _ row: Rectangle, into grid: inout CellGrid) {
        if row.rows == 1 {
            paintWide(ticket, row, into: &grid)
        } else {
            paintNarrow(ticket, row, into: &grid)
        }
        if ticket.number == queue.selected {
            // Reverse for the pane that has the keys; elsewhere bold and the mark at the left say it.
            let hasKeys = model.focus == .queue
            grid.restyle(row) { hasKeys ? $0.adding(.reverse) : $0.adding(.bold) }
        } else if ticket.number == queue.ghost || ticket.status == .closed {
            grid.restyle(row) { $0.adding(.dim) }
        }
    }

    /// `>` the cursor, `+` marked, `*` the customer spoke last.
    private func marks(_ ticket: API.Ticket) -> String {
        let isMarked = queue.marks.contains(ticket.number)
        let cursor = isMarked ? "+" : ticket.number == queue.selected ? ">" : " "
        let unread = ticket.lastDirection == .inbound && ticket.status != .closed ? "*" : " "
        return cursor + unread
    }

    private func paintWide(_ ticket: API.Ticket, _ row: Rectangle, into grid: inout CellGrid) {
        var row = row
        func field(_ text: String, _ columns: Int, _ style: Style, _ alignment: Alignment = .left) {
            let (place, rest) = row.splitColumns(columns)
            let inside = place.splitColumns(columns - 1).leading
            grid.write(.line(text), in: inside, style: style, layout: layout, alignment: alignment)
            row = rest
        }
        let facts = facts(ticket)
        field(marks(ticket), 3, Look.strong)
        field(model.display.ticket(ticket.number), 8, Look.faint)
        field(Wording.short(ticket.status), 5, Wording.style(ticket.status))
        field(Wording.mark(ticket.priority).trimmed, 3, Look.alarm)
        if ticket.customer.vip { field("VIP", 4, Look.warning) }
        field(name(ticket), min(max(row.columns / 4, 12), 24), Look.strong, .natural)
        let right = 16 + (facts == nil ? 0 : 11)
        field(ticket.subject ?? "(no subject)", max(row.columns - right, 8), .plain, .natural)
        if let facts { field(facts.0, 11, facts.1) }
        field(Wording.words(ticket.channels), 11, Look.faint)
        field(age(ticket), 5, Look.faint, .right)
    }

    private func paintNarrow(_ ticket: API.Ticket, _ area: Rectangle, into grid: inout CellGrid) {
        let (upper, lower) = (area.line(0), area.line(1))
        let right = "\(Wording.letters(ticket.channels)) \(age(ticket))"
        let rightWidth = layout.widths.width(of: .line(right)) + 1
        let first = upper.splitColumns(upper.columns - rightWidth).leading
        var left = [
            LinePart(marks(ticket), Look.strong),
            LinePart(model.display.ticket(ticket.number) + " ", Look.faint),
        ]
        // Blanks are never styled: a theme may underline.
        let mark = Wording.mark(ticket.priority).trimmed
        let gap = String(repeating: " ", count: max(3 - mark.utf8.count, 0))
        left += [LinePart(mark, Look.alarm), LinePart(gap)]
        if ticket.customer.vip { left += [LinePart("VIP", Look.warning), LinePart(" ")] }
        left.append(LinePart(name(ticket), Look.strong))
        grid.paint(parts: left, in: first, layout)
        let place = upper.splitColumns(upper.columns - rightWidth).trailing
        grid.write(.line(right), in: place, style: Look.faint, layout: layout, alignment: .left)
        var trailing: [LinePart] = []
        if let facts = facts(ticket) { trailing += [LinePart(facts.0, facts.1), LinePart(" ")] }
        if queue.view != "mine", let assignee = ticket.assignee {
            trailing.append(LinePart("@\(assignee.rawValue) ", Look.faint))
        }
        let status = LinePart(
            "  " + Wording.short(ticket.status) + " ", Wording.style(ticket.status))
        let wanted = trailing.reduce(0) { $0 + layout.widths.width(of: $1.text) }
        let room = min(wanted, lower.columns / 2)
        let (subject, end) = lower.splitColumns(lower.columns - room)
        let used = grid.write(
            status.text, in: subject, style: status.style, layout: layout, alignment: .left)
        let field = subject.splitColumns(used).trailing
        grid.write(
            .line(ticket.subject ?? "(no subject)"),
            in: field.splitColumns(field.columns - 1).leading,
            layout: layout)
        grid.paint(parts: trailing, in: end, layout)
    }

    private func name(_ ticket: API.Ticket) -> String {
        if let name = ticket.customer.name, !name.isEmpty { return name }
        return ticket.participants.first.map(\.id) ?? "customer \(ticket.customer.id.rawValue)"
    }

    private func age(_ ticket: API.Ticket) -> String {
        model.display.age(of: (ticket.lastMessageAt ?? ticket.updatedAt).instant, now: model.now)
    }

    /// The one thing that cannot wait, if there is one.
    private func facts(_ ticket: API.Ticket) -> (String, Style)? {
        if ticket.number == queue.ghost { return ("left view", Look.faint) }
        if model.drafts.holds(ticket.number) { return ("draft", Look.note) }
        if ticket.sla.contains(where: { $0.state == "breached" }) { return ("LATE", Look.alarm) }
        if ticket.callback != nil { return ("call back", Look.warning) }
        if let until = ticket.snoozedUntil?.instant, until > model.now {
            return ("snoozed", Look.faint)
        }
        let due = ticket.sla.compactMap { $0.state == "running" ? $0.due?.instant : nil }.min()
        guard let due else { return nil }
        let minutes = due.since(model.now).milliseconds / 60_000
        guard minutes < 60 else { return nil }
        let words = minutes < 0 ? "LATE" : "due \(minutes)m"
        return (model.display.digits(words), Look.warning)
    }
}
