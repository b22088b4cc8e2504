internal import HelpdeskAPI
internal import HelpdeskCore

extension Card {
    static func lines(of explanation: API.Explanation, _ context: CommandContext) -> [String] {
        var card = Card(context)
        card.line("#\(explanation.ticket.rawValue)  \(card.told(explanation.summary))")
        for threading in explanation.threading { card.threading(threading) }
        for routing in explanation.routing { card.routing(routing) }
        for step in explanation.acknowledgements { card.step("acknowledgement", step) }
        for step in explanation.surveys { card.step("survey", step) }
        card.promises(explanation)
        for step in explanation.notices { card.step("notice", step) }
        return card.lines
    }

    /// `--sla`: the clocks alone.
    static func clockLines(of explanation: API.Explanation, _ context: CommandContext) -> [String] {
        var card = Card(context)
        guard !explanation.sla.isEmpty else {
            card.line("#\(explanation.ticket.rawValue)  nothing is promised")
            return card.lines
        }
        card.line("#\(explanation.ticket.rawValue)")
        card.promises(explanation)
        return card.lines
    }

    private mutating func promises(_ explanation: API.Explanation) {
        for clock in explanation.sla {
            blank()
            let due = clock.due.map { ", due \(moments.text($0))" } ?? ""
            let breached = clock.breachedAt.map { ", broken \(moments.text($0))" } ?? ""
            line(
                "sla \(clock.target)  \(clock.state)\(due)\(breached)  "
                    + "\(Self.length(clock.usedSeconds)) of \(Self.length(clock.allowanceSeconds)) (\(clock.policy))"
            )
            for interval in clock.intervals {
                let end = interval.to.map(moments.text) ?? "now"
                let used = interval.usedSeconds.map { ", \(Self.length($0)) used" } ?? ""
                line(
                    "\(moments.text(interval.from)) to \(end): \(interval.state)\(used)", indent: 4)
            }
        }
        for step in explanation.promises { self.step("promise", step) }
    }

    /// Working time as `4h 30m`.
    private static func length(_ seconds: Int64) -> String {
        let minutes = seconds / 60
        let hours = minutes / 60
        if minutes == 0 { return "\(seconds)s" }
        if hours == 0 { return "\(minutes)m" }
        return minutes % 60 == 0 ? "\(hours)h" : "\(hours)h \(minutes % 60)m"
    }

    private mutating func threading(_ threading: API.Explanation.Threading) {
        blank()
        line("threading  \(moments.text(threading.at))  \(told(threading.sentence))")
        for step in threading.steps { line(told(step.sentence), indent: 4) }
    }

    private mutating func routing(_ routing: API.Explanation.Routing) {
        blank()
        line("routing  \(moments.text(routing.at))  \(told(routing.sentence))")
        for candidate in routing.candidates {
            line(told(candidate.sentence), indent: 4)
        }
    }

    private mutating func step(_ kind: String, _ step: API.Explanation.Step) {
        blank()
        line("\(kind)  \(moments.text(step.at))  \(told(step.sentence))")
    }

    /// With the times in it as everywhere else on the card.
    private func told(_ sentence: String) -> String {
        RFC3339.telling(sentence) { moments.text(Timestamp($0)) }
    }
}
