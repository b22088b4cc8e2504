import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// Reliability C1 and C3: we never talk with machines, and not with ourselves.
@Suite("Loops")
struct LoopTests {
    /// How a program answers what comes to it.
    enum Responder: String, CaseIterable {
        /// Marked as RFC 3834 asks, as Dovecot's vacation does.
        case marked
        /// Nothing says so but a subject in a language.
        case subjectOnly
        /// Not marked at all, but it answers to what it got.
        case referring
        /// Not marked, and as if it had never been written to; from an address that nobody vouches for.
        case mute

        func answer(to sent: MailSink.Sent, number: Int) -> Mail {
            var mail = Mail(
                from: "sara@home.example", subject: "I am away", id: "v\(number)@home.example",
                body: "I am away until the end of the month. (\(number))")
            switch self {
            case .marked:
                mail.headers = [
                    ("Auto-Submitted", "auto-replied (vacation)"),
                    ("In-Reply-To", "<\(sent.messageID)>"),
                ]
            case .subjectOnly: mail.subject = "Automatic reply: \(sent.header("Subject") ?? "")"
            case .referring: mail.headers = [("In-Reply-To", "<\(sent.messageID)>")]
            case .mute: mail.dmarc = nil
            }
            return mail
        }
    }

    @Test(
        "C1 vacation responder: seven days, at most one auto-reply a day and four in all",
        arguments: Responder.allCases)
    func vacation(responder: Responder) async throws {
        let desk = try await MailDesk(.oneAgent)
        var first = Mail(from: "sara@home.example", id: "m1@home.example")
        if responder == .mute { first.dmarc = nil }
        try await desk.deliver(first.bytes)
        var days: [Int: Int] = [:]
        var number = 0
        for hour in 0..<168 {
            // Until they have nothing more to say to each other: an unbounded exchange ends the test.
            for _ in 0..<20 {
                let sent = try await desk.out()
                if sent.isEmpty { break }
                for mail in sent {
                    days[hour / 24, default: 0] += 1
                    number += 1
                    try await desk.deliver(responder.answer(to: mail, number: number).bytes)
                }
            }
            desk.desk.clock.advance(by: .hours(1))
            if number > 200 { break }
        }
        let total = days.values.reduce(0, +)
        let most = days.values.max() ?? 0
        #expect(most <= 1)
        #expect(total <= 4)
        print(
            "C1 against a responder that is \(responder.rawValue): \(total) auto-replies in 7 days, at most \(most) a day"
        )
        try desk.desk.verify()
    }

    @Test("C1 our daemon against itself: two desks that write to each other fall silent")
    func twoDesks() async throws {
        let clock = ManualClock()
        let ours = try await MailDesk(.oneAgent, clock: clock)
        var plan = DeskPlan.oneAgent
        plan.change(.supportMail) { $0.address = .email("help@other.example") }
        plan.change(.salesMail) { $0.address = .email("sales@other.example") }
        plan.change(.peopleMail) { $0.address = .email("people@other.example") }
        let theirs = try await MailDesk(plan, clock: clock, seed: 11)
        // Their agent writes to our desk: a person's mail, so it is acknowledged.
        _ = try await theirs.desk.tickets.open(
            TicketRequest(
                customer: .address(.email("support@desk.example")), subject: "An order",
                text: "Where is our order?", inbox: .supportMail),
            by: TestDesk.caller(.nima), command: nil)
        var automatic: [MailSink.Sent] = []
        var all = 0
        for _ in 0..<168 {
            for _ in 0..<20 {
                let toUs = try await theirs.out()
                let toThem = try await ours.out()
                if toUs.isEmpty && toThem.isEmpty { break }
                all += toUs.count + toThem.count
                automatic += (toUs + toThem).filter { $0.header("Auto-Submitted") != nil }
                for mail in toUs {
                    try await ours.deliver(mail.bytes, sender: mail.sender, to: mail.recipients)
                }
                for mail in toThem {
                    try await theirs.deliver(mail.bytes, sender: mail.sender, to: mail.recipients)
                }
            }
            clock.advance(by: .hours(1))
        }
        #expect(automatic.count <= 1)
        print(
            "C1 against a second Hamdel: \(all) mails in 7 days, \(automatic.count) of them automatic"
        )
        try ours.desk.verify()
        try theirs.desk.verify()
    }

    @Test(
        "C3 own addresses, aliases and +tags, cross-mailed on every inbox: kept, marked, never answered"
    )
    func ownAddresses() async throws {
        var plan = DeskPlan.oneAgent
        plan.change(.supportMail) { $0.aliases = [.email("help@desk.example")] }
        let desk = try await MailDesk(plan)
        let own = [
            "support@desk.example", "Support@Desk.Example", "help@desk.example",
            "sales@desk.example", "people@desk.example", "support+abc@desk.example",
            "help+x.y@desk.example", "sales+TAG@desk.example",
        ]
        var kept = 0
        for (place, from) in own.enumerated() {
            for inbox in [InboxID.supportMail, .salesMail, .peopleMail] {
                for auth in ["pass", "fail", nil] as [String?] {
                    var mail = Mail(
                        from: "Us <\(from)>", id: "o\(place).\(inbox.rawValue).\(auth ?? "none")@x")
                    mail.dmarc = auth
                    let ticket = try await desk.deliver(mail.bytes, inbox: inbox).ticket
                    let row = try desk.desk.row(ticket).ticket
                    #expect(row.ticketClass == .bulk, "\(from) in \(inbox.rawValue)")
                    #expect(row.assignee == nil)
                    kept += 1
                }
            }
        }
        let sent = try await desk.out().count
        #expect(sent == 0)
        #expect(try desk.desk.count("SELECT COUNT(*) FROM messages") == kept)
        print(
            "C3: \(own.count) own addresses to 3 inboxes, \(kept) mails: \(sent) answered, \(kept) kept as bulk"
        )
        try desk.desk.verify()
    }
}
