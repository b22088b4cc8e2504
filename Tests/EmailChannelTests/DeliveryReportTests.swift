import ChannelKit
import HelpdeskCore
import TestKit
import Testing

@testable import EmailChannel

/// What a report says of each recipient: RFC 3464, RFC 6533, RFC 8098, RFC 5965, and the words of older servers.
@Suite struct DeliveryReportTests {
    typealias Recipient = DeliveryReport.Recipient

    static func report(of name: String) throws -> DeliveryReport? {
        let sample = try #require(AutomaticMailZoo.samples.first { $0.name == name })
        return try AutomaticMailTests.read(sample.raw).deliveryReport
    }

    @Test func everyFieldOfAReportIsRead() throws {
        #expect(
            try Self.report(of: "dsn unknown user")
                == DeliveryReport(
                    kind: .status,
                    recipients: [
                        Recipient(
                            address: "sara@shop.example", outcome: .failedForEver, status: "5.1.1",
                            replyCode: "550", diagnostic: "550 5.1.1 User unknown",
                            reason: .unknownUser)
                    ], returnedMessageID: AutomaticMailZoo.outboundMessageID))
    }

    @Test(arguments: [
        ("dsn mailbox full", [DeliveryReport.Outcome.failedForNow]), ("dsn delayed", [.delayed]),
        ("dsn relayed", [.relayed]),
        ("dsn delivered", [.delivered]), ("dsn two recipients", [.failedForEver, .failedForNow]),
        ("mdn displayed", [.delivered]), ("complaint", [.delivered]), ("qmail", [.failedForEver]),
        ("exim", [.failedForEver]),
        ("exim delay", [.delayed]), ("postfix without a report", [.failedForEver]),
        ("sendmail", [.failedForEver]),
        ("exchange", [.failedForEver]), ("gmail", [.failedForEver]), ("yahoo", [.failedForEver]),
        ("notes", [.failedForEver]),
        ("russian", [.failedForNow]),
    ])
    func outcomes(name: String, expected: [DeliveryReport.Outcome]) throws {
        let report = try #require(try Self.report(of: name))
        #expect(report.recipients.map(\.outcome) == expected)
        #expect(report.recipients.first?.address == "sara@shop.example")
    }

    @Test(arguments: [
        ("dsn unknown user", DeliveryReport.Kind.status), ("qmail", .status),
        ("mdn deleted", .disposition), ("complaint", .complaint),
    ])
    func kinds(name: String, kind: DeliveryReport.Kind) throws {
        #expect(try Self.report(of: name)?.kind == kind)
    }

    @Test func codedAddressesAreDecoded() throws {
        #expect(
            try Self.report(of: "dsn xtext")?.recipients.first?.address == "sara+order@shop.example"
        )
        #expect(try Self.report(of: "dsn global")?.recipients.first?.address == "سا@shop.example")
    }

    @Test(arguments: [
        ("rfc822; User@Example.ORG", "user@example.org"), ("rfc822;<a@b.c>", "a@b.c"),
        ("a@b.c", "a@b.c"),
        ("utf-8; \\x{1F600}@b.c", "😀@b.c"), ("utf-8; \\x{zz}@b.c", "\\x{zz}@b.c"),
        ("rfc822; nobody", nil), ("", nil),
        ("rfc822; @b.c", nil), ("rfc822; a+2Bb@c.d", "a+b@c.d"), ("rfc822; a+tag@c.d", "a+tag@c.d"),
    ])
    func addressesOfFields(value: String, expected: String?) {
        #expect(ReportFields.address(Array(value.utf8)) == expected)
    }

    /// Words and codes → why, and whether the address is dead.
    @Test(arguments: [
        (
            "550 5.1.1 <a@b.c>... User unknown", DeliveryReport.Reason.unknownUser,
            DeliveryReport.Outcome.failedForEver
        ),
        ("550 No such user here", .unknownUser, .failedForEver),
        ("450 4.1.1 user unknown", .unknownUser, .failedForNow),
        ("552 5.2.2 Mailbox full", .mailboxFull, .failedForNow),
        ("452 over quota", .mailboxFull, .failedForNow),
        ("Host or domain name not found", .unknownHost, .failedForEver),
        ("556 5.1.10 nullMX", .unknownHost, .failedForEver),
        ("550 sender address rejected: domain not found", .rejectedPolicy, .failedForNow),
        ("550 5.7.26 fails DMARC", .authentication, .failedForNow),
        ("554 5.7.1 blocked using zen.spamhaus.org", .blocked, .failedForNow),
        ("552 message size exceeds limit", .tooLarge, .failedForNow),
        ("554 5.6.0 looks like spam", .rejectedContent, .failedForNow),
        ("525 5.7.13 account disabled", .mailboxDisabled, .failedForNow),
        ("554 5.4.6 too many hops", .loop, .failedForNow),
        ("421 connection timed out", .expired, .failedForNow),
        ("451 4.3.0 mail server configuration error", .systemFault, .failedForNow),
        ("550 user unknown (in reply to end of DATA command)", .unknownUser, .failedForNow),
        ("5.1.1", .unknownUser, .failedForEver),
        ("550", .rejectedPolicy, .failedForNow), ("", .unknown, .failedForNow),
    ])
    func judgements(words: String, reason: DeliveryReport.Reason, outcome: DeliveryReport.Outcome) {
        var failure = Failure()
        failure.words = Array(words.utf8)
        failure.stage = Failure.stage(in: failure.words)
        let judged = failure.judged()
        #expect(judged.reason == reason)
        #expect(judged.outcome == outcome)
    }

    @Test(arguments: [
        ("550 5.1.1 x", "5.1.1", "550"), ("192.0.2.55 said", nil, nil),
        ("smtp;550-5.7.1 x", "5.7.1", "550"), ("(#4.4.1)", "4.4.1", nil),
        ("v5.1.1beta", nil, nil), ("5.1.1.", "5.1.1", nil), ("5.1.1.2", nil, nil),
        ("id 55012", nil, nil), ("said: 452 x", nil, "452"),
    ])
    func codesInWords(words: String, status: String?, code: String?) {
        let bytes = Array(words.utf8)
        #expect(Failure.status(in: bytes[...]) == status)
        #expect(Failure.replyCode(in: bytes[...]) == code)
    }

    @Test func theMessageCarriesTheReportAndAnswersTheReturnedMail() throws {
        let sample = try #require(AutomaticMailZoo.samples.first { $0.name == "qmail" })
        let raw = Array(sample.raw.utf8)
        let settings = try EmailSettings(
            ChannelConfiguration(
                inbox: InboxID(rawValue: "mail"),
                values: ["address": .text(AutomaticMailZoo.inbox)], zone: .utc))
        let mail = try MailReader.read(raw).get()
        let message = InboundMail(settings: settings).message(
            mail, raw: raw, envelope: MailEnvelope(sender: "", recipients: []))
        #expect(message.deliveryReport == mail.deliveryReport)
        #expect(message.inReplyTo == AutomaticMailZoo.outboundMessageID)
        #expect(message.autoSubmitted == .bounce)
    }

    @Test func amazonsNotificationIsABounce() throws {
        let json =
            #"{"Type":"Notification","Message":"{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"Sara@Shop.example\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}]},\"mail\":{\"headers\":[{\"name\":\"Message-ID\",\"value\":\"<out.1@help.example.org>\"}]}}"}"#
        let mail = try AutomaticMailTests.read(
            "From: AWS <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n\n\(json)\n"
        )
        let report = try #require(mail.deliveryReport)
        #expect(report.recipients.map(\.address) == ["sara@shop.example"])
        #expect(report.recipients.map(\.outcome) == [.failedForEver])
        #expect(report.returnedMessageID == "out.1@help.example.org")
        // From a person the same text is a question about it.
        let person = try AutomaticMailTests.read(
            "From: Sara <sara@shop.example>\nSubject: What is this?\n\n\(json)\n")
        #expect(person.deliveryReport == nil)
    }
}
