import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

/// What an agent's day is made of beyond one ticket: marks, undo, held replies, drafts, finding, snoozing.
@Suite struct ShiftTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private let send = KeyPress(.character("s"), .control)
    private var model: Model {
        desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
    }
    private var holding: Model {
        var model = model
        model.settings.sendDelay = .seconds(5)
        return model
    }

    private func change(_ number: Int64, _ change: TicketChange) -> Effect {
        .change(TicketNumber(rawValue: number), change, version: nil)
    }

    @Test("a decision is about all that is marked, and is taken back for all of them")
    func bulk() {
        let (closing, effects) = update(
            model.typing("  x"), .key(KeyPress(.enter)))
        #expect(effects == [change(1_042, .close(.solved)), change(1_041, .close(.solved))])
        let closed = closing.after(
            .changed(desk.ticket(0), .close(.solved)), .changed(desk.ticket(1), .close(.solved)))
        #expect(closed.notice == .done("2 of 2 closed: solved"))
        #expect(closed.queue.marks.isEmpty)
        let (_, back) = update(closed, .key(KeyPress(.character("u"))))
        #expect(back == [change(1_041, .reopen), change(1_042, .reopen)])
    }

    @Test("what one of many could not do is said, and the others are done")
    func partly() {
        let (closing, effects) = update(model.typing("  x"), .key(KeyPress(.enter)))
        let after = closing.after(
            .failed(effects[0], Failure(.other, "it is locked")),
            .changed(desk.ticket(1), .close(.solved)))
        #expect(after.notice == .failed("1 of 2 closed: solved; #1042: it is locked"))
        #expect(after.bulk == nil)
    }

    @Test(
        "every change has its way back",
        arguments: [
            (TicketChange.assign(nil), [TicketChange.assign(AgentID(rawValue: "ali"))]),
            (.close(.spam), [.reopen]), (.pending, [.reopen]), (.spam, [.notSpam]),
            (.priority(.low), [.priority(.high)]), (.snooze(Desk.now), [.snooze(nil)]),
            (
                .tag(added: ["a", "delivery"], removed: ["delivery", "b"]),
                [.tag(added: ["delivery"], removed: ["a"])]
            ),
            (
                .transfer(TeamID(rawValue: "billing")),
                [.transfer(TeamID(rawValue: "support")), .assign(AgentID(rawValue: "ali"))]
            ),
        ])
    func inverses(_ change: TicketChange, _ back: [TicketChange]) {
        #expect(change.inverse(before: desk.ticket(0)) == back)
    }

    @Test("what was taken back can be done again")
    func redoing() {
        let taken = model.typing("A").after(
            .changed(desk.ticket(0), .assign(AgentID(rawValue: "me"))))
        let (back, undone) = update(taken, .key(KeyPress(.character("u"))))
        #expect(undone == [change(1_042, .assign(AgentID(rawValue: "ali")))])
        let (_, again) = update(back, .key(KeyPress(.character("U"))))
        #expect(again.count == 1)
    }

    @Test("a reply is kept, held, and asked for when its time has come")
    func held() {
        let (held, effects) = update(holding.typing("rhi"), .key(send))
        #expect(held.composer == nil)
        #expect(held.outgoing.map(\.stage) == [.held(until: Desk.now + .seconds(5))])
        guard case .keep(let draft)? = effects.first else {
            Issue.record("it is kept before anything else: \(effects)")
            return
        }
        #expect(draft.text == "hi")
        #expect(effects.contains(.wake(after: .seconds(5), .sending(key: "test-1"))))
        #expect(view(held).text.contains("reply to #1042 goes in 5 s"))
        let (_, due) = update(held, .due(.sending(key: "test-1")))
        #expect(due.contains { if case .send = $0 { true } else { false } })
    }

    @Test("while it is held it can be taken back, and then it is never sent")
    func takenBack() {
        let back = holding.typing("rhi").pressing(send).typing("u")
        #expect(back.composer?.text.text == "hi")
        #expect(back.outgoing.isEmpty)
        #expect(update(back, .due(.sending(key: "test-1"))).1.isEmpty)
    }

    @Test("a held reply that meets no daemon waits for it, and goes with the same key")
    func waiting() throws {
        let (sending, due) = update(
            holding.typing("rhi").pressing(send), .due(.sending(key: "test-1")))
        let effect = try #require(due.first)
        let waiting = sending.after(.live(.waiting), .failed(effect, Failure(.offline, "gone")))
        #expect(view(waiting).text.contains("1 to be sent"))
        let (_, back) = update(waiting, .live(.connected))
        #expect(back.first == effect)
    }

    @Test("a held reply that was refused says so until it is looked at, and goes with another key")
    func refused() throws {
        let (sending, due) = update(
            holding.typing("rhi").pressing(send), .due(.sending(key: "test-1")))
        let effect = try #require(due.first)
        let refused = sending.after(.failed(effect, Failure(.changedMeanwhile, "412")))
        #expect(view(refused).text.contains("1 NOT SENT"))
        let taken = refused.typing("u")
        #expect(taken.composer?.text.text == "hi")
        #expect(taken.composer?.key != "test-1")
    }

    @Test("what is typed is kept within a moment, once for many keys")
    func keeping() {
        var model = model.typing("r")
        var effects: [Effect] = []
        for key in "hello" {
            let (next, asked) = update(model, .key(KeyPress(.character(key))))
            model = next
            effects += asked
        }
        #expect(effects == [.wake(after: Model.keepingDelay, .keeping)])
        let (_, kept) = update(model, .due(.keeping))
        #expect(kept.count == 1)
        guard case .keep(let draft)? = kept.first else { return }
        #expect(draft.text == "hello")
        #expect(draft.ticket == number)
    }

    @Test("a draft of an earlier run is gone on with, under its old key")
    func resuming() {
        let model = model.after(.loaded(.drafts(desk.drafts)))
        #expect(view(model).text.contains("2 drafts"))
        #expect(model.typing("i").composer?.text.text == desk.words.note)
        #expect(model.typing("i").composer?.key == "old-2")
        let (_, effects) = update(
            model.typing("D").pressing(KeyPress(.down)), .key(KeyPress(.enter)))
        #expect(effects == [.load(.thread(TicketNumber(rawValue: 1_041)))])
    }

    @Test("discarding forgets the draft; putting it away keeps it")
    func forgetting() {
        let asked = model.typing("rhello").pressing(KeyPress(.escape))
        let (discarded, effects) = update(asked, .key(KeyPress(.character("d"))))
        #expect(effects == [.forget(key: "test-1")])
        #expect(discarded.unsent.isEmpty)
        let away = asked.typing("p")
        #expect(away.composer == nil)
        #expect(away.typing("r").composer?.text.text == "hello")
    }

    @Test("what is found is marked and comes into sight, whatever its case and letters")
    func finding() {
        let small = desk.model(Size(columns: 80, rows: 24), display: DisplaySettings())
            .pressing(KeyPress(.enter))
        #expect(!view(small).text.contains("tracking page"))
        let found = small.typing("/TRACKING").pressing(KeyPress(.enter))
        #expect(view(found).text.contains("tracking page"))
        let missing = small.typing("/haystack").pressing(KeyPress(.enter))
        #expect(missing.notice?.tone == .failed)
    }

    @Test("places of words are counted in clusters")
    func matches() {
        #expect(TextMatches.offsets(of: "كتاب", in: "این کِتاب") == [4..<8])
        #expect(TextMatches.offsets(of: "12", in: "۱۲ ab 12") == [0..<2, 6..<8])
        #expect(TextMatches.offsets(of: "", in: "ab").isEmpty)
    }

    @Test("a time is typed as people type it, in either calendar")
    func snoozing() {
        let words = model.typing("zanother").pressing(KeyPress(.enter)).typing("فردا ۹")
        let (_, effects) = update(words, .key(KeyPress(.enter)))
        #expect(effects == [change(1_042, .snooze(Desk.now + .hours(26)))])
        #expect(
            model.typing(":snooze yesterday").pressing(KeyPress(.enter)).notice?.tone == .failed)
    }

    @Test("only http and https links are offered, without what closes the sentence")
    func links() {
        let text =
            "see (https://a.example/x?y=1), http://b.example. javascript:alert(1) ftp://c https://"
        #expect(Enclosures.links(in: text) == ["https://a.example/x?y=1", "http://b.example"])
    }

    @Test("somebody who looks elsewhere is called, without a word of the message, once in a while")
    func announcing() {
        let event = API.Event(
            position: Position(rawValue: 90), id: "evt", type: "message_received", schema: 1,
            at: Timestamp(Desk.now), actor: .init(kind: "customer"), ticket: number, data: [:])
        func calls(_ model: Model) -> [Announcement] {
            update(model, .live(.event(event))).1.compactMap {
                if case .notify(let call) = $0 { call } else { nil }
            }
        }
        #expect(calls(model).isEmpty)
        let away = model.after(.focus(.elsewhere))
        #expect(calls(away) == [Announcement(title: "hamdel #1042", body: "Sara Ahmadi wrote")])
        #expect(calls(away.after(.live(.event(event)))).isEmpty)
    }

    @Test("a recovery is taken, and done with words about it")
    func recoveries() {
        let shown = model.typing("W").after(.loaded(.recoveries(desk.recoveries)))
        let first = RecoveryID(rawValue: 1)
        #expect(
            update(shown, .key(KeyPress(.character("A")))).1 == [.changeRecovery(first, .take)])
        let (_, done) = update(shown.typing("xrang her"), .key(KeyPress(.enter)))
        #expect(done == [.changeRecovery(first, .finish("rang her"))])
    }
}
