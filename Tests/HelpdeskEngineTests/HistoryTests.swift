import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("The past")
struct HistoryTests {
    @Test("imported sends nothing, gives nobody work and asks nobody")
    func imported() async throws {
        let desk = try await TestDesk()
        let count = TestSize.number("HAMDEL_HISTORY_MAILS", else: 500)
        for start in stride(from: 0, to: count, by: 250) {
            let messages = (start..<min(start + 250, count)).map { index in
                InboundMessage.mail(
                    from: "old\(index % 40)@example.ir", id: "old\(index)@e",
                    text: "Long ago \(index)",
                    references: index % 3 == 0 ? [] : ["old\(index - 1)@e"], origin: .history,
                    sentAt: desk.now - .days(400))
            }
            _ = try await desk.intake.deliver(InboundBatch(messages: messages), to: .supportMail)
        }
        #expect(try desk.count("SELECT COUNT(*) FROM messages") == count)
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 0)
        #expect(try desk.count("SELECT COUNT(*) FROM invitations") == 0)
        #expect(try desk.count("SELECT COUNT(*) FROM tickets WHERE status <> 'closed'") == 0)
        let allowed: Set<String> = [
            "customer_created", "identity_linked", "ticket_opened", "message_received",
            "ticket_linked",
        ]
        #expect(try Set(desk.types()).subtracting(allowed) == [])
        desk.clock.advance(by: .days(30))
        let before = desk.position
        try await desk.runTimers()
        try await desk.timer.drainQueues()
        #expect(desk.position == before)
        try desk.verify()
    }

    @Test("answered today is work of today: a follow-up, not an archive nobody looks at")
    func answeredToday() async throws {
        let desk = try await TestDesk()
        let old = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "old@e", origin: .history))
        let new = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "new@e", text: "It broke again.", references: ["old@e"]
            ))
        #expect(new.ticket != old.ticket)
        let row = try desk.row(new.ticket).ticket
        #expect(row.status == .new)
        #expect(row.assignee != nil)
        #expect(try desk.lines("SELECT relation FROM ticket_links") == ["follow_up", "follow_up"])
        let thanks = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "late@e", text: "older", references: ["old@e"],
                origin: .history))
        #expect(thanks.ticket == old.ticket, "the archive's own mails stay together")
        try desk.verify()
    }
}
