internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// What was said and done in one ticket.
struct ThreadView {
    let model: Model
    private var layout: FieldLayout { model.layout }

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, _ panes: Panes, into grid: inout CellGrid) {
        guard let number = model.opened, let ticket = model.ticket(number) else {
            let words: SafeText = model.opened == nil ? " No ticket." : " loading…"
            grid.write(words, in: area, style: Look.faint, layout: layout)
            return
        }
        paintHead(ticket, area, into: &grid)
        guard let body = panes.threadBody else { return }
        guard let window = model.threadWindow else {
            grid.write("  loading…", in: body, style: Look.faint, layout: layout)
            return
        }
        grid.paint(page: window.lines, in: body, layout)
        if let words = model.thread?.find {
            let corner = body.line(body.rows - 1)
            grid.clear(corner)
            let parts = [
                LinePart(" /", Look.strong), LinePart(words, Look.strong),
                LinePart(finding, Look.faint),
            ]
            grid.paint(parts: parts, in: corner, layout)
        } else if window.hasMoreBelow {
            let corner = body.line(body.rows - 1)
            grid.write(more: model.settings.keys.key(for: .bottom, in: .thread), in: corner, layout)
        }
    }

    private var finding: String {
        let words: [(Command, String)] = [
            (.findNext, "next"), (.findPrevious, "before"), (.back, "enough"),
        ]
        return words.map { command, word in
            "  " + (model.settings.keys.key(for: command, in: .thread) ?? command.name) + " " + word
        }.joined()
    }

    private func paintHead(_ ticket: API.Ticket, _ area: Rectangle, into grid: inout CellGrid) {
        let title = area.line(0)
        let number = grid.write(
            .line(model.display.ticket(ticket.number)), in: title.splitColumns(1).trailing,
            style: model.focus == .thread ? Look.focusedTitle : Look.heading, layout: layout,
            alignment: .left)
        let rest = title.splitColumns(number + 2).trailing
        grid.write(
            .line(ticket.subject ?? "(no subject)"),
            in: rest.splitColumns(rest.columns - 1).leading,
            style: Look.strong, layout: layout)
        grid.paint(parts: facts(ticket), trailing: others(ticket), in: area.line(1), layout)
        grid.paint(banner(ticket), in: area.line(2), layout)
    }

    private func facts(_ ticket: API.Ticket) -> [LinePart] {
        var parts = [
            LinePart(" "), LinePart(ticket.status.rawValue, Wording.style(ticket.status)),
        ]
        if ticket.spam { parts.append(LinePart("  SPAM", Look.alarm)) }
        if ticket.priority != .normal {
            let style = ticket.priority > .normal ? Look.alarm : Look.faint
            parts.append(LinePart("  \(ticket.priority.rawValue)", style))
        }
        let holder = ticket.assignee.map { "  @\($0.rawValue)" } ?? "  nobody has it"
        parts.append(LinePart(holder, ticket.assignee == nil ? Look.warning : .plain))
        parts.append(LinePart("  \(ticket.team.rawValue)", Look.faint))
        if let reason = ticket.closingReason {
            parts.append(LinePart("  \(Wording.reason(reason))", Look.faint))
        }
        if let score = ticket.score {
            parts.append(LinePart(model.display.digits("  score \(score)"), Look.strong))
        }
        if let until = ticket.snoozedUntil {
            let moment = model.display.moment(until.instant, now: model.now)
            parts.append(LinePart("  snoozed until \(moment)", Look.faint))
        }
        if ticket.callback != nil { parts.append(LinePart("  call back", Look.warning)) }
        for tag in ticket.tags.prefix(6) {
            parts += [LinePart("  "), LinePart("[\(tag)]", Look.faint)]
        }
        return parts
    }

    /// Who else has it in front of them: two answers to one question are worse than one.
    private func others(_ ticket: API.Ticket) -> [LinePart] {
        let others = model.onlookers.others(at: ticket.number)
        guard let first = others.first else { return [] }
        let name = model.agents.first { $0.login == first.agent }?.name ?? first.agent.rawValue
        let rest = others.count > 1 ? model.display.digits(" +\(others.count - 1)") : ""
        let isWriting = first.state == .writing
        return [
            LinePart(" "), LinePart(name + rest, isWriting ? Look.warning : Look.faint),
            LinePart(
                isWriting ? " is writing " : " is here ", isWriting ? Look.warning : Look.faint),
        ]
    }

    /// Another ticket that says it belongs here, or the line under the head.
    private func banner(_ ticket: API.Ticket) -> PageLine {
        guard
            let related = ticket.related.first(where: { $0.relation == "claimed" })
                ?? ticket.related.first
        else { return .rule("", Look.fence) }
        let other = model.display.ticket(related.number)
        switch related.relation {
        case "claimed":
            let what =
                "LINKED \(other) claims to belong here, its sender is not proven: "
                + "\(model.key(for: .join)) takes it in"
            return .parts([LinePart(" "), LinePart(what, Look.warning)])
        case "hint":
            let what = "LINKED \(other) may belong here"
            return .parts([LinePart(" "), LinePart(what, Look.warning)])
        case "follow_up": return .rule("follow-up: \(other)", Look.fence)
        default: return .rule("\(related.relation): \(other)", Look.fence)
        }
    }
}
