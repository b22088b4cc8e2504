import ChannelKit
import HelpdeskCore
import RandomKit
import Testing

@testable import EmailChannel

/// Rows of the reliability page that are about reading one mail (E1 and E3 are in `HostileMailTests`).
@Suite struct MailParserReliabilityTests {
    private static func read(_ raw: [UInt8]) throws -> ParsedMail { try MailReader.read(raw).get() }

    private static func mail(_ header: String, _ body: [UInt8]) -> [UInt8] {
        Array("From: a@b.example\r\n\(header)\r\n\r\n".utf8) + body
    }

    static let labels: [String] = {
        let families: [(String, [String])] = [
            ("iso-8859-", (1...16).map(String.init) + ["6-e", "8-i", "99", ""]),
            ("windows-", (1250...1258).map(String.init) + ["874", "949", "31j", "1"]),
            (
                "cp",
                ["437", "850", "852", "866", "932", "936", "949", "950", "1256", "65001", "99999"]
            ),
            ("ibm", ["037", "273", "424", "500", "864", "1026", "1047"]),
            ("utf-", ["7", "8", "16", "16le", "16be", "32", "32le", "32be", "9", "8-mac", "1"]),
            ("ucs-", ["2", "2le", "4", "4be"]), ("koi8-", ["r", "u", "t", "ru"]),
            ("iso-2022-", ["jp", "jp-1", "jp-2", "jp-3", "kr", "cn", "cn-ext"]),
            ("euc-", ["jp", "kr", "cn", "tw", "jisx0213"]),
            ("mac", ["intosh", "cyrillic", "greek", ""]),
            ("x-", ["unknown", "mac-roman", "sjis", "gbk", "user-defined", "big5"]),
            (
                "",
                [
                    "", "us-ascii", "ascii", "shift_jis", "sjis", "gb2312", "gbk", "gb18030",
                    "hz-gb-2312",
                    "big5", "big5-hkscs", "tis-620", "viscii", "tcvn", "armscii-8", "georgian-ps",
                    "hp-roman8",
                    "unknown-8bit", "default", "binary", "none", "null", "nil", "charset",
                    "../../etc/passwd",
                    "utf-8//TRANSLIT", "utf-8//IGNORE", "%s%n%x", "a\u{0}b", "سلام",
                    "=?utf-8?q?x?=",
                    String(repeating: "x", count: 10_000), "-1", "1e999", "UTF8;", "\"", "()",
                    "ISO_8859-1:1987",
                ]
            ),
        ]
        let plain = families.flatMap { family in family.1.map { family.0 + $0 } }
        return Array(
            (plain + plain.map { $0.uppercased() } + plain.map { "\"\($0)\"" }).prefix(300))
    }()

