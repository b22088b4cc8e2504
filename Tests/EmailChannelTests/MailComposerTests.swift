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
    }

    @Test func theSameMessageHasTheSameBytes() throws {
        let once = try Self.composer.compose(Self.message())
        #expect(try Self.composer.compose(Self.message()) == once)
        #expect(WireCheck.isClean(once.bytes))
    }

    @Test(arguments: [
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
    }

    /// Reliability B6: whatever stands in names, subject, text and file names, the header block has the same fields.
    @Test func nothingTypedBecomesAHeader() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "\r\nBcc: evil@x.example", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{301}", "\u{b}",
            " ",
            "=?utf-8?q?=0D=0ABcc:_evil?=", "\r\n\r\n<b>", "\"", "<", ">", ",", ";", ":", "سلام",
            "ü", "a",
            "\\", "(", "\u{202e}", "\t", String(repeating: "x", count: 300), "\r\u{301}\n", "\n.\n",
            "\r.\r",
        ]
        let plain = try Self.composer.compose(Self.message(attachments: [Self.file("a.txt")]))
        let names = Self.fieldNames(plain.bytes)
        for _ in 0..<400 {
            func text() -> String {
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    pieces.randomElement(using: &random) ?? ""
                }.joined()
            }
            let prepared = try Self.composer.compose(
                Self.message(
                    subject: text(), text: text(), name: text(), attachments: [Self.file(text())]))
            #expect(Self.fieldNames(prepared.bytes) == names, "seed \(seed)")
            #expect(WireCheck.isClean(prepared.bytes), "seed \(seed)")
            let mail = try Self.read(prepared.bytes)
            #expect(mail.headers.to.map(\.address) == ["sara@example.ir"], "seed \(seed)")
            #expect(mail.headers.from.map(\.address) == ["support@example.org"], "seed \(seed)")
            #expect(mail.attachments.count == 1, "seed \(seed)")
        }
    }

    static func file(_ name: String) -> OutboundMessage.Attachment {
        .init(name: name, contentType: "text/plain\r\nX: y", bytes: [1, 2, 3])
    }

    static func fieldNames(_ bytes: [UInt8]) -> [String] {
        let header = HeaderBlock(bytes, limits: .standard)
        return header.fields.map { Array(bytes[$0.name]).asText }
    }

    @Test(arguments: [
        "", "sara", "sara@", "@example.ir", "sara@example.ir>\r\nRCPT TO:<evil@x.example",
        "a b@c.d",
        "a@b@c", "-oQ@example.ir", "a@b\0c", "<a@b>", "a@exämple.ir", "a@b,c@d",
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
                "See <a href=\"https://x.example/a?b=1&amp;c=2\">https://x.example/a?b=1&amp;c=2</a>. &lt;script&gt;"
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

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(reversed().drop { $0 == character }.reversed())
    }
}
