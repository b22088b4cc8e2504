import ChannelKit
import HelpdeskCore
import Testing

@testable import EmailChannel

@Suite struct MailReaderTests {
    static func read(
        _ text: String, _ settings: MailReadingSettings = MailReadingSettings()
    ) throws -> ParsedMail {
        try MailReader.read(Array(text.utf8), settings: settings).get()
    }

    static let noMails: [([UInt8], String)] = [
        ([], "empty"), ([UInt8]("hello there\n\nno header".utf8), "no_headers"),
        ([0, 1, 2, 3], "no_headers"),
    ]

    @Test(arguments: noMails)
    func whatIsNoMailHasAReason(bytes: [UInt8], code: String) {
        guard case .failure(let rejection) = MailReader.read(bytes) else {
            Issue.record("read")
            return
        }
        #expect(rejection.reason.code == code)
    }

    @Test func aMailBeyondTheLimitIsRejectedUnread() {
        var settings = MailReadingSettings()
        settings.limits.messageBytes = 10
        #expect(
            MailReader.read(Array("From: a@b.example\n\nx".utf8), settings: settings)
                == .failure(.tooLarge(bytes: 20, limit: 10)))
    }

    @Test func headersAreReadWhole() throws {
        let mail = try Self.read(
            """
            Return-Path: <bounce@example.ir>
            From: =?UTF-8?B?2LPYp9ix2Kc=?= <sara@example.ir>
            To: "Support, Desk" <support+tok123@example.org>, other@example.org
            Cc: Team: a@x.example, B <b@x.example>;
            Reply-To: reply@example.ir
            Subject: =?utf-8?Q?=D8=B3=D9=84?=
             =?utf-8?Q?=D8=A7=D9=85?= x
            Date: Sat, 6 Apr 2024 10:09:00 +0330
            Message-ID: <m1@example.ir>
            In-Reply-To: <r2@example.org>
            References: <r1@example.org>
             <r2@example.org>

            hello
            """)
        #expect(
            mail.headers
                == MailHeaders(
                    subject: "سلام x", from: [.init(name: "سارا", address: "sara@example.ir")],
                    to: [
                        .init(name: "Support, Desk", address: "support+tok123@example.org"),
                        .init(name: nil, address: "other@example.org"),
                    ],
                    cc: [
                        .init(name: nil, address: "a@x.example"),
                        .init(name: "B", address: "b@x.example"),
                    ], replyTo: [.init(name: nil, address: "reply@example.ir")],
                    date: Instant(milliseconds: 1_712_385_540_000), messageID: "m1@example.ir",
                    inReplyTo: ["r2@example.org"],
                    references: ["r1@example.org", "r2@example.org"]))
        #expect(mail.returnPath == "bounce@example.ir")
        #expect(mail.replyTokens == ["tok123", "r2", "r1"])
    }

    @Test(arguments: [
        "0", "99999", "Mon, 1 Jan 99999 00:00:00 +0000", "nonsense",
        "-1", "", "Fri, 31 Dec 2999 00:00:00 +9999",
    ])
    func nonsenseDatesAreNone(date: String) throws {
        let mail = try Self.read("From: a@b.example\nDate: \(date)\n\nx\n")
        #expect(mail.headers.date == nil)
    }

    /// Reliability D6.
    static let messageIDs: [(String, String?)] = [
        ("<>", nil), ("", nil), ("< >", nil), ("<a@b>", "a@b"), ("bare-id", "bare-id"),
        ("<a @ b>", "a@b"),
    ]

    @Test(arguments: messageIDs)
    func oddMessageIDs(value: String, expected: String?) throws {
        let mail = try Self.read("From: a@b.example\nMessage-ID: \(value)\n\nx\n")
        #expect(mail.headers.messageID == expected)
    }

    @Test func referencesAreBoundedAndKeepTheFirst() throws {
        let ids = (0..<5_000).map { "<\($0)@x.example>" }.joined(separator: "\n ")
        let mail = try Self.read("From: a@b.example\nReferences: \(ids)\n\nx\n")
        #expect(mail.headers.references.count == 100)
        #expect(mail.headers.references.first == "0@x.example")
    }

    @Test func attachmentsAreRangesOfTheRawBytes() throws {
        let text = """
            From: a@b.example\r
            Subject: =?utf-8?q?=D8=B3?=\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain\r
            \r
            see file\r
            --b\r
            Content-Type: application/pdf; name="../../etc/a.pdf"\r
            Content-Transfer-Encoding: base64\r
            Content-ID: <pic@x>\r
            \r
            aGVsbG8=\r
            --b--\r

            """
        let mail = try Self.read(text)
        let file = try #require(mail.attachments.first)
        #expect(mail.attachments.count == 1)
        #expect(file.name == "a.pdf")
        #expect(file.size == 5)
        #expect(
            file.sha256.rawValue
                == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(file.contentID == "pic@x")
        guard case .range(let offset, let length, .base64) = file.body else {
            Issue.record("no range")
            return
        }
        let raw = Array(text.utf8)
        #expect(Array(raw[offset..<offset + length]).asText.hasPrefix("aGVsbG8="))
        #expect(mail.text == "see file")
    }

    @Test(arguments: [
        ("application/pkcs7-mime; smime-type=enveloped-data", "encrypted with S/MIME", "smime.p7m"),
        ("application/ms-tnef", "Outlook's own format", "winmail.dat"),
        ("text/calendar", "calendar entry", "invitation.ics"),
        ("application/zip; name=a.zip", "Attached: a.zip", "a.zip"),
    ])
    func opaqueMailsSayWhatTheyAre(type: String, words: String, name: String) throws {
        let mail = try Self.read("From: a@b.example\nContent-Type: \(type)\n\nAAAA\n")
        #expect(mail.text.contains(words))
        #expect(mail.attachments.map(\.name) == [name])
        #expect(mail.body == .described)
    }

    static let base64: [(String, String)] = [
        ("aGVsbG8=", "hello"), ("aGVsbG8", "hello"), ("aGVs\r\nbG8=", "hello"),
        ("aGVsbA==", "hell"),
        ("a G-V!sbG8=", "hello"), ("aGVsbA==aGVsbG8=", "hellhello"), ("", ""), ("=", ""), ("a", ""),
        (String(repeating: "aGVs", count: 40_000), String(repeating: "hel", count: 40_000)),
    ]

    @Test(arguments: base64)
    func base64IsDecodedAsSendersWriteIt(encoded: String, decoded: String) {
        let bytes = Array(encoded.utf8)
        let content = PartContent.decoded(
            bytes, range: 0..<bytes.count, encoding: .base64, limit: 1 << 20)
        #expect(content.asText == decoded)
    }

    @Test func aNULBecomesASymbol() throws {
        let mail = try Self.read("From: a@b.example\nSubject: a\0b\n\nc\0d\n")
        #expect(mail.headers.subject == "a␀b")
        #expect(mail.text == "c␀d")
    }

    @Test func flowedLinesBecomeParagraphs() throws {
        let mail = try Self.read(
            "From: a@b.example\nContent-Type: text/plain; format=flowed\n\nOne long \nline.\n> quoted \n> line\n-- \nSig\n"
        )
        #expect(mail.plain == "One long line.\n> quoted line\n-- \nSig\n")
        #expect(mail.text == "One long line.")
    }

    @Test func aForwardedMailIsAnAttachmentWithItsSubject() throws {
        let mail = try Self.read(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/rfc822\n\nSubject: inner\nFrom: c@d.example\n\ninner text\n--b--\n"
        )
        #expect(mail.text == "see below")
        #expect(mail.attachments.map(\.name) == ["inner.eml"])
        #expect(
            mail.attachments.map(\.size) == [
                Int64("Subject: inner\nFrom: c@d.example\n\ninner text".utf8.count)
            ])
    }

    static let charsets: [(String, [UInt8], String)] = [
        ("windows-1256", [0xD3, 0xE1, 0xC7, 0xE3], "سلام"), ("utf-8", [UInt8]("سلام".utf8), "سلام"),
        ("iso-8859-1", [UInt8]("سلام دنیا".utf8), "سلام دنیا"),
        ("unknown-8bit", [UInt8]("سلام".utf8), "سلام"), ("iso-8859-1", [0xE9], "é"),
        ("iso-2022-jp", [UInt8]("\u{1B}$B$3$s\u{1B}(B".utf8), "こん"), ("gb2312", [0xC4, 0xE3], "你"),
        ("no-such-charset", [UInt8]("abc".utf8), "abc"),
    ]

    @Test(arguments: charsets)
    func charsetsAreRead(charset: String, bytes: [UInt8], text: String) throws {
        let raw =
            Array("From: a@b.example\nContent-Type: text/plain; charset=\(charset)\n\n".utf8)
            + bytes
        #expect(try MailReader.read(raw).get().text == text)
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied", AutoSubmitted.replied, TicketClass.regular),
        ("Auto-Submitted: auto-generated", .generated, .regular),
        ("Auto-Submitted: no", .no, .regular),
        ("Precedence: bulk", .generated, .bulk), ("List-Id: <x.example>", .generated, .bulk),
        ("X-Auto-Response-Suppress: All", .generated, .regular),
        ("Return-Path: <>", .generated, .regular),
        ("X-Autoreply: yes", .replied, .regular), ("X-Spam-Flag: YES", .no, .spam),
        ("X-Spam-Status: No, score=1", .no, .regular),
        ("Subject: Automatic reply: x", .replied, .regular),
    ])
    func automaticAndSpamMailIsKnown(
        header: String, auto: AutoSubmitted, ticketClass: TicketClass
    ) throws {
        let mail = try Self.read("From: a@b.example\n\(header)\n\nx\n")
        #expect(mail.autoSubmitted == auto)
        #expect(mail.ticketClass == ticketClass)
    }

    @Test func spamHeadersCountOnlyWhereTheyAreTrusted() throws {
        let settings = MailReadingSettings(spamHeaders: .ignored)
        #expect(
            try Self.read("From: a@b.example\nX-Spam-Flag: YES\n\nx\n", settings).ticketClass
                == .regular)
    }
}
