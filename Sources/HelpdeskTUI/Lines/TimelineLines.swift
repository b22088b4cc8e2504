internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Everything about a customer over all channels, newest first, one line each.
struct TimelineLines {
    let items: [API.TimelineItem]
    let columns: Int
    let layout: FieldLayout
    let display: DisplaySettings

    var lines: [PageLine] {
        guard !items.isEmpty else { return [.parts([LinePart(" Nothing yet.", Look.faint)])] }
        var lines: [PageLine] = []
        var day: CivilDate?
        for item in items.reversed() {
            let date = display.local(item.at.instant).date
            if date != day { lines.append(.rule(display.longDay(item.at.instant), Look.faint)) }
            day = date
            lines.append(line(item))
        }
        return lines
    }

    private func line(_ item: API.TimelineItem) -> PageLine {
        let spoken = ["message", "note", "call"].contains(item.kind)
        var parts = [LinePart(" \(display.clock(item.at.instant))  ", Look.faint)]
        if let ticket = item.ticket {
            parts.append(LinePart("\(display.ticket(ticket))  ", Look.faint))
        }
        if item.kind == "note" { parts += [LinePart(" NOTE ", Look.noteTitle), LinePart("  ")] }
        if spoken, let channel = item.channel, item.kind != "note" {
            parts.append(LinePart("\(Wording.channel(channel))  ", Look.faint))
        }
        if spoken, let actor = item.actor {
            let name = actor.name ?? actor.kind.rawValue
            parts += [
                LinePart(name, actor.kind == .customer ? Look.customer : Look.agent),
                LinePart("  "),
            ]
        }
        let style: Style = item.kind == "score" ? Look.strong : spoken ? .plain : Look.faint
        parts.append(LinePart(item.summary, style))
        return .parts(parts)
    }
}
