import ChannelKit
import HelpdeskCore
import Testing

@testable import EmailChannel

@Suite struct MailComposerTests {
    static let composer = MailComposer(
        identity: MailIdentity(address: "support@example.org", name: "پشتیبانی, Example"))

    static func message(
        subject: String? = "سفارش ۱۲",
        text: String = "سلام سارا،\nسفارش شما رسید.\n\nRegards,\nAli",
        purpose: OutboundMessage.Purpose = .reply, name: String? = "Sara \"S\" Ünal",
        attachments: [OutboundMessage.Attachment] = []
    ) -> OutboundMessage {
        OutboundMessage(
            delivery: DeliveryID(rawValue: 5), ticket: TicketNumber(rawValue: 7), purpose: purpose,
            to: [.init(address: .email("sara@example.ir"), name: name)],
            cc: [.init(address: .email("boss@example.ir"))], subject: subject, text: text,
            language: "fa", attachments: attachments, messageID: "t.7.abc@example.org",
            inReplyTo: "1@example.ir", references: ["0@example.ir", "1@example.ir"],
            replyToken: "TOK_en-1", date: Instant(milliseconds: 1_795_341_767_000))
    }

    static func read(_ bytes: [UInt8]) throws -> ParsedMail { try MailReader.read(bytes).get() }

    @Test func whatIsComposedIsReadBackWhole() throws {
        let file = OutboundMessage.Attachment(
            name: "گزارش ماه.pdf", contentType: "application/pdf", bytes: Array(0...255))
        let prepared = try Self.composer.compose(Self.message(attachments: [file]))
        let mail = try Self.read(prepared.bytes)
        #expect(
            mail.headers
                == MailHeaders(
                    subject: "سفارش ۱۲",
                    from: [.init(name: "پشتیبانی, Example", address: "support@example.org")],
                    to: [.init(name: "Sara \"S\" Ünal", address: "sara@example.ir")],
                    cc: [.init(name: nil, address: "boss@example.ir")],
                    replyTo: [
                        .init(name: "پشتیبانی, Example", address: "support+TOK_en-1@example.org")
                    ], date: Instant(milliseconds: 1_795_341_767_000),
                    messageID: "t.7.abc@example.org", inReplyTo: ["1@example.ir"],
                    references: ["0@example.ir", "1@example.ir"]))
        #expect(mail.plain == "سلام سارا،\nسفارش شما رسید.\n\nRegards,\nAli\n")
        #expect(mail.html.contains("<p dir=\"rtl\">سلام سارا،<br>\nسفارش شما رسید.</p>"))
        #expect(mail.html.contains("<p dir=\"ltr\">Regards,<br>\nAli</p>"))
        #expect(mail.attachments.map(\.name) == ["گزارش ماه.pdf"])
        #expect(mail.attachments.map(\.size) == [256])
        #expect(mail.autoSubmitted == .no)
        #expect(prepared.recipients == ["sara@example.ir", "boss@example.ir"])
        #expect(prepared.envelopeSender == "support+TOK_en-1@example.org")
        // A return path of its own for each delivery, where the engine gives one.
        var message = Self.message()
        message.returnToken = "back_5"
        #expect(try Self.composer.compose(message).envelopeSender == "support+back_5@example.org")
    }

    @Test func theSameMessageHasTheSameBytes() throws {
        let once = try Self.composer.compose(Self.message())
        #expect(try Self.composer.compose(Self.message()) == once)
        #expect(WireCheck.isClean(once.bytes))
    }

    @Test(
        "C6 our own marks: automatic mail says so, suppresses answers and has no return path",
        arguments: [
            (OutboundMessage.Purpose.acknowledgement, "auto-replied"), (.survey, "auto-generated"),
            (.notification, "auto-generated"), (.notice, "auto-generated"),
        ])
    func automaticMailSaysSoAndHasNoReturnPath(
        purpose: OutboundMessage.Purpose, word: String
    ) throws {
        let prepared = try Self.composer.compose(Self.message(purpose: purpose))
        let text = prepared.bytes.asText
        #expect(text.contains("\r\nAuto-Submitted: \(word)\r\n"))
        #expect(text.contains("\r\nX-Auto-Response-Suppress: All\r\n"))
        #expect(prepared.envelopeSender == "")
        #expect(try Self.read(prepared.bytes).autoSubmitted != .no)
        print("C6: \(purpose.rawValue): Auto-Submitted: \(word), X-Auto-Response-Suppress: All, <>")
    }

    @Test("C6 a person's answer carries none of the marks of machines")
    func answersAreNoMachines() throws {
        let text = try Self.composer.compose(Self.message()).bytes.asText.lowercased()
        for mark in ["auto-submitted", "x-auto-response-suppress", "precedence", "list-"] {
            #expect(!text.contains("\r\n" + mark), "\(mark)")
        }
    }

    @Test(arguments: [
        "", "sara", "sara@", "@example.ir", "sara@example.ir>\r\nRCPT TO:<evil@x.example",
        "a b@c.d",
        "a@b@c", "-oQ@example.ir", "a@b\0c", "<a@b>", "a@b,c@d", "سا\u{202e}را@example.ir",
        "sara@مثال..ir", "\u{feff}a@b.example",
    ])
    func malformedAddressesAreRefused(address: String) {
        var message = Self.message()
        message.to = [.init(address: .email(address))]
        #expect(throws: OutboundRefusal.self) { try Self.composer.compose(message) }
    }

    @Test func otherKindsOfAddressesAndEmptyListsAreRefused() {
        var message = Self.message()
        message.to = [.init(address: .phone("+989121234567"))]
        #expect(throws: OutboundRefusal.self) { try Self.composer.compose(message) }
        message.to = []
        message.cc = []
        #expect(throws: OutboundRefusal.self) { try Self.composer.compose(message) }
    }

    @Test func linksCanBePressedAndMarkupStaysText() {
        let html = OutgoingHTML.document(
            "See https://x.example/a?b=1&c=2. <script>alert(1)</script>\n", language: "en")
        #expect(
            html.contains(
                "See <a dir=\"ltr\" href=\"https://x.example/a?b=1&amp;c=2\">https://x.example/a?b=1&amp;c=2</a>. &lt;script&gt;"
            ))
    }

    @Test(arguments: [
        (Int64(0), "Thu, 1 Jan 1970 00:00:00 +0000"),
        (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_795_341_767_000, "Sun, 22 Nov 2026 10:02:47 +0000"),
        (Int64.max, "Fri, 31 Dec 9999 23:59:59 +0000"),
        (Int64.min, "Thu, 1 Jan 1970 00:00:00 +0000"),
    ])
    func datesAreWrittenInUTC(milliseconds: Int64, text: String) {
        #expect(MailDateText.header(Instant(milliseconds: milliseconds)) == text)
    }

    @Test(arguments: [
        "سلام " + String(repeating: "دنیا ", count: 60), "Re: [x] =?utf-8?q?a?=", "plain", "",
    ])
    func subjectsComeBackAsTyped(subject: String) throws {
        let mail = try Self.read(Self.composer.compose(Self.message(subject: subject)).bytes)
        #expect(mail.headers.subject ?? "" == subject.trimmingSuffix(" "))
        let longest =
            try Self.composer.compose(Self.message(subject: subject)).bytes
            .split(separator: 0x0A).map(\.count).max() ?? 0
        #expect(longest <= 80)
    }
}

