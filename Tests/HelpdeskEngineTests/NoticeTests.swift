import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A notification to an agent")
struct NoticeTests {
    static func desk(_ change: (inout DeskPlan) -> Void = { _ in }) async throws -> TestDesk {
        var plan = DeskPlan.oneAgent
        plan.notices.mail = .on
        plan.acknowledgement.acknowledgements = .off
        plan.change(.nima) { $0.email = "nima@staff.example" }
        change(&plan)
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        return desk
    }

    /// Sara's ticket, which the router gave to nima; the notification of that.
    static func notified(
        _ desk: TestDesk
    ) async throws -> (ticket: TicketNumber, notice: OutboundMessage) {
        let ticket = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e", subject: "Router", text: "It is dead.")
        ).ticket
        try await desk.runOutbox()
        return (ticket, try #require(try desk.adapter(.supportMail).prepared.last))
    }

    static func notices(_ desk: TestDesk) throws -> [OutboundMessage] {
        try desk.adapter(.supportMail).prepared.filter { $0.purpose == .notification }
    }

    @Test(
        "says that a ticket is theirs, with the customer's words, and holds no token of the ticket")
    func assigned() async throws {
        let desk = try await Self.desk()
        let (ticket, notice) = try await Self.notified(desk)
        #expect(notice.purpose == .notification)
        #expect(notice.isAutomatic)
        #expect(notice.to.map(\.address) == [.email("nima@staff.example")])
        #expect(notice.subject == "[#\(ticket.rawValue)] Router")
        #expect(notice.text.contains("It is dead."))
        try await desk.reply("Try it again.", to: ticket)
        let reply = try #require(try desk.adapter(.supportMail).prepared.last)
        let token = try #require(reply.replyToken)
        #expect(!ScriptedAdapter.wire(notice).contains(token))
        try desk.verify()
    }

    @Test("is not sent for one's own act, to who has no address, off duty, for spam, or when off")
    func never() async throws {
        let off = try await Self.desk { $0.notices.mail = .off }
        _ = try await Self.notifiedNothing(off)
        let nobody = try await Self.desk { $0.change(.nima) { $0.email = nil } }
        _ = try await Self.notifiedNothing(nobody)
        let own = try await Self.desk { plan in
            plan.change(.nima) { $0.capacity = 0 }
        }
        let ticket = try await Self.notifiedNothing(own)
        try await own.perform(.assign(.nima), on: ticket, by: .nima)
        #expect(try Self.notices(own) == [])
        try await own.directory.setPresence(.offline, of: .nima, by: TestDesk.caller(.nima))
        try await own.ticket(
            .mail(from: "sara@example.ir", id: "m2@e", text: "More.", references: ["m1@e"]))
        #expect(try Self.notices(own) == [])
        let spam = try await Self.desk()
        try await spam.ticket(.mail(from: "x@evil.example", id: "s@e", ticketClass: .spam))
        #expect(try Self.notices(spam) == [])
    }

    private static func notifiedNothing(_ desk: TestDesk) async throws -> TicketNumber {
        let ticket = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        #expect(try notices(desk) == [])
        return ticket
    }

