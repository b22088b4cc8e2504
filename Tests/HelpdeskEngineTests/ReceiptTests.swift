import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Receipts of providers")
struct ReceiptTests {
    private func sent() async throws -> (TestDesk, TicketNumber) {
        let desk = try await TestDesk()
        let chat = try await desk.ticket(
            .chat(from: "8123", conversation: "conv", id: "x1", senderEvidence: .vouched),
            to: .messenger)
        try await desk.reply("Here I am", to: chat.ticket)
        try desk.adapter(.messenger).script(.sent(externalID: "wamid.77"))
        return (desk, chat.ticket)
    }

    private func states(_ desk: TestDesk) throws -> [String] {
        try desk.lines(
            "SELECT state, COALESCE(report, '-'), COALESCE(code, '-') FROM outbox WHERE purpose = 'reply'"
        )
    }

    private func receive(
        _ kind: Receipt.Kind, id: String = "wamid.77", detail: String? = nil, _ desk: TestDesk
    ) async throws {
        try await Receipts(desk.desk).take(
            Receipt(externalID: id, kind: kind, at: desk.now, detail: detail), from: .messenger)
    }

    @Test("arrived, then read; the same again adds nothing")
    func read() async throws {
        let (desk, _) = try await sent()
        try await desk.runOutbox()
        #expect(try states(desk) == ["sent - -"])
        try await receive(.delivered, desk)
        #expect(try states(desk) == ["delivered - -"])
        try await receive(.read, desk)
        #expect(try states(desk) == ["delivered read -"])
        let before = desk.position
        for kind in [Receipt.Kind.delivered, .read, .delivered] { try await receive(kind, desk) }
        #expect(desk.position == before)
        try desk.verify()
    }

    @Test("a failure brings the ticket back to its agent, with the provider's words")
    func failed() async throws {
        let (desk, ticket) = try await sent()
        try await desk.runOutbox()
        try await receive(.failed, detail: "the number is off", desk)
        #expect(try states(desk) == ["failed - failed"])
        #expect(try desk.types(of: ticket).contains("reply_returned"))
        try await receive(.failed, desk)
        #expect(try desk.types(of: ticket).filter { $0 == "delivery_receipt_arrived" }.count == 1)
        try desk.verify()
    }

    @Test("one that overtakes the answer to the sending is kept for it")
    func early() async throws {
        let (desk, _) = try await sent()
        let before = desk.position
        try await receive(.delivered, desk)
        #expect(desk.position == before)
        try await desk.runOutbox()
        #expect(try states(desk) == ["delivered - -"])
        try desk.verify()
    }

    @Test("one that names nothing of ours, or another inbox's, changes nothing")
    func strange() async throws {
        let (desk, _) = try await sent()
        try await desk.runOutbox()
        let before = desk.position
        try await receive(.failed, id: "wamid.78", desk)
        try await Receipts(desk.desk).take(
            Receipt(externalID: "wamid.77", kind: .failed, at: desk.now), from: .siteChat)
        #expect(desk.position == before)
        #expect(try states(desk) == ["sent - -"])
    }

    @Test("is found by index")
    func plan() async throws {
        let (desk, _) = try await sent()
        let plan = try desk.lines(
            "EXPLAIN QUERY PLAN SELECT delivery FROM provider_ids WHERE inbox = 'a' AND id = 'b'")
        #expect(plan.allSatisfy { $0.contains("SEARCH") }, "\(plan)")
        let pruning = try desk.lines("EXPLAIN QUERY PLAN DELETE FROM provider_ids WHERE at < 5")
        #expect(pruning.allSatisfy { $0.contains("SEARCH") }, "\(pruning)")
    }
}
