internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// The first row: who and where, how much waits, and how we stand with the daemon.
struct HeaderView {
    let model: Model

    init(_ model: Model) { self.model = model }

    func paint(_ area: Rectangle, into grid: inout CellGrid) {
        grid.clear(area, style: Look.bar)
        let trailing = unsent + mine + [LinePart(" "), connection, LinePart(" ")].map(barred)
        let room = area.columns - width(trailing) - 1
        grid.paint(parts: viewParts(room: room), trailing: trailing, in: area, model.layout)
    }

    private func width(_ parts: [LinePart]) -> Int {
        parts.reduce(0) { $0 + model.layout.widths.width(of: $1.text) }
    }

    private func barred(_ part: LinePart) -> LinePart {
        LinePart(part.text, part.style == .plain ? Look.bar : part.style)
    }

    /// The view on the screen, and as many others as there is room for.
    private func viewParts(room: Int) -> [LinePart] {
        let name = [LinePart(" hamdel ", Look.brand)]
        var left = room - width(name)
        let labels = model.views.enumerated().map(label)
        let current = model.views.firstIndex { $0.name == model.queue.view }
        left -= current.map { width([labels[$0]]) } ?? 0
        var parts = name
        for (index, label) in labels.enumerated() {
            if index != current {
                left -= width([label])
                guard left >= 0 else { continue }
            }
            parts.append(label)
        }
        return parts
    }

    private func label(_ index: Int, _ view: API.View) -> LinePart {
        let isCurrent = view.name == model.queue.view
        let text =
            " \(model.display.number(index + 1)) \(view.title) \(model.display.number(view.count)) "
        return LinePart(text, isCurrent ? Look.tab : Look.bar)
    }

    private var mine: [LinePart] {
        guard let agent = model.me?.agent else { return [] }
        let load = model.display.digits(" \(agent.load)/\(agent.capacity)")
        var parts = [LinePart(" "), LinePart(Wording.presence(agent))]
        if model.size.columns >= 80 { parts.append(LinePart(load)) }
        if model.size.columns >= 100 { parts = [LinePart(" "), LinePart(agent.name)] + parts }
        return parts.map(barred)
    }

    /// What is written and not sent: nobody forgets it.
    private var unsent: [LinePart] {
        var parts: [LinePart] = []
        let refused = model.outgoing.count { $0.stage == .refused }
        let waiting = model.outgoing.count { $0.stage == .waiting }
        if refused > 0 {
            let words = model.display.digits(" \(refused) NOT SENT: ") + model.key(for: .undo)
            parts.append(LinePart(words + " ", Look.barAlarm))
        }
        if waiting > 0 {
            parts.append(LinePart(model.display.digits(" \(waiting) to be sent "), Look.barWarning))
        }
        let drafts = model.drafts.drafts.count { $0.key != model.composer?.key }
        if drafts > 0 {
            let words = drafts == 1 ? "draft" : "drafts"
            parts.append(barred(LinePart(model.display.digits(" \(drafts) \(words) "))))
        }
        return parts
    }

    private var connection: LinePart {
        switch model.connection {
        case .connecting: LinePart("connecting")
        case .live: LinePart("live")
        case .offline(let since):
            LinePart(" offline since \(model.display.clock(since)) ", Look.barAlarm)
        }
    }
}
