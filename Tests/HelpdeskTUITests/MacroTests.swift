import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

/// A macro chosen on the screen: its text is the agent's to change, and the rest goes with the reply.
@Suite struct MacroTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private let send = KeyPress(.character("s"), .control)
    private var model: Model {
        desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
            .after(.loaded(.macros(desk.macros)))
    }

    private var filled: Message {
        let effects = [
            API.MacroOutcome.Effect(kind: "tag", sentence: "Adds the tag late.", skipped: false),
            .init(kind: "priority", sentence: "Is high already.", skipped: true),
            .init(kind: "reply", sentence: "Answers by mail.", skipped: false),
            .init(kind: "close", sentence: "Closes it: solved.", skipped: false),
        ]
        return .loaded(
            .filled(
                number,
                API.MacroOutcome(
                    macro: "delay", applied: false, language: "en", text: "Sorry for the wait.",
                    effects: effects, ticket: desk.ticket(0))))
    }

    private func writing(_ model: Model) -> Writing? {
        update(model, .key(send)).1.lazy.compactMap { effect in
            if case .send(let writing) = effect { writing } else { nil }
        }.first
    }

    @Test("it is asked for as this customer gets it, shown with what else it does, and sent whole")
    func whole() {
        let (asked, effects) = update(model.typing("m"), .key(KeyPress(.enter)))
        #expect(effects.contains(.load(.filled(macro: "delay", number))))
        let taken = asked.after(filled)
        #expect(taken.composer?.text.text == "Sorry for the wait.")
        let text = view(taken).text
        for words in ["with it (C-x: without): Adds the tag late."] {
            #expect(text.contains(words))
        }
        let sent = writing(taken.typing(" Ali"))
        #expect(sent?.macro == "delay")
        #expect(sent?.text == "Sorry for the wait. Ali")
    }

    @Test("without what else it does, its text goes as any other")
    func without() {
        let taken = model.typing("r").after(filled)
            .pressing(KeyPress(.character("x"), .control))
        #expect(writing(taken)?.macro == nil)
        #expect(writing(taken)?.text == "Sorry for the wait.")
        #expect(!view(taken).text.contains("with it"))
    }

    @Test("in a note it is text alone")
    func note() {
        let taken = model.typing("i").after(filled)
        #expect(writing(taken)?.macro == nil)
        #expect(writing(taken)?.kind == .note)
    }

    @Test("a draft keeps it")
    func draft() throws {
        let taken = model.typing("r").after(filled)
        let kept = try #require(taken.composer?.draft(at: Desk.now))
        #expect(kept.macro?.name == "delay")
        let thread = try #require(taken.thread)
        #expect(Composer(kept, on: thread).writing.macro == "delay")
    }
}
