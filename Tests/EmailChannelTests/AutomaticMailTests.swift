import ChannelKit
import HelpdeskCore
import TestKit
import Testing

@testable import EmailChannel

/// Who wrote a mail: a machine is never answered (reliability C2), and a person is never taken for one.
@Suite struct AutomaticMailTests {
    static func read(_ raw: String) throws -> ParsedMail {
        try MailReader.read(Array(raw.utf8)).get()
    }

    @Test("C2 automatic mail zoo: the reader knows every mail of it for a machine's")
    func c2AutomaticMailZoo() throws {
        var counts: [AutoSubmitted: Int] = [:]
        var tied = 0
        for sample in AutomaticMailZoo.samples {
            let mail = try Self.read(sample.raw)
            #expect(mail.autoSubmitted == sample.expected, "\(sample)")
            #expect(mail.deliveryReport?.returnedMessageID == sample.returnedMessageID, "\(sample)")
            counts[mail.autoSubmitted, default: 0] += 1
            if mail.deliveryReport?.returnedMessageID == AutomaticMailZoo.outboundMessageID {
                tied += 1
            }
        }
        #expect(AutomaticMailZoo.samples.count >= 100)
        #expect(Set(AutomaticMailZoo.samples.map(\.name)).count == AutomaticMailZoo.samples.count)
        #expect(counts[.no] == nil)
        print(
            "C2 automatic mail zoo (reader): \(AutomaticMailZoo.samples.count) samples, \(counts[.replied] ?? 0) replies, "
                + "\(counts[.generated] ?? 0) generated, \(counts[.bounce] ?? 0) bounces, \(tied) tied to the mail they report on, "
                + "\(counts[.no] ?? 0) taken for a person's")
    }

    /// Subject and text of mails that people write, however much they sound like a machine.
    static let ordinary: [(header: String, text: String)] = [
        ("Subject: Out of office hours support?", "Do you answer on weekends?"),
        (
            "Subject: Out of office message not sent",
            "My out of office message is not sent, please help."
        ),
        ("Subject: Out of office: how do I switch it on?", "I cannot find the setting."),
        ("Subject: Automatic reply not working", "Nobody gets my automatic reply."),
        (
            "Subject: Re: Automatic reply: your invoice",
            "Thanks, I got your automatic reply. But where is the invoice?"
        ),
        ("Subject: Auto reply settings", "Where do I find them?"),
        ("Subject: Vacation rental booking", "We want to book for two weeks."),
        ("Subject: Vacation days", "How many do I have left?"),
        ("Subject: Absence of my order", "It did not arrive."),
        ("Subject: On leave policy question", "May I carry days over?"),
        ("Subject: Abwesenheit melden", "Wie melde ich eine Abwesenheit?"),
        ("Subject: Urlaub buchen", "Ich möchte eine Reise buchen."),
        ("Subject: Autosvar virker ikke", "Kan I hjælpe?"),
        ("Subject: مرخصی من ثبت نشده", "لطفاً بررسی کنید."),
        ("Subject: درخواست مرخصی", "چگونه مرخصی ثبت کنم؟"),
        (
            "Subject: Delivery failed",
            "The parcel with my order 4711 could not be delivered to my address. Please call me."
        ),
        (
            "Subject: Delivery problem",
            "Your driver was unable to deliver. Write to me at sara.other@shop.example."
        ),
        ("Subject: Delivery status of order 550", "Is it 5.1.1 or 5.1.2 that you sent?"),
        ("Subject: Undelivered parcel", "Nothing came. Contact me: ali@shop.example"),
        ("Subject: Not delivered", "Order 12 was not delivered to me."),
        (
            "Subject: Fwd: Undelivered Mail Returned to Sender",
            "Your mail server rejects me:\n\n<you@help.example.org>: host mx said: 550 5.1.1 User unknown"
        ),
        (
            "Subject: Mail delivery to my office",
            "I want my letters delivered to the following address: Main Street 1"
        ),
        ("Subject: mailbox full", "My mailbox is full, what can I do? I get 552 5.2.2 errors."),
        (
            "Subject: User unknown error",
            "When I write to bob@partner.example I get “550 5.1.1 User unknown”. Help!"
        ),
        ("Subject: Bounce rate of my site", "It is 40 %."),
        ("Subject: Spam complaint", "You send me spam. Stop."),
        ("Auto-Submitted: no\nSubject: Hello", "A question."),
        ("Precedence: normal\nSubject: Hello", "A question."),
        ("Precedence: first-class\nSubject: Hello", "A question."),
        ("Importance: high\nX-Priority: 1\nSubject: Urgent", "A question."),
        ("X-Auto-Response-Suppress: DR\nSubject: Hello", "A question."),
        ("X-Auto-Response-Suppress: None\nSubject: Hello", "A question."),
        ("X-Autoreply: no\nSubject: Hello", "A question."),
        ("X-Mailer: Vacation Planner\nSubject: Hello", "A question."),
        ("Feedback-ID: 1:2:3:mail\nSubject: Hello", "Sent through a mail service."),
        ("Sender: secretary@shop.example\nSubject: Hello", "A question."),
        ("In-Reply-To: <x@y>\nReferences: <x@y>\nSubject: Re: Out of office hours", "Thanks!"),
        ("Disposition-Notification-To: sara@shop.example\nSubject: Please confirm", "A question."),
        ("Return-Receipt-To: sara@shop.example\nSubject: Please confirm", "A question."),
        ("Subject: Automatic doors", "They are broken."),
        ("Subject: Automatische Tür defekt", "Bitte kommen."), ("Subject: ", "No subject."),
    ]

    @Test(arguments: ordinary)
    func peopleAreNotTakenForMachines(header: String, text: String) throws {
        let raw =
            "Return-Path: <sara@shop.example>\nFrom: Sara <sara@shop.example>\nTo: support@help.example.org\n"
            + "Content-Type: text/plain; charset=utf-8\n\(header)\n\n\(text)\n"
        let mail = try Self.read(raw)
        #expect(mail.autoSubmitted == .no)
        #expect(mail.deliveryReport == nil)
        #expect(mail.ticketClass == .regular)
    }

    @Test(arguments: [
        "postmaster@shop.example", "admin@shop.example", "info@shop.example", "mail@shop.example",
    ])
    func peopleBehindOfficialAddressesAreHeard(address: String) throws {
        let mail = try Self.read(
            "From: \(address)\nTo: support@help.example.org\nSubject: Delivery problem with your mails\n\nWe see that your mails "
                + "were not delivered to our users, for example ali@shop.example. Can you look at it?\n"
        )
        #expect(mail.autoSubmitted == .no)
        #expect(mail.deliveryReport == nil)
    }

    @Test func aBounceThatAPersonForwardsIsTheirMail() throws {
        let bounce = try #require(AutomaticMailZoo.samples.first { $0.name == "dsn unknown user" })
        let raw = """
            From: Sara <sara@shop.example>
            To: support@help.example.org
            Subject: I get this
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: text/plain

            What does it mean?
            --outer
            Content-Type: message/rfc822

            \(bounce.raw)
            --outer--
            """
        let mail = try Self.read(raw)
        #expect(mail.autoSubmitted == .no)
        #expect(mail.deliveryReport == nil)
    }
}
