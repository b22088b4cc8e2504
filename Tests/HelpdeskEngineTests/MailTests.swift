import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A mail on its way in")
struct MailTests {
    @Test("becomes a ticket, is routed and is acknowledged once")
    func firstMail() async throws {
        let desk = try await TestDesk()
        let before = desk.position
        let (message, number) = try await desk.ticket(
            .mail(from: "Sara@Example.ir", id: "m1@example.ir", name: "Sara"))
        #expect(
            try desk.types(after: before) == [
                "customer_created", "identity_linked", "customer_named", "ticket_opened",
                "message_received", "ticket_assigned", "delivery_queued",
            ])
        let row = try desk.row(number)
        #expect(row.ticket.status == .new)
        #expect(row.ticket.team == .support)
        #expect(row.ticket.assignee == .leila, "equal agents are chosen by id")
        #expect(
            try desk.lines("SELECT kind, value, scope, verification FROM identities") == [
                "email sara@example.ir  verified"
            ])
        #expect(
            try desk.lines("SELECT id, ticket, direction, sender_auth FROM messages") == [
                "\(message.rawValue) \(number.rawValue) in verified"
            ])
        let mail = try desk.adapter(.supportMail)
        mail.script(.sent(externalID: nil))
        try await desk.runOutbox()
        #expect(mail.sent.map(\.message.recipients) == [["sara@example.ir"]])
        #expect(mail.prepared.map(\.purpose) == [.acknowledgement])
        #expect(try desk.lines("SELECT state, attempts FROM outbox") == ["sent 1"])
        try desk.verify()
    }

    @Test("twice is kept once, whatever happened to the headers on the way")
    func sameMailTwice() async throws {
        let desk = try await TestDesk()
        let (message, number) = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let before = desk.position
        let again = try await desk.deliver(
            .mail(from: "sara@example.ir", id: "m1@e", raw: Array("Received: other".utf8)))
        #expect(again == .duplicate(message: message, ticket: number))
        #expect(desk.position == before)
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 1)
        try desk.verify()
    }

    @Test("under a Message-ID that was used for other words is kept beside it")
    func sameIDOtherContent() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let second = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e", text: "Something else."))
        #expect(second.message != first.message)
        #expect(try desk.count("SELECT COUNT(*) FROM messages") == 2)
        #expect(try desk.count("SELECT COUNT(*) FROM intake_keys") == 2)
        try desk.verify()
    }

    @Test("to two of our inboxes within a day is one ticket with both noted")
    func twoInboxes() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        desk.clock.advance(by: .hours(24))
        let second = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e"), to: .salesMail)
        #expect(second.ticket == first.ticket)
        #expect(
            try desk.lines("SELECT inbox FROM messages ORDER BY id") == [
                "support-mail", "sales-mail",
            ])
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 1, "one acknowledgement")
        let received = try desk.events().compactMap(\.received)
        #expect(received.map(\.threading.rule) == [.none, .sameMail])
        try desk.verify()
    }

    @Test("to two of our inboxes a day and a moment apart is two tickets")
    func twoInboxesLater() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        desk.clock.advance(by: .hours(24) + TimeSpan(milliseconds: 1))
        let second = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e"), to: .salesMail)
        #expect(second.ticket != first.ticket)
    }

    @Test("to a private team's inbox is not shown to others who got it too")
    func privateInbox() async throws {
        let desk = try await TestDesk()
        let first = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e"), to: .peopleMail)
        let second = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        #expect(second.ticket != first.ticket)
        let nima = Viewer.agent(.nima)
        let hami = Viewer.agent(.hami)
        #expect(
            try desk.read { r throws(StoreError) in try r.ticket(first.ticket, viewer: nima) }
                == nil)
        #expect(
            try desk.read { r throws(StoreError) in try r.ticket(first.ticket, viewer: hami) }
                != nil)
        #expect(try desk.row(first.ticket).ticket.assignee == .hami)
        let seen = try desk.read { r throws(StoreError) in
            try r.events(after: .start, limit: 1000, viewer: nima)
        }
        #expect(!seen.contains { $0.ticket == first.ticket })
        for action in [
            TicketAction.note("x"), .close(.solved), .assign(.nima), .join(second.message),
        ] {
            await #expect(throws: DeskFailure.self) {
                try await desk.perform(action, on: first.ticket)
            }
        }
        try desk.verify()
    }

    @Test("in a batch is committed with the cursor, all or nothing")
    func wholeBatch() async throws {
        let desk = try await TestDesk()
        let before = desk.position
        let good = InboundMessage.chat(from: "v1", conversation: "c1", id: "x1")
        try await desk.deliver(good, to: .siteChat)
        let after = desk.position
        var other = good
        other.text = "Other words under the same id"
        let batch = InboundBatch(
            messages: [.chat(from: "v2", conversation: "c2", id: "x2"), other],
            cursor: Cursor(text: "7"))
        await #expect(throws: DeliveryRefusal.self) {
            try await desk.intake.deliver(batch, to: .siteChat)
        }
        #expect(after > before)
        #expect(desk.position == after)
        #expect(try desk.count("SELECT COUNT(*) FROM inbox_cursors") == 0)
        let fine = InboundBatch(
            messages: [good, .chat(from: "v2", conversation: "c2", id: "x2")],
            cursor: Cursor(text: "8"))
        let outcomes = try await desk.intake.deliver(fine, to: .siteChat)
        #expect(outcomes.count == 2)
        #expect(try desk.lines("SELECT inbox, cursor FROM inbox_cursors") == ["site-chat 8"])
        try desk.verify()
    }

    @Test(
        "that the store cannot take is quarantined alone; the rest of its batch is kept, and the cursor moves on"
    )
    func poison() async throws {
        let desk = try await TestDesk()
        let victim = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        _ = try await desk.store.writer.submit(at: desk.now, failing: DeskFailure.self) {
            transaction in
            try transaction.execute(
                "UPDATE tickets SET status = 'nonsense' WHERE number = $1", [victim.ticket])
        }
        let outcomes = try await desk.intake.deliver(
            InboundBatch(
                messages: [
                    .mail(from: "omid@example.ir", id: "m2@e"),
                    .mail(
                        from: "sara@example.ir", id: "m3@e", references: ["m1@e"],
                        raw: Array("raw".utf8)),
                    .mail(
                        from: "sara@example.ir", id: "m4@e", text: "no bytes", references: ["m1@e"]),
                    .mail(from: "omid@example.ir", id: "m5@e"),
                ], cursor: Cursor(text: "9")), to: .supportMail)
        let words = outcomes.map { outcome in
            switch outcome {
            case .ticketed: "ticketed"
            case .duplicate: "duplicate"
            case .quarantined: "quarantined"
            }
        }
        #expect(words == ["ticketed", "quarantined", "quarantined", "ticketed"])
        #expect(try desk.lines("SELECT cursor FROM inbox_cursors") == ["9"])
        let waiting = QuarantineDesk(desk.desk)
        #expect(try await waiting.raw(QuarantineID(rawValue: 1)).bytes == Array("raw".utf8))
        let described = try await waiting.raw(QuarantineID(rawValue: 2)).bytes
        #expect(String(decoding: described, as: UTF8.self).contains("no bytes"))
    }

    @Test("from one of our own addresses is bulk and never answered")
    func ownAddress() async throws {
        let desk = try await TestDesk()
        let (_, number) = try await desk.ticket(.mail(from: "sales@desk.example", id: "m1@e"))
        let row = try desk.row(number)
        #expect(row.ticket.ticketClass == .bulk)
        #expect(row.ticket.assignee == nil)
        #expect(try desk.types(of: number).contains("acknowledgement_skipped"))
        #expect(try desk.count("SELECT COUNT(*) FROM outbox") == 0)
    }

    @Test("that cannot be read is quarantined once")
    func quarantine() async throws {
        let desk = try await TestDesk()
        let reason = QuarantineReason(code: "broken", detail: "no header")
        let raw = Array("garbage".utf8)
        let first = try await desk.intake.quarantine(raw, reason: reason, from: .supportMail)
        let before = desk.position
        let second = try await desk.intake.quarantine(raw, reason: reason, from: .supportMail)
        #expect(first == second)
        #expect(desk.position == before)
        #expect(try desk.types().suffix(1) == ["message_quarantined"])
        guard case .quarantined(let id, _) = first else { return }
        let waiting = QuarantineDesk(desk.desk)
        #expect(try await waiting.raw(id).bytes == raw)
        try await waiting.resolve(id, as: .dropped, message: nil, by: .operator)
        await #expect(throws: DeskFailure.self) { try await waiting.raw(id) }
        let third = try await desk.intake.quarantine(raw, reason: reason, from: .supportMail)
        #expect(third != first, "dropped is dealt with; the same bytes again are news")
        try desk.verify()
    }
}

extension RecordedEvent {
    var received: MessageReceived? {
        if case .ticket(.messageReceived(let received)) = event { received } else { nil }
    }
}
