import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// Reliability C2: machines write in a hundred ways, and none of them is answered, reopens anything or is asked how it went.
@Suite("The zoo of automatic mail")
struct ZooTests {
    /// Header blocks that say "a machine wrote this".
    private static let marks: [[(String, String)]] = [
        [("Auto-Submitted", "auto-replied")], [("Auto-Submitted", "auto-generated")],
        [("Auto-Submitted", "auto-notified")], [("Auto-Submitted", "Auto-Replied (vacation)")],
        [("X-Auto-Response-Suppress", "All")], [("X-Auto-Response-Suppress", "OOF, AutoReply")],
        [("Precedence", "bulk")], [("Precedence", "list")], [("Precedence", "junk")],
        [("Precedence", "auto_reply")], [("List-Id", "<news.shop.example>")],
        [("List-Unsubscribe", "<mailto:u@shop.example>")],
        [("List-Post", "<mailto:l@shop.example>")],
        [("X-Autoreply", "yes")], [("X-Autorespond", "vacation")], [("X-Auto-Reply", "1")],
        [("X-Mail-Autoreply", "true")], [("Return-Path", "<>")],
        [("Precedence", "auto-reply")], [("X-Loop", "me@home.example")],
    ]

    private static let subjects = [
        "Out of Office: back on Monday", "Automatic reply: holiday", "Automatische Antwort: Urlaub",
        "Abwesenheitsnotiz", "Réponse automatique : absent", "Respuesta automática: vacaciones",
        "Risposta automatica: ferie", "Resposta automática: férias",
        "Automatisch antwoord: vakantie",
        "Autosvar: på semester", "پاسخ خودکار: در مرخصی هستم", "Odpowiedź automatyczna: urlop",
    ]

    /// A closed ticket with an answer of ours, of which nothing has been asked yet.
    private static func closed(_ desk: MailDesk) async throws -> (TicketNumber, MailSink.Sent) {
        let ticket = try await desk.deliver(
            Mail(from: "Sara <sara@home.example>", id: "m1@home.example").bytes
        ).ticket
        try await desk.desk.reply("Try it again.", to: ticket, then: .close(.solved))
        let sent = try #require(try await desk.out().last { $0.text.contains("Try it again.") })
        return (ticket, sent)
    }

    private static let bounces = [
        ("delayed", "4.4.7"), ("failed", "4.2.2"), ("failed", "5.1.1"), ("failed", "5.7.1"),
    ]

    /// A hundred: marked, by subject alone, with the null path, bounces, alerts.
    private static func samples(
        about sent: MailSink.Sent
    ) -> [(raw: [UInt8], to: [String], sender: String?)] {
        var samples: [(raw: [UInt8], to: [String], sender: String?)] = []
        for (index, marks) in Self.marks.enumerated() {
            for refers in [true, false] {
                var mail = Mail(
                    from: refers ? "sara@home.example" : "robot\(index)@shop.example",
                    subject: "About your mail", id: "z\(index).\(refers)@home.example")
                mail.headers = marks
                if refers { mail.headers.append(("In-Reply-To", "<\(sent.messageID)>")) }
                mail.body = "This mailbox answers by itself, number \(index)."
                samples.append((mail.bytes, [], nil))
            }
        }
        for (index, subject) in Self.subjects.enumerated() {
            for refers in [true, false] {
                var mail = Mail(
                    from: refers ? "sara@home.example" : "away\(index)@home.example",
                    subject: subject, id: "o\(index).\(refers)@home.example")
                if refers { mail.headers.append(("References", "<\(sent.messageID)>")) }
                mail.body = "I am away until Monday, number \(index)."
                samples.append((mail.bytes, [], nil))
            }
        }
        for index in 0..<12 {
            let mail = Mail(
                from: "robot@shop.example", id: "n\(index)@shop.example", body: "null path \(index)"
            )
            samples.append((mail.bytes, [], ""))
        }
        for (index, (action, status)) in Self.bounces.enumerated() {
            for byAddress in [true, false] {
                samples.append(
                    (
                        Mail.bounce(
                            of: sent, action: action, status: status,
                            words: "\(status.replacing(".", with: "").prefix(3)) \(status) said no",
                            returned: byAddress ? "Subject: x" : nil,
                            id: "dsn\(index).\(byAddress)@mx.home.example"),
                        byAddress ? [sent.sender] : [], ""
                    ))
            }
        }
        for index in samples.count..<100 {
            var mail = Mail(
                from: "alert\(index)@monitor.example", subject: "Disk full",
                id: "a\(index)@monitor.example")
            mail.headers = [("Auto-Submitted", "auto-generated")]
            samples.append((mail.bytes, [], nil))
        }
        return samples
    }

    @Test("C2 automatic mail zoo: 0 auto-replies, 0 reopened, 0 surveys, bounces on their delivery")
    func zoo() async throws {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        let desk = try await MailDesk(plan)
        let (ticket, sent) = try await Self.closed(desk)
        let samples = Self.samples(about: sent)
        for sample in samples {
            try await desk.deliver(sample.raw, sender: sample.sender, to: sample.to)
        }
        let answered = try await desk.out()
        #expect(answered.map(\.text) == [])
        #expect(try desk.desk.row(ticket).ticket.status == .closed)
        let bounced = try desk.type(of: ticket).filter { $0 == "delivery_reported" }.count
        #expect(bounced == Self.bounces.count * 2)
        #expect(
            try desk.desk.lines("SELECT state FROM outbox WHERE purpose = 'reply'") == ["failed"])
        desk.desk.clock.advance(by: .days(2))
        try await desk.desk.runTimers()
        let asked = try await desk.out().count
        #expect(asked == 0)
        let reopened = try desk.desk.count(
            "SELECT COUNT(*) FROM tickets WHERE number = $1 AND status <> 'closed'", [ticket])
        print(
            "C2: \(samples.count) automatic mails: \(answered.count) auto-replies, \(reopened) reopened, \(asked) surveys, \(bounced) of \(Self.bounces.count * 2) bounces on their delivery"
        )
        try desk.desk.verify()
    }

    @Test("holds no bounce that a stranger could have written: it stays with the automatic mail")
    func strangersBounce() async throws {
        let desk = try await MailDesk(.oneAgent)
        let (ticket, sent) = try await Self.closed(desk)
        let raw = Mail.bounce(
            of: sent, to: "support@desk.example", recipient: "victim@home.example",
            returned: "Message-ID: <made.up@desk.example>\r\nSubject: x")
        let kept = try await desk.deliver(raw, sender: "", to: ["support@desk.example"])
        #expect(kept.ticket != ticket)
        #expect(try desk.desk.row(kept.ticket).ticket.ticketClass == .bulk)
        #expect(
            try desk.desk.count(
                "SELECT COUNT(*) FROM identities WHERE undeliverable_at IS NOT NULL") == 0)
        #expect(try desk.desk.lines("SELECT state FROM outbox WHERE purpose = 'reply'") == ["sent"])
    }
}
