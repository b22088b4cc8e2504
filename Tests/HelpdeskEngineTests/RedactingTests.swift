import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Words that are taken away")
struct RedactingTests {
    private static let lead = TestDesk.caller(.lead, .lead)
    private static let card = "4111 1111 1111 1111"

    private func desk() async throws -> (TestDesk, MessageID, TicketNumber) {
        let desk = try await TestDesk()
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let (message, ticket) = try await desk.ticket(Self.mail)
        return (desk, message, ticket)
    }

    private static var mail: InboundMessage {
        let text = "My card is \(card), please pay me back."
        return .mail(
            from: "sara@example.ir", id: "m1@e", subject: "Card \(card)", text: text,
            raw: Array("Message-ID: <m1@e>\r\n\r\n\(text)\r\n".utf8))
    }

    private func redact(
        _ message: MessageID, _ redaction: Redaction = .words([card]), in desk: TestDesk,
        by caller: Caller = lead
    ) async throws -> MessageRow {
        try await MessageRedacting(desk.desk).redact(
            message, redaction, by: caller, command: nil)
    }

    @Test("are nowhere afterwards, and the mail is known still")
    func nowhere() async throws {
        let (desk, message, ticket) = try await desk()
        #expect(try desk.holdings(Self.card).count >= 3)
        let row = try await redact(message, in: desk)
        #expect(row.content?.text == "My card is \(Redaction.mark), please pay me back.")
        #expect(row.raw == nil)
        #expect(try desk.holdings(Self.card) == [])
        #expect(try desk.count("SELECT COUNT(*) FROM blobs") == 0)
        #expect(try desk.types(of: ticket).contains("message_redacted"))
        try desk.verify()
        // It is found by what is left, comes a second time as what it is, and an answer to it finds its ticket.
        let found = try desk.read { reader throws(StoreError) in
            try reader.search("please pay", viewer: .system).rows.count
        }
        #expect(found == 1)
        #expect(
            try await desk.deliver(Self.mail)
                == .duplicate(message: message, ticket: ticket))
        let answer = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "m2@e", subject: "Re", text: "Well?",
                references: ["m1@e"], inReplyTo: "m1@e"))
        #expect(answer.ticket == ticket)
        // Once more, and then the person: the newest holds.
        _ = try await redact(message, .everything, in: desk)
        try desk.verify()
        _ = try await CustomerErasing(desk.desk).erase(
            try desk.row(ticket).ticket.customer, by: TestDesk.caller(.lead, .admin))
        try desk.verify()
    }

    @Test("are an agent's own as well, once their mail is out")
    func ours() async throws {
        let (desk, _, ticket) = try await desk()
        let message = try await desk.reply("Your card \(Self.card) is charged.", to: ticket)
        await #expect(throws: DeskFailure.self) { _ = try await redact(message, in: desk) }
        try await desk.runOutbox()
        _ = try await redact(message, in: desk)
        #expect(try desk.holdings("is charged").filter { $0.hasPrefix("prepared") } == [])
        #expect(try desk.holdings("\(Self.card) is charged") == [])
        try desk.verify()
    }

    @Test("are for leads to take, where they stand, and where the message is seen")
    func refusals() async throws {
        let (desk, message, _) = try await desk()
        await #expect(throws: DeskFailure.self) {
            _ = try await redact(message, in: desk, by: TestDesk.caller(.nima))
        }
        await #expect(throws: DeskFailure.self) {
            _ = try await redact(message, .words(["nowhere"]), in: desk)
        }
        for words in [[], [""], [String(repeating: "x", count: 201)]] {
            await #expect(throws: DeskFailure.self) {
                _ = try await redact(message, .words(words), in: desk)
            }
        }
        let hidden = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "p1@e", text: "Words"), to: .peopleMail
        ).message
        await #expect(throws: DeskFailure.self) {
            _ = try await redact(hidden, .everything, in: desk)
        }
        #expect(try desk.types().contains("message_redacted") == false)
    }
}
