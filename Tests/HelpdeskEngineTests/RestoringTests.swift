import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A backup put back")
struct RestoringTests {
    private func desk() async throws -> (TestDesk, ScriptedAdapter) {
        let desk = try await TestDesk(.oneAgent)
        return (desk, try desk.adapter(.supportMail))
    }

    @Test("sends nothing by itself that waited in it, whatever state it was in")
    func held() async throws {
        let (desk, mail) = try await desk()
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        mail.always(.retry(after: nil, detail: "451 later"))
        try await desk.reply(to: number)
        try await desk.runOutbox()
        let waiting = try desk.lines(
            "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'retrying')")
        #expect(waiting == ["2"])
        let tried = mail.sent.count

        let restored = try Restoring(desk.store, environment: desk.desk.environment).begin()
        #expect(restored.epoch == 2)
        #expect(restored.held == 2)
        try desk.restart()
        mail.always(.sent(externalID: nil))
        desk.clock.advance(by: .days(3))
        try await desk.outbox.recover()
        try await desk.runOutbox()
        #expect(mail.sent.count == tried)
        #expect(
            try desk.lines("SELECT DISTINCT state, COALESCE(next_at, 'never'), code FROM outbox")
                == [
                    "uncertain never restored"
                ])
        // A person says so: then it goes, once.
        try await OutboxDesk(desk.desk).perform(
            .release, on: DeliveryID(rawValue: 1), by: .operator)
        try await desk.runOutbox()
        #expect(mail.sent.count == tried + 1)
        try desk.verify()
    }

    @Test("gives no number again, and says which epoch it is")
    func numbers() async throws {
        let (desk, _) = try await desk()
        _ = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let restored = try Restoring(desk.store, environment: desk.desk.environment).begin()
        #expect(restored.ticketsThrough == TicketNumber(rawValue: 2_000))
        try desk.restart()
        let next = try await desk.ticket(.mail(from: "nima@example.ir", id: "m2@e")).ticket
        #expect(next == TicketNumber(rawValue: 2_001))
        let again = try Restoring(desk.store, environment: desk.desk.environment).begin()
        #expect(again.epoch == 3)
        #expect(
            try desk.read { r throws(StoreError) in try r.epoch() }
                == Epoch(number: 3, began: desk.now))
        try desk.verify()
    }

    @Test("keeps and routes what comes in a second time, and acknowledges it no second time")
    func acknowledgement() async throws {
        let (desk, mail) = try await desk()
        _ = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        _ = try Restoring(desk.store, environment: desk.desk.environment).begin()
        try desk.restart()
        var lost = InboundMessage.mail(from: "nima@example.ir", id: "m2@e")
        lost.sentAt = desk.now - .hours(1)
        let number = try await desk.ticket(lost).ticket
        #expect(try desk.types(of: number).contains("acknowledgement_skipped"))
        #expect(
            try desk.lines("SELECT assignee FROM tickets WHERE number = \(number.rawValue)") == [
                "nima"
            ])
        // What was kept in the backup is known by its id.
        #expect(
            try await desk.deliver(.mail(from: "sara@example.ir", id: "m1@e"))
                == .duplicate(message: MessageID(rawValue: 1), ticket: TicketNumber(rawValue: 1)))
        // What is written now is acknowledged.
        desk.clock.advance(by: .minutes(5))
        var fresh = InboundMessage.mail(from: "mina@example.ir", id: "m3@e")
        fresh.sentAt = desk.now
        let next = try await desk.ticket(fresh).ticket
        #expect(!(try desk.types(of: next).contains("acknowledgement_skipped")))
        _ = mail
        try desk.verify()
    }

    @Test("asks nobody for a score a second time")
    func surveys() async throws {
        let (desk, mail) = try await desk()
        mail.always(.sent(externalID: nil))
        let due = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.reply(to: due, then: .close(.solved))
        try await desk.runOutbox()
        desk.clock.advance(by: .hours(2))
        let later = try await desk.ticket(.mail(from: "nima@example.ir", id: "m2@e")).ticket
        try await desk.reply(to: later, then: .close(.solved))
        try await desk.runOutbox()
        let sent = mail.sent.count
        _ = try Restoring(desk.store, environment: desk.desk.environment).begin()
        try desk.restart()
        _ = try await desk.timer.runOnce()
        try await desk.runOutbox()
        #expect(mail.sent.count == sent)
        #expect(
            try desk.lines(
                "SELECT ticket, state, COALESCE(skip_reason, '-') FROM invitations ORDER BY id")
                == ["\(due.rawValue) skipped restored", "\(later.rawValue) scheduled -"])
        try desk.verify()
    }

    @Test("tells nobody a second time of more time, and mails no unread answer a second time")
    func whatTimeAloneSends() async throws {
        var plan = DeskPlan.standard
        plan.sla = [
            SLAPolicy(
                name: "standard", allowances: [.firstResponse: .hours(4)], warningPercent: nil,
                hours: .always)
        ]
        plan.acknowledgement.revision = PromiseRevision(times: 1)
        plan.change(.siteChat) { $0.mailUnreadAfter = .minutes(10) }
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let promised = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        let chat = try await desk.ticket(
            .chat(from: "v1", conversation: "c1", id: "x1", vouched: [.email("mina@example.ir")]),
            to: .siteChat
        ).ticket
        try await desk.reply(to: chat)
        try await desk.runOutbox()
        #expect(try desk.types(of: chat).contains("reading_awaited"))
        desk.clock.advance(by: .hours(3) + .minutes(45))
        let mails = try desk.adapter(.supportMail).sent.count
        let restored = try Restoring(desk.store, environment: desk.desk.environment).begin()
        #expect(restored.dropped == 2)
        try desk.restart()
        try await desk.runTimers()
        try await desk.runOutbox()
        #expect(try desk.adapter(.supportMail).sent.count == mails)
        #expect(try desk.types(of: promised).contains("promise_revision_skipped"))
        #expect(try desk.types(of: chat).last { $0.hasPrefix("reading") } == "reading_ended")
        try desk.verify()
    }

    @Test("gives events ids that the lost ones never had")
    func eventIDs() async throws {
        let (desk, _) = try await desk()
        _ = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        let last = desk.position
        #expect(desk.desk.epochs.eventID(at: last) == "evt_\(last.rawValue)")
        _ = try Restoring(desk.store, environment: desk.desk.environment).begin()
        try desk.restart()
        let next = Position(rawValue: last.rawValue + 1)
        #expect(desk.desk.epochs.eventID(at: last) == "evt_\(last.rawValue)")
        #expect(desk.desk.epochs.eventID(at: next) == "evt_2_\(next.rawValue)")
    }
}
