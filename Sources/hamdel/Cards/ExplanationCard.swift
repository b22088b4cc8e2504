internal import HelpdeskAPI
internal import HelpdeskCore

extension Card {
    static func lines(of explanation: API.Explanation, _ context: CommandContext) -> [String] {
        var card = Card(context)
        card.line("#\(explanation.ticket.rawValue)  \(explanation.summary)")
        for threading in explanation.threading { card.threading(threading) }
        for routing in explanation.routing { card.routing(routing) }
        for step in explanation.acknowledgements { card.step("acknowledgement", step) }
        for step in explanation.surveys { card.step("survey", step) }
        return card.lines
    }

    private mutating func threading(_ threading: API.Explanation.Threading) {
        blank()
        line(
            "threading  \(moments.text(threading.at))  message \(threading.message.rawValue): "
                + threading.sentence)
        for step in threading.steps { line("\(step.rule): \(step.sentence)", indent: 4) }
    }

    private mutating func routing(_ routing: API.Explanation.Routing) {
        blank()
        line("routing  \(moments.text(routing.at))  \(routing.sentence)")
        for candidate in routing.candidates {
            line("\(candidate.agent.rawValue): \(candidate.sentence)", indent: 4)
        }
    }

    private mutating func step(_ kind: String, _ step: API.Explanation.Step) {
        blank()
        line("\(kind)  \(moments.text(step.at))  \(step.sentence)")
    }
}
