import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

/// Who else has a ticket in front of them, and what this agent is said to have.
@Suite struct OnlookerTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private var model: Model {
        desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
    }

    private func told(_ agents: [(String, API.Attention.State)]) -> Message {
        .live(
            .attention(
                API.Attention(
                    ticket: number,
                    agents: agents.map {
                        .init(
                            agent: AgentID(rawValue: $0.0), state: $0.1,
                            since: Desk.ago(minutes: 0))
                    })))
    }

    @Test(
        "the thread says who writes, else who looks, by name, and never oneself",
        arguments: [
            ([("zahra", API.Attention.State.writing)], "Zahra is writing"),
            ([("zahra", .viewing)], "Zahra is here"),
            ([("ali", .writing), ("zahra", .viewing)], "Zahra is here"),
            ([("nobody-known", .viewing), ("zahra", .writing)], "Zahra +1 is writing"),
            ([("ali", .writing)], nil), ([], nil),
        ] as [([(String, API.Attention.State)], String?)])
    func said(_ agents: [(String, API.Attention.State)], _ words: String?) {
        let text = view(model.after(told(agents))).text
        if let words {
            #expect(text.contains(words))
        } else {
            #expect(!text.contains("is writing") && !text.contains("is here"))
        }
    }

    @Test("it ends when they go, and with the connection")
    func ends() {
        let shown = model.after(told([("zahra", .writing)]))
        #expect(shown.onlookers.others(at: number).map(\.agent.rawValue) == ["zahra"])
        #expect(shown.after(told([])).onlookers.others(at: number).isEmpty)
        #expect(shown.after(.live(.waiting)).onlookers.others(at: number).isEmpty)
    }

    @Test("more tickets than a desk has agents are not remembered")
    func bounded() {
        var model = model
        for index in 1...Int64(Onlookers.limit + 10) {
            let other = API.Attention(
                ticket: TicketNumber(rawValue: 5_000 + index),
                agents: [
                    .init(
                        agent: AgentID(rawValue: "zahra"), state: .viewing,
                        since: Desk.ago(minutes: 0))
                ])
            model = model.after(.live(.attention(other)))
        }
        let known = (1...Int64(Onlookers.limit + 10)).count {
            !model.onlookers.others(at: TicketNumber(rawValue: 5_000 + $0)).isEmpty
        }
        #expect(known == Onlookers.limit)
    }

    @Test("reading tells of the opened thread, a begun text of its ticket, the queue of nothing")
    func attending() {
        #expect(model.attending == nil)
        let reading = model.pressing(KeyPress(.enter))
        #expect(reading.attending == Attending(ticket: number, work: .reading))
        let begun = reading.typing("r")
        #expect(begun.attending == Attending(ticket: number, work: .reading))
        #expect(begun.typing("h").attending == Attending(ticket: number, work: .writing))
        #expect(
            begun.typing("h").pressing(KeyPress(.escape)).typing("d").typing("q").attending == nil)
    }
}
