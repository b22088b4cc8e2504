import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("An acknowledgement")
struct AcknowledgementTests {
    @Test(
        "goes to a verified sender five times a day, to anybody else once",
        arguments: [
            (SenderAuth.verified, 5), (.unchecked, 1), (.failed, 1),
        ])
    func perDay(auth: SenderAuth, allowed: Int) async throws {
        let desk = try await TestDesk()
        for index in 0..<8 {
            try await desk.ticket(.mail(from: "sara@example.ir", id: "m\(index)@e", auth: auth))
        }
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == allowed)
        let skipped = try desk.types().filter { $0 == "acknowledgement_skipped" }
        #expect(skipped.count == 8 - allowed)
        desk.clock.advance(by: .days(1) + TimeSpan(milliseconds: 1))
        try await desk.ticket(.mail(from: "sara@example.ir", id: "next@e", auth: auth))
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == allowed + 1)
        try desk.verify()
    }

    @Test("holds no word of what the customer wrote, not even the subject")
    func noWords() async throws {
        let desk = try await TestDesk()
        try await desk.ticket(
            .mail(
                from: "victim@example.ir", id: "m@e", subject: "BUY-PILLS", text: "BUY-PILLS",
                auth: .unchecked, name: "BUY-PILLS"))
        let sent = try #require(try desk.adapter(.supportMail).prepared.first)
        #expect(!ScriptedAdapter.wire(sent).contains("BUY-PILLS"))
    }

    @Test(
        "is not for machines, spam, bulk or one's own",
        arguments: [
            (AutoSubmitted.replied, TicketClass.regular, "sara@example.ir"),
            (.generated, .regular, "sara@example.ir"),
            (.bounce, .regular, "sara@example.ir"),
            (.no, .spam, "sara@example.ir"),
            (.no, .bulk, "sara@example.ir"),
            (.no, .regular, "support@desk.example"),
        ])
    func never(auto: AutoSubmitted, ticketClass: TicketClass, from: String) async throws {
        let desk = try await TestDesk()
        let ticket = try await desk.ticket(
            .mail(from: from, id: "m@e", auto: auto, ticketClass: ticketClass)
        ).ticket
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 0)
        #expect(try desk.types(of: ticket).last == "acknowledgement_skipped")
    }

    @Test(
        "beyond a sender's tickets per hour is not sent and the rest is bulk, but an old thread still joins"
    )
    func senderLimit() async throws {
        var plan = DeskPlan.standard
        plan.ticketsPerSenderHour = 3
        let desk = try await TestDesk(plan)
        var tickets: [TicketNumber] = []
        for index in 0..<5 {
            tickets.append(
                try await desk.ticket(.mail(from: "sara@example.ir", id: "m\(index)@e")).ticket)
        }
        #expect(
            try tickets.map { try desk.row($0).ticket.ticketClass } == [
                .regular, .regular, .regular, .bulk, .bulk,
            ])
        #expect(
            try tickets.map { try desk.row($0).ticket.assignee != nil } == [
                true, true, true, false, false,
            ])
        let next = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "r@e", text: "More.", references: ["m0@e"]))
        #expect(next.ticket == tickets.first)
        desk.clock.advance(by: .hours(1) + TimeSpan(milliseconds: 1))
        let later = try await desk.ticket(.mail(from: "sara@example.ir", id: "later@e"))
        #expect(try desk.row(later.ticket).ticket.ticketClass == .regular)
        try desk.verify()
    }
}
