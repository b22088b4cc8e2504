import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite struct ComposerTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private let send = KeyPress(.character("s"), .control)
    private var model: Model {
        desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
    }

    private func news(version: Int64) -> Message {
        var detail = desk.detail
        detail.ticket.version = version
        detail.messages.append(desk.message(6, .inbound, "One thing more", minutes: 0))
        return .loaded(.thread(detail, desk.events))
    }

    private func writing(_ model: Model) -> Writing? {
        let (_, effects) = update(model, .key(send))
        return effects.lazy.compactMap { effect in
            if case .send(let writing) = effect { writing } else { nil }
        }.first
    }

    @Test("a reply names recipient, channel and reason before it is sent")
    func review() {
        let model = model.typing("r").after(.loaded(.preview(number, desk.preview)))
        let text = view(model).text
        #expect(text.contains("by mail to sara@example.ir"))
        #expect(text.contains("customer wrote"))
        #expect(text.contains("the customer sees this"))
    }

    @Test("a reply goes with the version and the key that the writer has")
    func sending() {
        let expected = Writing(
            kind: .reply, ticket: number, text: "hi", version: 3, key: "test-1", then: .keep)
        #expect(writing(model.typing("rhi")) == expected)
    }

    @Test("what came meanwhile is shown first, and once seen the reply goes")
    func newsFirst() {
        let written = model.typing("rhi").after(news(version: 4))
        #expect(view(written).text.contains("wrote meanwhile"))
        #expect(view(written).text.contains("One thing more"))
        let (stopped, effects) = update(written, .key(send))
        #expect(effects.isEmpty)
        #expect(stopped.composer?.text.text == "hi")
        #expect(writing(stopped)?.version == 4)
    }

    @Test("a refused reply is kept, read again and sent with another key")
    func refused() throws {
        let (sending, effects) = update(model.typing("rhi"), .key(send))
        let effect = try #require(effects.last)
        let failure = Failure(.changedMeanwhile, "it changed")
        let (refused, next) = update(sending, .failed(effect, failure))
        #expect(next.contains(.load(.thread(number))))
        #expect(next.contains(.forget(key: "test-1")))
        #expect(refused.composer?.text.text == "hi")
        let again = try #require(writing(refused.after(news(version: 9))))
        #expect(again.version == 9)
        #expect(again.key != "test-1")
    }

    @Test("after a broken connection the same key goes out again")
    func interrupted() throws {
        let (sending, effects) = update(model.typing("rhi"), .key(send))
        let effect = try #require(effects.last)
        let failed = sending.after(.failed(effect, Failure(.offline, "gone")))
        #expect(writing(failed)?.key == "test-1")
    }

    @Test("a note is unmistakably internal")
    func note() {
        let model = model.typing("ihm")
        #expect(view(model).text.contains("INTERNAL NOTE on #1042"))
        #expect(view(model).text.contains("never sent"))
        #expect(writing(model)?.kind == .note)
    }

    @Test("Esc asks before a text is thrown away")
    func discarding() {
        let asked = model.typing("rhello").pressing(KeyPress(.escape))
        #expect(asked.composer?.stage == .asking)
        #expect(asked.pressing(KeyPress(.escape)).composer?.text.text == "hello")
        #expect(asked.typing("d").composer == nil)
        #expect(asked.typing(":").overlay == .prompt(Prompt(.command)))
        #expect(model.typing("r").pressing(KeyPress(.escape)).composer == nil)
    }

    @Test("leaving with something unsent asks")
    func leaving() {
        let asked = model.typing("rhello").pressing(KeyPress(.character("c"), .control))
        #expect(asked.overlay == .leaving)
        #expect(update(asked, .key(KeyPress(.character("y")))).1 == [.quit])
        #expect(asked.typing("n").composer?.text.text == "hello")
    }

    @Test("keys are text while something is written, in any layout")
    func typing() {
        #expect(model.typing("rسلام jq").composer?.text.text == "سلام jq")
    }

    @Test("quoting puts the customer's last words first")
    func quoting() {
        #expect(model.typing("R").composer?.text.text == "> Nobody told me anything.\n\n")
    }

    @Test("an empty reply is not sent")
    func empty() { #expect(writing(model.typing("r  ")) == nil) }

    @Test("once sent, the composer is gone and the thread is read again")
    func sent() throws {
        let (sending, effects) = update(model.typing("rhi"), .key(send))
        guard case .send(let writing)? = effects.last else { return }
        let answer = desk.message(9, .outbound, "hi", minutes: 0)
        let (after, next) = update(sending, .sent(writing, answer))
        #expect(after.composer == nil)
        #expect(next.contains(.load(.thread(number))))
    }

    @Test("the cursor stands where the next character will come")
    func cursor() throws {
        let text = try #require(model.typing("r").panes.composerText)
        let left = Point(column: text.column + 3, row: text.row)
        #expect(view(model.typing("rhi")).cursor == left)
        // Four letters at the right, and the cursor to their left; one column is kept free.
        let right = Point(column: text.endColumn - 1 - 4 - 1, row: text.row)
        #expect(view(model.typing("rسلام")).cursor == right)
    }
}
