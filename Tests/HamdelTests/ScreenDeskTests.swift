import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import HelpdeskTUI
@testable import hamdel

/// What the screen asks of the daemon.
struct ScreenDeskTests {
    @Test(
        arguments: [
            (API.AfterReply.keep, TicketStatus.open, []),
            (.close, .open, [#"POST /tickets/12/close {"reason":"solved"}"#]),
            (.close, .closed, []), (.pending, .open, ["POST /tickets/12/pending {}"]),
            (.pending, .pending, []),
        ] as [(API.AfterReply, TicketStatus, [String])])
    func `a macro goes with the answer, and what is wanted afterwards is done unless it did that`(
        then: API.AfterReply, status: TicketStatus, changes: [String]
    ) async throws {
        let rig = Rig()
        let message = API.Message(
            id: MessageID(rawValue: 5), ticket: TicketNumber(rawValue: 12), direction: .outbound,
            kind: .message, channel: .email, inbox: InboxID(rawValue: "mail"),
            author: .init(kind: .agent, id: .agent(AgentID(rawValue: "ali")), name: "Ali"),
            senderAuth: nil, sentAt: nil, receivedAt: Timestamp(Instant(milliseconds: 0)),
            text: "Sorry", fullText: "Sorry", autoSubmitted: .no)
        let outcome = API.MacroOutcome(
            macro: "late", applied: true, effects: [], ticket: Samples.ticket(12, status: status),
            message: message)
        rig.answer("POST /tickets/12/macros/late", Samples.text(outcome))
        for action in ["close", "pending"] {
            rig.answer("POST /tickets/12/\(action)", Samples.text(Samples.ticket(12)))
        }
        let writing = Writing(
            kind: .reply, ticket: TicketNumber(rawValue: 12), text: "Sorry", version: 3,
            key: "k-1", then: then, macro: "late")
        let answer = await ScreenDesk(context: rig.context).answer(to: .send(writing))
        guard case .sent(let sent, let written) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(sent == writing)
        #expect(written == message)
        #expect(rig.requests.first?.hasPrefix("POST /tickets/12/macros/late ") == true)
        #expect(Array(rig.requests.dropFirst()) == changes)
        #expect(rig.headers.first?.first { $0.name == "Idempotency-Key" }?.value == "k-1")
    }
}
