import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

/// Keys pressed on a ticket whose thread is still on its way.
@Suite struct TypingAheadTests {
    private let desk = Desk(words: .english)
    private let number = TicketNumber(rawValue: 1_042)
    private let escape = KeyPress(.escape)

    /// The queue is here, the thread of its first ticket is not.
    private var waiting: Model {
        let page = API.Page(desk.tickets)
        let model = Model(size: Size(columns: 120, rows: 40), now: Desk.now, session: "test")
        let request = QueueRequest(view: model.queue.view)
        return model.after(.live(.connected)).after(.loaded(.queue(request, page)))
    }

    private var arrived: Message { .loaded(.thread(desk.detail, desk.events)) }

    @Test(
        "a reply typed before its thread is here is in its composer, and none of it was a command")
    func reply() {
        let (asked, effects) = update(waiting, .key(KeyPress(.character("r"))))
        #expect(effects == [.load(.thread(number))])
        let typed = asked.typing("qqx half").after(.paste(" a\nsentence"))
        #expect(typed.composer == nil && typed.overlay == nil)
        #expect(typed.notice == .done("the thread is on its way; Esc lets it be"))
        let composer = typed.after(arrived).composer
        #expect(composer?.text.text == "qqx half a\nsentence")
        #expect(composer?.ticket == number)
    }

    @Test("Esc lets it be: the thread comes and nothing is begun")
    func givingUp() {
        let after = waiting.typing("rabc").pressing(escape).after(arrived)
        #expect(after.composer == nil && after.overlay == nil && after.notice == nil)
        #expect(after.thread?.number == number)
    }

    @Test("a thread of another ticket is not it")
    func another() {
        var detail = desk.detail
        detail.ticket.number = TicketNumber(rawValue: 7)
        let after = waiting.typing("rab").after(.loaded(.thread(detail, [])))
        #expect(after.composer == nil)
        #expect(after.after(arrived).composer?.text.text == "ab")
    }

    @Test("a thread that cannot be read is said, and keys are keys again")
    func refused() {
        let failure = Failure(.notFound, "there is no ticket 1042")
        let after = waiting.typing("rab").after(.failed(.load(.thread(number)), failure))
        #expect(after.notice == .failed("there is no ticket 1042"))
        #expect(after.typing("?").overlay == .help(scroll: 0))
    }

    @Test("a break keeps what was typed until the thread can be read again")
    func broken() {
        let failure = Failure(.offline, "nobody answers")
        let cut = waiting.typing("rab").after(.failed(.load(.thread(number)), failure))
            .after(.live(.waiting))
        #expect(
            cut.typing("c").after(.live(.connected)).after(arrived).composer?.text.text == "abc")
    }

    @Test("without a connection it is said at once")
    func offline() {
        let after = waiting.after(.live(.waiting)).typing("r")
        #expect(after.notice == .failed("the thread is not here yet"))
        #expect(after.typing("?").overlay == .help(scroll: 0))
    }

    @Test("more than anybody types blindly stays out")
    func bounded() {
        let long = String(repeating: "x", count: 65_000)
        let after = waiting.typing("r").after(.paste(long)).after(.paste(long)).after(arrived)
        #expect(after.composer?.text.text == long)
    }
}
