internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// A customer's card as lines: what an agent must never have to ask.
struct CustomerLines {
    let customer: API.Customer
    let columns: Int
    let layout: FieldLayout
    let display: DisplaySettings
    let now: Instant

    var lines: [PageLine] {
        head + identities + tickets + scores + attributes + suggestions
    }

    private var head: [PageLine] {
        var name = [LinePart(" "), LinePart(customer.name ?? "(no name)", Look.customer)]
        if customer.vip { name.append(LinePart("  VIP", Look.warning)) }
        if customer.blocked { name.append(LinePart("  BLOCKED", Look.alarm)) }
        var lines: [PageLine] = [.parts(name)]
        if let organisation = customer.organisation {
            lines.append(.parts([LinePart(" "), LinePart(organisation)]))
        }
        lines.append(fact("since", display.day(customer.createdAt.instant)))
        if let channel = customer.preferredChannel {
            lines.append(fact("prefers", Wording.channel(channel)))
        }
        return lines
    }

    private func fact(_ name: String, _ value: String) -> PageLine {
        .parts([LinePart(" "), LinePart(name, Look.faint), LinePart("  "), LinePart(value)])
    }

    private var identities: [PageLine] {
        section("Addresses", customer.identities) { identity in
            let trust =
                identity.verified
                ? LinePart("verified", Look.good) : LinePart("unchecked", Look.faint)
            let scope = identity.inbox.map { [LinePart("  in \($0.rawValue)", Look.faint)] } ?? []
            return [
                .parts([LinePart(" "), LinePart(identity.id, Look.strong)]),
                .parts([LinePart("   \(identity.kind)  ", Look.faint), trust] + scope),
            ]
        }
    }

    private var tickets: [PageLine] {
        guard !customer.openTickets.isEmpty else { return [] }
        let numbers = customer.openTickets.prefix(20).map(display.ticket)
        return [.blank, .heading(" Open tickets")]
            + PageLine.wrapped(
                .line(numbers.joined(separator: "  ")), columns: columns, indent: 1,
                layout: layout)
    }

    /// What all answers come to, then the newest of them.
    private var scores: [PageLine] {
        let answers = latest
        guard !customer.scoreSummary.isEmpty || !answers.isEmpty else { return [] }
        return [.blank, .heading(" Scores")] + customer.scoreSummary.flatMap(standing) + answers
    }

    private func standing(_ summary: API.ScoreReport.Part) -> [PageLine] {
        PageLine.wrapped(
            .line(standingText(summary)), columns: columns, indent: 1, layout: layout, limit: 3)
    }

    /// `CSAT 67 % (21 to 94), 3/4 answered; few`.
    func standingText(_ summary: API.ScoreReport.Part) -> String {
        let isNet = summary.nps != nil
        let value = isNet ? summary.nps : summary.satisfied
        let interval = isNet ? summary.npsInterval : summary.interval
        var text = "\(summary.key.uppercased()) "
        text += value.map { isNet ? hundredths($0) : hundredths($0) + " %" } ?? "-"
        if let interval {
            text += " (\(hundredths(interval.low)) to \(hundredths(interval.high)))"
        }
        text += ", " + display.digits("\(summary.n)/\(summary.sent)") + " answered"
        return summary.smallSample ? text + "; few" : text
    }

    /// A share or an NPS as people write it.
    private func hundredths(_ value: Double) -> String {
        guard let whole = Int(exactly: (value * 100).rounded()) else { return "-" }
        return display.digits("\(whole)")
    }

    private var latest: [PageLine] {
        customer.scores.prefix(5).flatMap { score in
            let best = score.kind == .nps ? 10 : score.kind == .ces ? 7 : 5
            let words = display.digits("\(score.score)/\(best)")
            let ticket = score.ticket.map { "  \(display.ticket($0))" } ?? ""
            let age = display.age(of: score.at.instant, now: now)
            let style = score.score * 2 <= best ? Look.alarm : Look.strong
            let line = PageLine.parts([
                LinePart(" \(score.kind.rawValue.uppercased()) ", Look.faint),
                LinePart(words, style), LinePart("\(ticket)  \(age)", Look.faint),
            ])
            guard let comment = score.comment else { return [line] }
            return [line]
                + PageLine.wrapped(
                    .line(comment), columns: columns, indent: 3, layout: layout, limit: 3)
        }
    }

    private var attributes: [PageLine] {
        section("Known", customer.attributes.sorted { $0.key < $1.key }) { attribute in
            [
                .parts([
                    LinePart(" "), LinePart(attribute.key, Look.faint), LinePart("  "),
                    LinePart(attribute.value),
                ])
            ]
        }
    }

    private var suggestions: [PageLine] {
        section("Perhaps theirs too", customer.suggestions) { suggestion in
            let other = suggestion.other.map { "  customer \($0.rawValue)" } ?? ""
            return [
                .parts([
                    LinePart(" "), LinePart(suggestion.id),
                    LinePart("  \(suggestion.kind)\(other)", Look.faint),
                ])
            ]
        }
    }

    private func section<Item>(
        _ title: String, _ items: [Item], _ lines: (Item) -> [PageLine]
    ) -> [PageLine] {
        items.isEmpty ? [] : [.blank, .heading(" \(title)")] + items.prefix(30).flatMap(lines)
    }
}