extension MailComposerTests {
    static func file(_ name: String) -> OutboundMessage.Attachment {
        .init(name: name, contentType: "text/plain\r\nX: y", bytes: [1, 2, 3])
    }

    static func fieldNames(_ bytes: [UInt8]) -> [String] {
        let header = HeaderBlock(bytes, limits: .standard)
        return header.fields.map { Array(bytes[$0.name]).asText }
    }

    @Test func namesOfFilesAreSaidTwiceForOldPrograms() throws {
        let prepared = try Self.composer.compose(
            Self.message(attachments: [Self.file("گزارش ماه.txt")]))
        let text = prepared.bytes.asText
        #expect(text.contains("filename*"), "RFC 2231 in Content-Disposition")
        #expect(text.contains("name=\"=?"), "RFC 2047 in Content-Type")
        #expect(try Self.read(prepared.bytes).attachments.map(\.name) == ["گزارش ماه.txt"])
    }

    @Test(arguments: [
        ("مثال.ir", "xn--mgbh0fb.ir"), ("EXAMPLE.org", "example.org"),
        ("straße.example", "xn--strae-oqa.example"), ("bücher.EXAMPLE", "xn--bcher-kva.example"),
        ("ｅｘａｍｐｌｅ.ir", "example.ir"), ("a_b.example", "a_b.example"), ("", nil),
        ("a b.ir", nil), ("مثال..ir", nil), (".ir", nil), ("a\r\nb.ir", nil),
        ("مث\u{202e}ال.ir", nil), ("x>\u{301}y.ir", nil), ("a.b/c", nil), ("a\0b.ir", nil),
        ("مثا\0ل.ir", nil),
    ])
    func domainsAreWrittenAsTheNetworkKnowsThem(text: String, expected: String?) {
        #expect(InternationalDomain.ascii(text) == expected)
    }

    @Test func domainsOfEveryScriptGoOutInASCII() throws {
        var message = Self.message()
        message.to = [.init(address: .email("sara@مثال.ir"), name: "سارا")]
        message.cc = [.init(address: .email("سارا@example.ir"))]
        let prepared = try Self.composer.compose(message)
        #expect(prepared.recipients == ["sara@xn--mgbh0fb.ir", "سارا@example.ir"])
        let mail = try Self.read(prepared.bytes)
        #expect(prepared.bytes.asText.contains("<sara@xn--mgbh0fb.ir>\r\n"))
        // Read back it is in its own letters again: one identity, however it was written.
        #expect(mail.headers.to == [.init(name: "سارا", address: "sara@مثال.ir")])
        #expect(mail.headers.cc.map(\.address) == ["سارا@example.ir"])
    }

    @Test func aLongInboxAddressGoesWithoutATokenRatherThanTooLong() throws {
        let local = String(repeating: "l", count: 60)
        let composer = MailComposer(identity: MailIdentity(address: "\(local)@example.org"))
        let prepared = try composer.compose(Self.message())
        #expect(prepared.envelopeSender == "\(local)@example.org")
        #expect(
            try Self.read(prepared.bytes).headers.replyTo.map(\.address) == ["\(local)@example.org"]
        )
    }

    @Test func referencesKeepTheFirstAndTheNewest() throws {
        var message = Self.message()
        message.references = (0..<300).map { "\($0)@example.ir" } + ["not an id", "0@example.ir"]
        message.inReplyTo = "299@example.ir"
        let thread = ThreadHeaders(message)
        #expect(thread.references.first == "0@example.ir")
        #expect(thread.references.suffix(19) == (281..<300).map { "\($0)@example.ir" }[...])
        #expect(thread.references.count == ThreadHeaders.most)
        message.references = (0..<40).map { "\($0)\(String(repeating: "x", count: 300))@e" }
        #expect(ThreadHeaders(message).references.joined().utf8.count < 4_400)
        #expect(try Self.read(Self.composer.compose(message).bytes).headers.references.count > 5)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(reversed().drop { $0 == character }.reversed())
    }
}
