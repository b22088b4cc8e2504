import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite struct UpdateTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private var model: Model {
        desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
    }

    private func effects(of keys: String, on model: Model) -> [Effect] {
        var model = model
        var effects: [Effect] = []
        for key in keys { (model, effects) = update(model, .key(KeyPress(.character(key)))) }
        return effects
    }

    @Test(
        "keys ask the shell for what they mean",
        arguments: [
            (
                "A",
                [
                    Effect.change(
                        TicketNumber(rawValue: 1_042), .assign(AgentID(rawValue: "me")),
                        version: nil)
                ]
            ),
            ("X", [.change(TicketNumber(rawValue: 1_042), .reopen, version: nil)]),
            ("e", [.load(.explanation(TicketNumber(rawValue: 1_042)))]),
            ("T", [.load(.timeline(CustomerID(rawValue: 1)))]),
            ("r", [.load(.preview(TicketNumber(rawValue: 1_042), by: nil))]), ("i", []),
            ("y", [.copy("#1042")]), ("q", [.quit]),
            ("2", [.load(.queue(QueueRequest(view: "unassigned")))]),
            ("]", [.load(.queue(QueueRequest(view: "unassigned")))]),
            (
                "j",
                [.wake(after: TimeSpan(milliseconds: 120), .rested(TicketNumber(rawValue: 1_041)))]
            ),
        ])
    func keys(_ keys: String, _ expected: [Effect]) {
        #expect(effects(of: keys, on: model) == expected)
    }

    @Test("closing asks for the reason, and closes with it")
    func closing() {
        let asking = model.typing("x").pressing(KeyPress(.down))
        let (after, effects) = update(asking, .key(KeyPress(.enter)))
        #expect(effects == [.change(number, .close(.noAnswer), version: nil)])
        #expect(after.overlay == nil)
    }

    @Test("assigning narrows by what is typed")
    func assigning() {
        let (_, effects) = update(model.typing("azahr"), .key(KeyPress(.enter)))
        #expect(effects == [.change(number, .assign(AgentID(rawValue: "zahra")), version: nil)])
    }

    @Test("tags are typed with signs")
    func tags() {
        let (_, effects) = update(model.typing("t+vip -delivery"), .key(KeyPress(.enter)))
        let change = TicketChange.tag(added: ["vip"], removed: ["delivery"])
        #expect(effects == [.change(number, change, version: nil)])
    }

    @Test("the first position begins the stream, and the list is read once more")
    func subscribing() {
        let start = Model(
            size: Size(columns: 80, rows: 24), now: Desk.now, session: "s")
        let me = API.Me(agent: desk.agents[0], position: Position(rawValue: 7), version: "1")
        let (subscribed, effects) = update(start, .loaded(.me(me)))
        #expect(
            effects == [
                .subscribe(after: Position(rawValue: 7)),
                .wake(after: TimeSpan(milliseconds: 150), .reload),
            ])
        let (_, due) = update(subscribed, .due(.reload))
        #expect(due == [.load(.queue(QueueRequest(view: "mine"))), .load(.views)])
    }

    @Test("many events are one reading, of what is on the screen")
    func debouncing() {
        var model = model.after(.due(.reload), .clock(Desk.now + .minutes(1)))
        var effects: [Effect] = []
        for position in 20..<50 {
            let event = API.Event(
                position: Position(rawValue: Int64(position)), id: "evt", type: "message_received",
                schema: 1, at: Timestamp(Desk.now), actor: .init(kind: "system"), ticket: number,
                customer: CustomerID(rawValue: 1), data: [:])
            let (next, asked) = update(model, .live(.event(event)))
            model = next
            effects += asked
        }
        #expect(effects == [.wake(after: TimeSpan(milliseconds: 150), .reload)])
        let (_, due) = update(model, .due(.reload))
        let expected: [Effect] = [
            .load(.queue(QueueRequest(view: "mine"))), .load(.views), .load(.thread(number)),
            .load(.customer(CustomerID(rawValue: 1))),
        ]
        #expect(due == expected)
    }

    @Test("offline keeps what is on the screen and says since when")
    func offline() {
        let later = model.after(.clock(Desk.now + .minutes(5)), .live(.waiting))
        let still = later.after(.clock(Desk.now + .minutes(9)), .live(.waiting))
        #expect(still.connection == .offline(since: Desk.now + .minutes(5)))
        #expect(view(still).text.contains("offline since 07:05"))
        #expect(view(still).text.contains("Nobody told me anything."))
        let (back, effects) = update(still, .live(.connected))
        #expect(back.connection == .live)
        #expect(effects.contains(.load(.thread(number))))
    }

    @Test("a ticket that is hidden leaves nothing on the screen")
    func hidden() {
        let event = API.Event(
            position: Position(rawValue: 90), id: "evt", type: "ticket_hidden", schema: 1,
            at: Timestamp(Desk.now), actor: .init(kind: "system"), ticket: number, data: [:])
        let writing = model.typing("r").after(.live(.event(event)))
        #expect(writing.thread == nil)
        #expect(writing.composer == nil)
        #expect(!view(writing).text.contains("Nobody told me anything."))
    }

    @Test("what this agent is told stands in the footer, where they chose the screen")
    func told() {
        func told(_ data: JSONValue) -> Model {
            model.after(
                .live(
                    .event(
                        API.Event(
                            position: Position(rawValue: 90), id: "evt", type: "agent_noticed",
                            schema: 1, at: Timestamp(Desk.now), actor: .init(kind: "system"),
                            ticket: number, data: data))))
        }
        let mention = told(["kind": "mention", "ways": ["mail", "screen"], "author": "leila"])
        #expect(view(mention).text.contains("leila mentioned you in"))
        let breach = told(["kind": "sla_breach", "ways": ["screen"]])
        #expect(view(breach).text.contains("a promise was missed"))
        let mailed = told(["kind": "sla_breach", "ways": ["mail"]])
        #expect(!view(mailed).text.contains("a promise was missed"))
        #expect(told(["kind": "news", "ways": ["screen"]]).notice == nil)
    }

    @Test("the thread scrolls by lines, stays where it is when read again, and follows its end")
    func scrolling() {
        let small = desk.model(Size(columns: 80, rows: 24), display: DisplaySettings())
            .pressing(KeyPress(.enter))
        let top = small.typing("gg")
        #expect(view(top).text.contains("Hello,"))
        #expect(!view(top).text.contains("Nobody told me anything."))
        let read = top.after(.loaded(.thread(desk.detail, desk.events)))
        #expect(view(read) == view(top))
        let walked = (0..<60).reduce(top) { model, _ in model.typing("j") }
        #expect(walked.thread?.place == .end)
        let back = (0..<60).reduce(walked) { model, _ in model.typing("k") }
        #expect(view(back) == view(top))
    }
}
