internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Why a ticket is where it is, as a page.
struct ExplanationLines {
    let explanation: API.Explanation
    let columns: Int
    let layout: FieldLayout
    let display: DisplaySettings
    let now: Instant

    var lines: [PageLine] {
        var lines = sentence(explanation.summary, indent: 1, Look.strong)
        lines += section("Where it belongs", explanation.threading) { item in
            dated(item.at, item.sentence)
                + item.steps.flatMap { sentence($0.sentence, indent: 11, Look.faint) }
        }
        lines += section("Who has it", explanation.routing) { item in
            dated(item.at, item.sentence)
                + item.candidates.flatMap { sentence($0.sentence, indent: 11, Look.faint) }
        }
        lines += section("Acknowledgements", explanation.acknowledgements) {
            dated($0.at, $0.sentence)
        }
        lines += section("Surveys", explanation.surveys) { dated($0.at, $0.sentence) }
        lines += section("What is promised", explanation.sla, clock)
        lines += section("What the customer was told", explanation.promises) {
            dated($0.at, $0.sentence)
        }
        return lines
    }

    private func clock(_ clock: API.Explanation.Clock) -> [PageLine] {
        let due = clock.due.map { ", due \(display.moment($0.instant, now: now))" } ?? ""
        let head = "\(clock.target): \(clock.state)\(due) (\(clock.policy))"
        return sentence(head, indent: 1, .plain)
            + clock.intervals.flatMap { interval in
                let from = display.moment(interval.from.instant, now: now)
                let to = interval.to.map { display.moment($0.instant, now: now) } ?? "now"
                return sentence("\(from) to \(to): \(interval.state)", indent: 11, Look.faint)
            }
    }

    private func section<Item>(
        _ title: String, _ items: [Item], _ lines: (Item) -> [PageLine]
    ) -> [PageLine] {
        items.isEmpty ? [] : [.blank, .heading(" \(title)")] + items.flatMap(lines)
    }

    private func dated(_ at: Timestamp, _ text: String) -> [PageLine] {
        let moment = display.moment(at.instant, now: now)
        let label = PageLine.parts([LinePart(" \(moment)", Look.faint)])
        return [label] + sentence(text, indent: 8, .plain)
    }

    private func sentence(_ text: String, indent: Int, _ style: Style) -> [PageLine] {
        var layout = layout
        layout.base = .fixed(.leftToRight)
        let told = RFC3339.telling(text) { display.moment($0, now: now) }
        return PageLine.wrapped(
            .line(display.sentence(told)), columns: columns, indent: indent, style: style,
            layout: layout, limit: 40)
    }
}