    static let wrongBytes: [[UInt8]] = [
        Array(0...255), Array("سلام دنیا".utf8), [0xFF, 0xFE, 0x41],
        [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80],
        [0xC3], [0xF8, 0x88, 0x80, 0x80, 0x80], [0, 0, 0, 0x41, 0], [0x1B, 0x24, 0x42, 0x30],
        [0x81, 0x30, 0x81], Array("+AGEA-~{<:Ky~}".utf8), [0xEF, 0xBB, 0xBF, 0xEF, 0xBB],
        (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) },
    ]

    @Test(
        "E4 charsets: 300 labels with bytes that are not theirs always become a message without U+0000"
    )
    func e4Charsets() throws {
        var read = 0
        for label in Self.labels {
            for bytes in Self.wrongBytes {
                let header =
                    "Subject: =?\(label)?q?=D8=00=FF?=\r\nContent-Type: text/plain; charset=\(label)"
                let mail = try Self.read(Self.mail(header, Array("x ".utf8) + bytes))
                read += 1
                #expect(!Array(mail.fullText.utf8).isBlank, "\(label)")
                for text in [mail.text, mail.fullText, mail.plain, mail.headers.subject ?? ""] {
                    #expect(!text.utf8.contains(0), "\(label)")
                }
            }
        }
        print(
            "E4: \(Self.labels.count) labels × \(Self.wrongBytes.count) bodies: \(read) read, none blank"
        )
        #expect(Self.labels.count == 300)
    }

    static let dates = [
        "Sat, 1 Jan 0000 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 +0000",
        "1 Jan 99999 00:00:00 +0000",
        "1 Jan -1 00:00:00 +0000", "", "Mon, 1 Jan 2024 00:00:00 +9999",
        "31 Feb 2024 10:00:00 +0000",
        "1 Jan 2024 25:61:61 +0000", "never", "1 Jan 2024", "99999999999999999999 Jan 2024 1:2:3",
        "Jan Jan Jan", "1:2:3:4:5", String(repeating: "1 ", count: 90), "\u{0}\u{0}",
        "1969-12-31 23:59:59",
    ]

    @Test("E5 dates: what is no date of our time leaves the mail to the time at which it came")
    func e5Dates() throws {
        for date in Self.dates {
            let mail = try Self.read(Self.mail("Date: \(date)", Array("x".utf8)))
            #expect(mail.headers.date == nil, "\(date)")
        }
        #expect(try Self.read(Self.mail("X-Date: none", Array("x".utf8))).headers.date == nil)
        let twice = "Date: nonsense\r\nDate: Mon, 16 Nov 2026 10:00:00 +0330"
        #expect(
            try Self.read(Self.mail(twice, Array("x".utf8))).headers.date
                == Instant(milliseconds: 1_794_810_600_000))
        print("E5: \(Self.dates.count + 1) mails without a usable date, all read, none with a date")
    }

    /// Header and body of a mail that has no text of its own, and what its message must say.
    static let opaque: [(String, String, [String])] = [
        (
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
            "AAAA", ["S/MIME"]
        ),
        (
            "Content-Type: application/x-pkcs7-mime; smime-type=signed-data", "AAAA",
            ["S/MIME", "signed"]
        ),
        (
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
            "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--",
            ["PGP"]
        ),
        (
            "Content-Type: text/plain",
            "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----", ["PGP"]
        ),
        ("Content-Type: application/ms-tnef; name=winmail.dat", "x", ["TNEF"]),
        (
            "Content-Type: text/calendar; method=REQUEST",
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Plan\\, part 2\r\n"
                + "DTSTART;TZID=Asia/Tehran:20261122T093000\r\nDTEND;TZID=Asia/Tehran:20261122T103000\r\n"
                + "LOCATION:Room\r\n  7\r\nORGANIZER;CN=Sara:mailto:sara@example.ir\r\n"
                + "ATTENDEE;CN=\"Ali: R\":mailto:ali@example.ir\r\nEND:VEVENT\r\nEND:VCALENDAR",
            [
                "Invitation", "Plan, part 2", "2026-11-22 09:30 Asia/Tehran", "Room 7",
                "Sara <sara@example.ir>",
                "Ali: R <ali@example.ir>",
            ]
        ),
        ("Content-Type: text/calendar", "nothing of the kind", ["calendar"]),
        (
            "Content-Type: message/rfc822",
            "From: c@d.example\r\nSubject: inner\r\n\r\nwords within",
            ["words within"]
        ),
        (
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64",
            "U3ViamVjdDogaW5uZXINCg0Kd29yZHMgd2l0aGluDQo=", ["words within"]
        ),
        (
            "Content-Type: message/external-body; access-type=URL; URL=\"https://example.org/a\"",
            "Content-Type: image/gif\r\n\r\n", ["elsewhere"]
        ),
        ("Content-Type: multipart/mixed; boundary=b", "--b--", ["no text"]),
        (
            "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64", "AAAA",
            ["a.png"]
        ),
        ("Content-Type: text/html", "<img src=x><script>alert(1)</script>", ["no text"]),
    ]

    @Test("E6 opaque mail: the message says what came, and the thing itself is attached")
    func e6OpaqueMail() throws {
        for (header, body, said) in Self.opaque {
            let mail = try Self.read(Self.mail(header, Array(body.utf8)))
            for word in said { #expect(mail.text.contains(word), "\(header): \(mail.text)") }
            #expect(!Array(mail.fullText.utf8).isBlank)
            let isText = header.contains("text/plain") || header.contains("text/html")
            if !isText, !body.hasPrefix("--b--") { #expect(!mail.attachments.isEmpty, "\(header)") }
        }
        print("E6: \(Self.opaque.count) opaque mails, each says what it is")
    }

    @Test("E8 compression bombs: compressed files and transfer encodings are never unpacked")
    func e8CompressionBombs() throws {
        let packed: [UInt8] = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0x55, count: 42_374)
        var kept = 0
        for (type, name, encoding) in [
            ("application/zip", "42.zip", "binary"), ("application/gzip", "a.gz", "gzip"),
            ("application/x-7z-compressed", "a.7z", "x-gzip"),
            ("text/plain", "a.txt.gz", "deflate"),
        ] {
            let header =
                "Content-Type: \(type); name=\(name)\r\nContent-Disposition: attachment\r\n"
                + "Content-Transfer-Encoding: \(encoding)\r\nContent-Encoding: gzip"
            let mail = try Self.read(Self.mail(header, packed))
            #expect(mail.attachments.map(\.size) == [Int64(packed.count)])
            #expect(mail.attachments.map(\.name) == [name])
            kept += 1
        }
        print("E8: \(kept) packed files kept at their size, 0 unpacked")
    }

    static let pieces = [
        "../", "..\\", "/", "\\", "\u{0}", "\u{1B}[2J", "\u{202E}", "\u{2066}", "-rf", ".",
        ".bashrc", "C:", "\n",
        "\r\n", "%2e%2e%2f", " ", "CON", "a", "فاکتور", "😀", ";", "$(x)", "`", "\u{7F}", "~", "*",
        "|", "\u{85}",
        String(repeating: "n", count: 10_000), ".jpg", ".exe", "=?utf-8?q?=2E=2E=2F?=", "e\u{301}",
    ]

    @Test("E9 file names: none leaves a folder, hides, turns around, or is an option")
    func e9FileNames() throws {
        var random = SeededRandom(seed: 9)
        var named = 0
        for _ in 0..<10_000 {
            let count = Int.random(in: 1...6, using: &random)
            let given = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                .joined()
            guard let name = TextCleaning.fileName(given) else { continue }
            named += 1
            let bytes = Array(name.utf8)
            #expect(!bytes.isEmpty && bytes.count <= 255, "\(given)")
            #expect(
                !bytes.contains { $0 == 0x2F || $0 == 0x5C || $0 < 0x20 || $0 == 0x7F }, "\(given)")
            #expect(bytes.first != Ascii.dot && bytes.first != Ascii.dash, "\(given)")
            let turns = name.unicodeScalars.contains {
                (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
            }
            #expect(!turns, "\(given)")
        }
        let header =
            "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd%00.txt"
        #expect(try Self.read(Self.mail(header, [1])).attachments.map(\.name) == ["passwd␀.txt"])
        print("E9: 10,000 hostile names, \(named) cleaned, the rest without a name; 0 paths")
    }

    @Test("D6 Message-IDs: none, empty, <>, 10 KB and repeated give every mail an id of its own")
    func d6MessageIDs() throws {
        let settings = try Meter.settings()
        let long = String(repeating: "a", count: 10_000)
        let headers = [
            "X-None: 1", "Message-ID:", "Message-ID: ", "Message-ID: <>", "Message-ID: < >",
            "Message-ID: <\(long)@x.example>", "Message-ID: \(long)",
            "Message-ID: <>\r\nMessage-ID: <>",
        ]
        var ids: Set<String> = []
        var count = 0
        for number in 0..<125 {
            for header in headers {
                let raw = Self.mail(header, Array("mail \(number) of \(header.utf8.count)".utf8))
                let mail = try Self.read(raw)
                ids.insert(
                    InboundMail(settings: settings).message(mail, raw: raw, envelope: .unknown)
                        .externalID)
                count += 1
            }
        }
        let twice = try Self.read(Self.mail("Message-ID: <one@x>\r\nMessage-ID: <two@x>", [1]))
        #expect(twice.headers.messageID == "one@x")
        print("D6: \(count) mails without a usable Message-ID: \(ids.count) ids")
        #expect(ids.count == count)
    }
}
