import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A bounce")
struct BounceTests {
    /// A ticket of Sara's, answered; the answer has left.
    private static func answered(
        _ desk: TestDesk, then: TicketCommand.AfterReply = .keep
    ) async throws -> (ticket: TicketNumber, sent: OutboundMessage) {
        let adapter = try desk.adapter(.supportMail)
        adapter.always(.sent(externalID: nil))
        let ticket = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.reply("Try it again.", to: ticket, then: then)
        try await desk.runOutbox()
        return (ticket, try #require(adapter.prepared.last { $0.purpose == .reply }))
    }

    private static func report(
        _ outcome: DeliveryReport.Outcome = .failedForEver, address: String? = "sara@example.ir",
        kind: DeliveryReport.Kind = .status, returned: String? = nil
    ) -> DeliveryReport {
        DeliveryReport(
            kind: kind,
            recipients: [
                DeliveryReport.Recipient(
                    address: address, outcome: outcome, status: "5.1.1", replyCode: "550",
                    diagnostic: "550 5.1.1 no such user", reason: .unknownUser)
            ], returnedMessageID: returned)
    }

    private static func bounce(
        _ report: DeliveryReport, id: String = "dsn@mx", tokens: [String] = []
    ) -> InboundMessage {
        var message = InboundMessage.mail(
            from: "mailer-daemon@mx.example.ir", id: id, subject: "Undelivered", text: "Sorry.",
            auth: .unchecked, tokens: tokens, auto: .bounce)
        message.deliveryReport = report
        return message
    }

    private static let states = "SELECT state, code, report FROM outbox WHERE purpose = 'reply'"
    private static let addresses =
        "SELECT value, undeliverable_code FROM identities WHERE undeliverable_at IS NOT NULL"

    @Test(
        "lands on its answer by our token or its Message-ID: failed, the address marked, the ticket unread work again",
        arguments: [true, false])
    func lands(byToken: Bool) async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk, then: .pending)
        let before = try desk.adapter(.supportMail).sent.count
        let kept = try await desk.ticket(
            byToken
                ? Self.bounce(Self.report(), tokens: [try #require(sent.returnToken)])
                : Self.bounce(Self.report(returned: sent.messageID)))
        #expect(kept.ticket == ticket)
        #expect(try desk.lines(Self.states) == ["failed 5.1.1 bounced_for_ever"])
        #expect(try desk.lines(Self.addresses) == ["sara@example.ir 5.1.1"])
        let row = try desk.row(ticket)
        #expect(row.ticket.status == .open, "it waited for the customer, who has no answer")
        #expect(row.isUnread)
        #expect(row.ticket.assignee == .nima)
        #expect(
            try desk.types(of: ticket).suffix(5) == [
                "message_received", "delivery_reported", "reply_returned", "ticket_status_changed",
                "agent_noticed",
            ])
        let detail = try desk.lines(
            """
            SELECT c.body FROM outbox o JOIN contents c ON c.id = o.detail
            WHERE o.purpose = 'reply'
            """)
        #expect(detail == ["sara@example.ir: 550 5.1.1 no such user"])
        try await desk.runOutbox()
        #expect(try desk.adapter(.supportMail).sent.count == before, "nothing is sent for it")
        #expect(
            try desk.count("SELECT COUNT(*) FROM customers") == 1, "a daemon is no customer")
        try desk.verify()
    }

    @Test("can be tried again with the same bytes, and another bounce is another report")
    func retried() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk)
        let adapter = try desk.adapter(.supportMail)
        let first = try #require(adapter.sent.last?.message.bytes)
        try await desk.ticket(Self.bounce(Self.report(returned: sent.messageID)))
        try await OutboxDesk(desk.desk).perform(.retry, on: sent.delivery, by: .agent(.nima))
        try await desk.runOutbox()
        #expect(adapter.sent.last?.message.bytes == first)
        #expect(adapter.sent.last?.message.recipients == ["sara@example.ir"])
        #expect(try desk.lines(Self.states).first?.hasPrefix("sent ") == true)
        try await desk.ticket(Self.bounce(Self.report(returned: sent.messageID), id: "dsn2@mx"))
        #expect(try desk.lines(Self.states) == ["failed 5.1.1 bounced_for_ever"])
        #expect(
            try desk.types(of: ticket).filter { $0 == "reply_returned" }.count == 2)
        #expect(
            try desk.types().filter { $0 == "identity_undeliverable" }.count == 1, "marked once")
        try desk.verify()
    }

    @Test(
        "leaves a closed ticket closed and asks nobody anything",
        arguments: [DeliveryReport.Outcome.failedForEver, .failedForNow])
    func closed(outcome: DeliveryReport.Outcome) async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk, then: .close(.solved))
        try await desk.ticket(Self.bounce(Self.report(outcome, returned: sent.messageID)))
        let row = try desk.row(ticket)
        #expect(row.ticket.status == .closed)
        #expect(row.isUnread, "and shows as unread")
        desk.clock.advance(by: .days(3))
        try await desk.runTimers()
        let invited = try desk.count("SELECT COUNT(*) FROM outbox WHERE purpose = 'survey'")
        #expect(invited == (outcome == .failedForEver ? 0 : 1), "no survey to what comes back")
        try desk.verify()
    }

    @Test(
        "for now, a delay, a receipt and a complaint mark no address and, but for the first, open no work",
        arguments: [
            (
                DeliveryReport.Kind.status, DeliveryReport.Outcome.failedForNow,
                "failed 5.1.1 bounced_for_now", 1
            ),
            (.status, .delayed, "sent - delayed", 0),
            (.status, .delivered, "delivered 5.1.1 delivered", 0),
            (.disposition, .delivered, "sent - read", 0),
            (.complaint, .delivered, "sent - complained", 0),
        ])
    func noted(
        kind: DeliveryReport.Kind, outcome: DeliveryReport.Outcome, state: String, returned: Int
    ) async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk, then: .pending)
        try await desk.ticket(
            Self.bounce(Self.report(outcome, kind: kind, returned: sent.messageID)))
        #expect(try desk.lines(Self.states) == [state])
        #expect(try desk.lines(Self.addresses) == [])
        #expect(try desk.types(of: ticket).filter { $0 == "reply_returned" }.count == returned)
        #expect(try desk.row(ticket).ticket.status == (returned == 1 ? .open : .pending))
        #expect(try desk.row(ticket).lastDirection == .outbound, "no customer spoke")
        try desk.verify()
    }

    @Test("that is forged marks nobody, changes no delivery, and is kept out of people's work")
    func forged() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk)
        let parts = sent.messageID.split(separator: "@").map(String.init)
        let local = parts[0].split(separator: ".").map(String.init)
        let token = try #require(sent.replyToken)
        var attempts: [(DeliveryReport, [String])] = [
            (Self.report(), []),
            // The ticket's own token, which Sara has: it proves a ticket, not a delivery.
            (Self.report(), [token]),
            (Self.report(returned: "\(local[0]).\(local[1])@\(parts[1])"), []),
            (Self.report(returned: "\(local[0]).\(local[1]).aaaaaaaaaaaaaaaa@\(parts[1])"), []),
            (Self.report(returned: "\(local[0]).\(local[1]).\(local[2])@evil.example"), []),
            (Self.report(returned: sent.messageID.uppercased()), []),
            (Self.report(returned: "m1@e"), []),
            // A true delivery, another victim.
            (Self.report(address: "victim@example.ir", returned: nil), [token]),
        ]
        let genuine = try #require(sent.returnToken)
        for place in 0..<genuine.utf8.count {
            var bytes = Array(genuine.utf8)
            bytes[place] = bytes[place] == 0x61 ? 0x62 : 0x61
            attempts.append((Self.report(), [String(decoding: bytes, as: UTF8.self)]))
        }
        let before = try desk.count("SELECT COUNT(*) FROM messages")
        for (index, attempt) in attempts.enumerated() {
            let kept = try await desk.ticket(
                Self.bounce(attempt.0, id: "forged\(index)@evil", tokens: attempt.1))
            #expect(kept.ticket != ticket)
            let row = try desk.row(kept.ticket).ticket
            #expect(row.ticketClass == .bulk)
            #expect(row.assignee == nil)
        }
        #expect(try desk.lines(Self.states) == ["sent - -"])
        #expect(try desk.lines(Self.addresses) == [])
        #expect(
            try desk.count("SELECT COUNT(*) FROM messages") == before + attempts.count,
            "none is lost")
        #expect(try desk.types().filter { $0 == "identity_undeliverable" } == [])
        print("forged bounces: \(attempts.count) kept, 0 believed, 0 addresses marked")
        try desk.verify()
    }

    @Test("of a true delivery that names somebody else marks nobody")
    func otherAddress() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk)
        try await desk.ticket(.mail(from: "victim@example.ir", id: "v1@e", text: "Hello"))
        let kept = try await desk.ticket(
            Self.bounce(Self.report(address: "victim@example.ir", returned: sent.messageID)))
        #expect(kept.ticket == ticket)
        #expect(try desk.lines(Self.addresses) == [])
    }

    @Test("of a mail to several marks none of them, and only who was refused gets it again")
    func several() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, _) = try await Self.answered(desk)
        try await desk.perform(.addParticipant(.email("omid@example.ir")), on: ticket)
        try await desk.reply("To both.", to: ticket)
        try await desk.runOutbox()
        let adapter = try desk.adapter(.supportMail)
        let sent = try #require(adapter.prepared.last)
        #expect(
            adapter.sent.last?.message.recipients.sorted() == [
                "omid@example.ir", "sara@example.ir",
            ])
        try await desk.ticket(
            Self.bounce(Self.report(address: "OMID@example.ir", returned: sent.messageID)))
        #expect(try desk.lines(Self.addresses) == [])
        try await OutboxDesk(desk.desk).perform(.retry, on: sent.delivery, by: .agent(.nima))
        try await desk.runOutbox()
        #expect(adapter.sent.last?.message.recipients == ["omid@example.ir"])
        try desk.verify()
    }

    @Test("stops automatic mail to the address for 60 days, until it writes or an agent says so")
    func rest() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (_, sent) = try await Self.answered(desk)
        try await desk.ticket(Self.bounce(Self.report(returned: sent.messageID)))
        let reason = "SELECT data FROM events WHERE type = 'acknowledgement_skipped'"
        // Nobody vouches for it and it failed the check: not a word of Sara's own.
        try await desk.ticket(.mail(from: "sara@example.ir", id: "f@evil", auth: .failed))
        #expect(try desk.lines(reason) == [#"{"reason":"daily_limit"}"#])
        desk.clock.advance(by: .days(30))
        try await desk.ticket(.mail(from: "sara@example.ir", id: "f2@evil", auth: .failed))
        #expect(try desk.lines(reason).last == #"{"reason":"undeliverable"}"#)
        desk.clock.advance(by: .days(31))
        try await desk.ticket(.mail(from: "sara@example.ir", id: "f3@evil", auth: .failed))
        #expect(try desk.count("SELECT COUNT(*) FROM acknowledgements") == 2, "61 days later")
        #expect(try desk.lines(Self.addresses).count == 1)
        let live = try await desk.ticket(.mail(from: "sara@example.ir", id: "me@e"))
        #expect(try desk.lines(Self.addresses) == [], "she wrote: it works")
        try await desk.reply("Good.", to: live.ticket)
        try await desk.runOutbox()
        let again = try #require(try desk.adapter(.supportMail).prepared.last)
        try await desk.ticket(Self.bounce(Self.report(returned: again.messageID), id: "dsn3@mx"))
        let customer = try desk.row(live.ticket).ticket.customer
        try await CustomerDesk(desk.desk).update(
            customer, CustomerChange(deliverable: [.email("Sara@example.ir")]),
            by: TestDesk.caller(.nima))
        #expect(try desk.lines(Self.addresses) == [])
        try desk.verify()
    }

    @Test("is said before the next answer, with what is used instead")
    func preview() async throws {
        let desk = try await TestDesk(.oneAgent)
        let (ticket, sent) = try await Self.answered(desk)
        try await desk.ticket(Self.bounce(Self.report(returned: sent.messageID)))
        let alone = try await desk.replies.preview(ticket, inbox: nil, by: TestDesk.caller(.nima))
        #expect(alone.route.way.address == .email("sara@example.ir"))
        #expect(alone.route.way.standing == .undeliverable(since: desk.now, code: "5.1.1"))
        let mail = try await desk.ticket(
            .mail(from: "sara.home@example.ir", id: "h1@e"))
        try await desk.perform(.join(mail.message), on: ticket)
        let plan = try await desk.replies.preview(ticket, inbox: nil, by: TestDesk.caller(.nima))
        #expect(plan.route.way.address == .email("sara.home@example.ir"))
    }

    @Test("at the door is the same as one that comes later")
    func refusedAtOnce() async throws {
        let desk = try await TestDesk(.oneAgent)
        let adapter = try desk.adapter(.supportMail)
        adapter.always(.rejected(.badAddress, detail: "550 5.1.1 no such user"))
        let ticket = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e", auto: .generated)
        ).ticket
        try await desk.reply("Hello.", to: ticket, then: .pending)
        try await desk.runOutbox()
        #expect(try desk.lines(Self.addresses) == ["sara@example.ir bad_address"])
        #expect(try desk.row(ticket).ticket.status == .open)
        #expect(try desk.types(of: ticket).contains("reply_returned"))
        try desk.verify()
    }
}
