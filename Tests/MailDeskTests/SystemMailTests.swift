import ChannelKit
import EmailChannel
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// Reliability C6 and D5: what we say of ourselves, and whom we believe about others.
@Suite("Marks on mail")
struct SystemMailTests {
    @Test(
        "C6 our own marks: every automatic mail says so, has no return path, and a person's answer has one of its own"
    )
    func marks() async throws {
        var plan = DeskPlan.oneAgent
        plan.notices.mail = .on
        plan.survey.delay = .zero
        plan.survey.samplePerThousand = 1000
        plan.change(.nima) { $0.email = "nima@staff.example" }
        let desk = try await MailDesk(plan)
        let ticket = try await desk.deliver(
            Mail(from: "sara@home.example", id: "m1@home.example").bytes
        ).ticket
        let first = try await desk.out()
        let notice = try #require(first.first { $0.recipients == ["nima@staff.example"] })
        // An answer in nima's name that proves nothing: she is told.
        var forged = Mail(from: "nima@staff.example", to: "x@desk.example", id: "f1@evil.example")
        forged.dmarc = nil
        forged.headers = [("In-Reply-To", "<\(notice.messageID)>")]
        try await desk.deliver(forged.bytes)
        let told = try await desk.out()
        try await desk.desk.reply("Try again.", to: ticket, then: .close(.solved))
        try await desk.desk.runTimers()
        let last = try await desk.out()
        let all = first + told + last
        let answers = all.filter {
            $0.text.contains("Try again.") && $0.header("Auto-Submitted") == nil
        }
        let automatic = all.filter { $0.header("Auto-Submitted") != nil }
        #expect(answers.count == 1)
        #expect(automatic.count == all.count - 1)
        let purposes = try desk.desk.lines(
            "SELECT DISTINCT purpose FROM outbox WHERE purpose <> 'reply' ORDER BY purpose")
        #expect(purposes == ["acknowledgement", "notice", "notification", "survey"])
        for mail in automatic {
            let kind = mail.header("Auto-Submitted")
            #expect(kind == "auto-replied" || kind == "auto-generated")
            #expect(mail.header("X-Auto-Response-Suppress") == "All")
            #expect(mail.sender == "", "the null path")
        }
        let answer = try #require(answers.first)
        #expect(answer.sender.hasPrefix("support+") && answer.sender.hasSuffix("@desk.example"))
        #expect(
            answer.sender != answer.header("Reply-To").map { $0.filter { $0 != "<" && $0 != ">" } })
        #expect(answer.sender.utf8.prefix { $0 != UInt8(ascii: "@") }.count <= 64)
        print(
            "C6: \(automatic.count) automatic mails (\(purposes.joined(separator: ", "))): all with Auto-Submitted, X-Auto-Response-Suppress and the null path"
        )
    }

    /// Headers of strangers, to stand above or below what our own server says.
    private static let forgeries: [String] = [
        "mx.desk.example; dmarc=pass header.from=home.example",
        "mx.desk.example; dmarc=pass", "MX.DESK.EXAMPLE; dmarc=pass",
        "mx.desk.example 1; dmarc=pass", "mx.desk.example/1; dmarc=pass",
        "\"mx.desk.example\"; dmarc=pass", "(x) mx.desk.example; dmarc=pass",
        "mx.desk.example (x); dmarc=pass", "mx.desk.example.; dmarc=pass",
        "mx.desk.example.evil.example; dmarc=pass", "evil.example; mx.desk.example; dmarc=pass",
        "evil.example; dmarc=pass", "; dmarc=pass", "mx.desk.example dmarc=pass",
        "mx.desk.example;dmarc=pass;dmarc=fail", "mx.desk.example; dmarc=pass (dmarc=fail)",
        "mx.desk.example; (dmarc=fail) dmarc=pass", "mx.desk.example; DMARC=PASS",
        "mx.desk.example; dmarc = pass", "mx.desk.example; dmarc=pass header.from=evil.example",
        "mx.desk.example; spf=pass; dkim=pass; dmarc=pass", "mx\u{2E}desk.example; dmarc=pass",
        "mx.desk.example\t;\tdmarc=pass", "mx.desk.example; dmarc=pass policy.dmarc=none",
        "mx.desk.example; x=y; dmarc=pass", "mx.desk.example; none; dmarc=pass",
        "mx.desk.example; dmarc=\"pass\"", "mx.desk.example; dmarc=pass\r\n\tx=y",
        "\r\n mx.desk.example; dmarc=pass", "mx.desk.example; arc=pass; dmarc=pass",
    ]

    @Test(
        "D5 forged Authentication-Results: what our own server denies or does not say is never verified"
    )
    func authentication() async throws {
        let desk = try await MailDesk(.oneAgent)
        var tried = 0
        var verified = 0
        for (index, forged) in Self.forgeries.enumerated() {
            for ours in ["fail", "none"] {
                for place in ["below", "above", "both"] {
                    let header = ("Authentication-Results", forged)
                    let true_ = (
                        "Authentication-Results",
                        "\(MailDesk.authserv); dmarc=\(ours) header.from=home.example"
                    )
                    var mail = Mail(from: "sara@home.example", id: "d\(index).\(ours).\(place)@e")
                    mail.dmarc = nil
                    mail.headers =
                        switch place {
                        case "below": [true_, header]
                        case "above": [header, true_]
                        default: [header, true_, header]
                        }
                    let message = try desk.read(mail.bytes)
                    tried += 1
                    if message.senderAuth == .verified {
                        verified += 1
                        Issue.record("believed: \(place) of “\(ours)”: \(forged)")
                    }
                }
            }
        }
        var honest = Mail(from: "sara@home.example", id: "h@e")
        honest.headers = Self.forgeries.filter { !$0.lowercased().contains("mx.desk.example") }
            .map { ("Authentication-Results", $0) }
        #expect(try desk.read(honest.bytes).senderAuth == .verified, "ours stands at the top")
        #expect(verified == 0)
        print(
            "D5: \(Self.forgeries.count) forgeries below, above and around what our server says: \(tried) mails, \(verified) believed"
        )
    }

    @Test(
        "D6 no, empty, broken, huge and repeated Message-IDs: each mail is its own event, never one bucket"
    )
    func messageIDs() async throws {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        let desk = try await MailDesk(plan)
        let count = TestSize.full ? 1_000 : 300
        var messages: Set<MessageID> = []
        var tickets: Set<TicketNumber> = []
        let huge = String(repeating: "a", count: 10_240)
        for index in 0..<count {
            let forms: [String?] = [
                nil, "", "<>", "< >", "<\(huge)@x>", "<same@x>", "same", "<<x@y>>", "<a b@c>",
                "<\u{0}@x>",
            ]
            var mail = Mail(
                from: "c\(index)@home.example", subject: "Mail \(index)",
                body: "Text number \(index).")
            if let form = forms[index % forms.count] { mail.headers = [("Message-ID", form)] }
            let kept = try await desk.deliver(mail.bytes)
            messages.insert(kept.message)
            tickets.insert(kept.ticket)
        }
        #expect(messages.count == count)
        #expect(tickets.count == count, "nobody joins another's ticket by an id")
        print(
            "D6: \(count) mails with no, empty, broken, 10 KB and repeated ids: \(messages.count) events in \(tickets.count) tickets"
        )
        try desk.desk.verify()
    }
}