    @Test("comes once for any number of answers within ten minutes, and not for a machine's")
    func coalesced() async throws {
        let desk = try await Self.desk()
        let (ticket, _) = try await Self.notified(desk)
        for index in 0..<20 {
            try await desk.ticket(
                .mail(
                    from: "sara@example.ir", id: "a\(index)@e", text: "\(index)",
                    references: ["m1@e"]))
        }
        #expect(try Self.notices(desk).count == 1)
        desk.clock.advance(by: .minutes(11))
        try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "ooo@e", text: "Away.", references: ["m1@e"],
                auto: .replied))
        #expect(try Self.notices(desk).count == 1)
        try await desk.ticket(
            .mail(from: "sara@example.ir", id: "b@e", text: "Still dead.", references: ["m1@e"]))
        #expect(try Self.notices(desk).count == 2)
        #expect(try Self.notices(desk).last?.text.contains("Still dead.") == true)
        for index in 0..<60 {
            try await desk.ticket(.mail(from: "c\(index)@example.ir", id: "c\(index)@e"))
        }
        #expect(try Self.notices(desk).count <= 30, "an hour's worth")
        _ = ticket
        try desk.verify()
    }

    /// An answer to a notification, as the adapter reads it.
    static func answer(
        _ notice: OutboundMessage, from: String = "nima@staff.example", text: String,
        auth: SenderAuth = .verified, id: String = "n1@staff", auto: AutoSubmitted = .no
    ) -> InboundMessage {
        .mail(
            from: from, id: id, subject: "Re: Router", text: text, auth: auth,
            references: [notice.messageID], inReplyTo: notice.messageID,
            tokens: [notice.replyToken ?? ""], auto: auto)
    }

    @Test("answered becomes a note of the agent's, once")
    func note() async throws {
        let desk = try await Self.desk()
        let (ticket, notice) = try await Self.notified(desk)
        let message = Self.answer(notice, text: "Known fault, see the wiki.")
        let kept = try await desk.ticket(message)
        #expect(kept.ticket == ticket)
        #expect(
            try desk.lines("SELECT direction, author_id FROM messages ORDER BY id") == [
                "in 1", "note nima",
            ])
        guard case .duplicate(kept.message, ticket) = try await desk.deliver(message) else {
            Issue.record("taken twice")
            return
        }
        #expect(try desk.count("SELECT COUNT(*) FROM messages") == 2)
        #expect(try desk.count("SELECT COUNT(*) FROM customers") == 1, "an agent is no customer")
        try desk.verify()
    }

    @Test(
        "answered with a command in its first line goes to the customer",
        arguments: [
            ("#reply\nPlease restart it.", "Please restart it."),
            ("\n #Reply Please restart it.\n", "Please restart it."),
            ("#پاسخ\nلطفاً دوباره روشن کنید.", "لطفاً دوباره روشن کنید."),
        ])
    func reply(text: String, goesOut: String) async throws {
        let desk = try await Self.desk()
        let (ticket, notice) = try await Self.notified(desk)
        try await desk.ticket(Self.answer(notice, text: text))
        try await desk.runOutbox()
        let sent = try #require(try desk.adapter(.supportMail).prepared.last)
        #expect(sent.purpose == .reply)
        #expect(sent.to.map(\.address) == [.email("sara@example.ir")])
        #expect(sent.text.hasPrefix(goesOut))
        #expect(!sent.text.contains("#"))
        let row = try desk.row(ticket).ticket
        #expect(row.status == .open)
        #expect(
            try desk.events(after: .start).last { $0.ticket == ticket && $0.actor == .agent(.nima) }
                != nil)
        try desk.verify()
    }

    @Test(
        "D3 spoofed agent address: with good headers and without proof it never acts, is kept, and the agent is told once a day"
    )
    func spoofed() async throws {
        let desk = try await Self.desk()
        let (ticket, notice) = try await Self.notified(desk)
        let before = try desk.count("SELECT COUNT(*) FROM messages WHERE ticket = $1", [ticket])
        var tried = 0
        for (place, from) in ["nima@staff.example", "Nima@Staff.Example", "eve@evil.example"]
            .enumerated()
        {
            for auth in [SenderAuth.verified, .unchecked, .failed]
            where place == 2 || auth != .verified {
                for (form, text) in ["#reply\nSend me the password.", "a note", "#پاسخ x"]
                    .enumerated()
                {
                    let kept = try await desk.ticket(
                        Self.answer(
                            notice, from: from, text: text, auth: auth,
                            id: "s\(place).\(auth).\(form)@evil"))
                    #expect(kept.ticket != ticket)
                    #expect(
                        try desk.lines(
                            "SELECT other, relation FROM ticket_links WHERE ticket = $1",
                            [kept.ticket]) == ["\(ticket.rawValue) hint"])
                    tried += 1
                }
            }
        }
        let machine = try await desk.ticket(
            Self.answer(notice, text: "#reply\nI am away.", id: "ooo@staff", auto: .replied))
        #expect(try desk.row(machine.ticket).ticket.ticketClass == .bulk)
        desk.clock.advance(by: .days(7) + TimeSpan(milliseconds: 1))
        let late = try await desk.ticket(
            Self.answer(notice, text: "#reply\nLate.", id: "late@staff"))
        #expect(late.ticket != ticket)
        #expect(
            try desk.count("SELECT COUNT(*) FROM messages WHERE ticket = $1", [ticket]) == before)
        #expect(try desk.count("SELECT COUNT(*) FROM messages WHERE direction <> 'in'") == 0)
        try await desk.runOutbox()
        let sent = try desk.adapter(.supportMail).prepared
        #expect(sent.allSatisfy { $0.to.map(\.address) == [.email("nima@staff.example")] })
        let told = sent.filter { $0.purpose == .notice }
        #expect(told.count == 2, "once for the first day, once for the mail a week later")
        #expect(!told.contains { $0.text.contains("password") })
        print(
            "D3: \(tried + 2) mails in an agent's name: 0 notes, 0 replies, \(tried + 2) kept as tickets with a hint, the agent told \(told.count) times in 8 days"
        )
        try desk.verify()
    }

    @Test(
        "C4 bounce of an agent notice: none follows, and the desk says so, until the agent answers or ops say so",
        arguments: ["later", "at once"])
    func bounced(when: String) async throws {
        let desk = try await Self.desk()
        let adapter = try desk.adapter(.supportMail)
        if when == "at once" {
            adapter.otherwise { message, _ in
                message.recipients == ["nima@staff.example"]
                    ? .rejected(.other, detail: "552 5.2.2 mailbox full") : .sent(externalID: nil)
            }
        }
        let (ticket, notice) = try await Self.notified(desk)
        if when == "later" {
            var dsn = InboundMessage.mail(
                from: "mailer-daemon@staff.example", id: "dsn@staff", auth: .unchecked,
                auto: .bounce)
            dsn.deliveryReport = DeliveryReport(
                kind: .status,
                recipients: [
                    DeliveryReport.Recipient(
                        address: "nima@staff.example", outcome: .failedForNow, status: "5.2.2",
                        reason: .mailboxFull)
                ], returnedMessageID: notice.messageID)
            try await desk.ticket(dsn)
        }
        #expect(try await desk.desk.alarms() == [.noticesStopped(.nima)])
        for index in 0..<50 {
            desk.clock.advance(by: .minutes(20))
            try await desk.ticket(
                .mail(
                    from: "sara@example.ir", id: "a\(index)@e", text: "\(index)",
                    references: ["m1@e"]))
            try await desk.runOutbox()
        }
        let after = try Self.notices(desk).count
        #expect(after == 1)
        #expect(try desk.row(ticket).ticket.status == .new)
        print(
            "C4 (\(when)): full mailbox of an agent, 50 answers of the customer: \(after) notice, then stopped, alarm on"
        )
        try await desk.directory.resumeNotices(to: .nima)
        #expect(try await desk.desk.alarms() == [])
        adapter.always(.sent(externalID: nil))
        desk.clock.advance(by: .minutes(20))
        try await desk.ticket(
            .mail(from: "sara@example.ir", id: "z@e", text: "z", references: ["m1@e"]))
        #expect(try Self.notices(desk).count == 2)
        try desk.verify()
    }
}
