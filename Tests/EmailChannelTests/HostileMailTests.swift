import ChannelKit
import CorpusKit
import FoundationEssentials
import HelpdeskCore
import RandomKit
import Testing

@testable import EmailChannel

/// Reliability E1 and E3: nothing that a stranger sends stops the daemon or makes it slow.
@Suite struct HostileMailTests {
    struct Bomb: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
    }

    static let bombs: [Bomb] = {
        func repeated(_ piece: String, _ count: Int) -> String {
            String(repeating: piece, count: count)
        }
        let from = "From: a@b.example\r\n"
        let nested = (0..<10_000).map {
            "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n"
        }
        let texts = [
            ("address headers", from + repeated("To: x@y.example\r\n", 100_000) + "\r\nhi\r\n"),
            ("address list", from + "To: " + repeated("x@y.example, ", 300_000) + "\r\n\r\nhi\r\n"),
            ("nested groups", from + "To: " + repeated("g:", 500_000) + "\r\n\r\nhi\r\n"),
            (
                "nested groups inside",
                from + "Content-Type: message/rfc822\r\n\r\nTo: " + repeated("g:", 500_000)
                    + "\r\n\r\nhi\r\n"
            ),
            (
                "groups behind a blank",
                from + "Content-Type: message/rfc822\r\n\r\nReply-To \t: " + repeated("g:", 500_000)
                    + "\r\n\r\nhi\r\n"
            ),
            (
                "folded groups inside",
                from + "Content-Type: message/rfc822\r\n\r\nCc:\r\n" + repeated(" g:\r\n", 200_000)
                    + "\r\nhi\r\n"
            ),
            ("depth", from + nested.joined() + "\r\nhi\r\n"),
            (
                "depth of messages",
                from + repeated("Content-Type: message/rfc822\r\n\r\n", 100_000) + "\r\nhi\r\n"
            ),
            (
                "parts",
                from + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                    + repeated("--b\r\n\r\nx\r\n", 500_000)
            ),
            (
                "parts, boundary hidden",
                from + "Content-Type: multipart/mixed; boundary*=utf-8''b\r\n\r\n"
                    + repeated("--b\r\n\r\n", 500_000)
            ),
            (
                "parameters",
                from + "Content-Type: text/plain"
                    + (0..<50_000).map { ";\r\n n*\($0)*=utf-8''a" }.joined() + "\r\n\r\nhi\r\n"
            ),
            ("one long header", from + "X-A: " + repeated("a", 10_000_000) + "\r\n\r\nhi\r\n"),
            ("many headers", from + repeated("X-A: a\r\n", 1_000_000) + "\r\nhi\r\n"),
            (
                "encoded words",
                from + "Subject: " + repeated("=?utf-8?q?=D8=B3?=\r\n ", 400_000) + "\r\n\r\nhi\r\n"
            ),
            (
                "open encoded words",
                from + "Subject: " + repeated("=?utf-8?q?", 20_000) + "\r\n\r\nhi\r\n"
            ),
            (
                "references",
                from + "References: " + repeated("<a@b>\r\n ", 500_000) + "\r\n\r\nhi\r\n"
            ),
            ("comments", from + "To: " + repeated("(", 500_000) + "\r\n\r\nhi\r\n"),
            (
                "html depth",
                from + "Content-Type: text/html\r\n\r\n" + repeated("<div>", 400_000) + "end"
            ),
            ("quotes", from + "\r\n" + repeated(">", 2_000_000)),
            (
                "authentication",
                from + "Authentication-Results: mx; " + repeated("a=b;", 50_000) + "\r\n\r\nhi\r\n"
            ),
        ]
        return texts.map { Bomb(testDescription: $0.0, bytes: Array($0.1.utf8)) }
    }()

    @Test("E3 structure bombs: every one is listed, within its bounds, in CPU time and memory")
    func e3StructureBombs() throws {
        var slowest = (seconds: 0.0, name: "")
        let before = Meter.residentMiB()
        for bomb in Self.bombs {
            let start = Meter.cpuSeconds()
            let mail = try MailReader.read(
                bomb.bytes, settings: MailReadingSettings(authservID: "mx")
            ).get()
            let seconds = Meter.cpuSeconds() - start
            if seconds > slowest.seconds { slowest = (seconds, bomb.testDescription) }
            #expect(!Array(mail.fullText.utf8).isBlank, "\(bomb)")
            #expect(mail.attachments.count <= 1_001, "\(bomb)")
            #expect(mail.headers.to.count <= 500, "\(bomb)")
            #expect(mail.fullText.utf8.count <= 13 << 20, "\(bomb)")
            #expect(seconds <= Meter.secondsPerMail, "\(bomb)")
        }
        let grown = Meter.residentMiB() - before
        print(
            "E3: \(Self.bombs.count) bombs, all listed, slowest \(slowest.seconds) s CPU (\(slowest.name)), "
                + "resident + \(grown) MiB")
        #expect(grown <= 200)
    }

    /// Shapes: our own test cases and, where they are there, the mails of peers. `HAMDEL_FULL=1` for the whole count.
    @Test(
        "E1 broken MIME: mutations of real mails are read or quarantined, and the raw bytes are kept"
    )
    func e1BrokenMIME() throws {
        let environment = ProcessInfo.processInfo.environment
        let wanted = environment["HAMDEL_FULL"] == "1" ? 10_000 : 1_000
        let seed =
            environment["HAMDEL_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        var sources = TestCaseFolder.all().map(\.input)
        for set in CorpusSet.all(["email-", "threading-"]) {
            sources += set.files().map(\.bytes).filter { $0.count < 64 << 10 }
        }
        #expect(!sources.isEmpty)
        let settings = try Meter.settings()
        var tally = (ticketed: 0, quarantined: 0, slowest: 0.0)
        let before = Meter.residentMiB()
        for _ in 0..<wanted {
            guard var bytes = sources.randomElement(using: &random) else { break }
            Mutation.apply(to: &bytes, among: sources, using: &random)
            let start = Meter.cpuSeconds()
            switch MailReader.read(bytes, settings: settings.reading) {
            case .success(let mail):
                tally.ticketed += 1
                #expect(!Array(mail.fullText.utf8).isBlank, "seed \(seed)")
                let message = InboundMail(settings: settings)
                    .message(mail, raw: bytes, envelope: .unknown)
                #expect(message.raw == bytes, "seed \(seed)")
                for file in mail.attachments { Self.checkRange(file, bytes.count, seed) }
            case .failure(let rejection):
                tally.quarantined += 1
                #expect(!rejection.reason.code.isEmpty)
            }
            tally.slowest = max(tally.slowest, Meter.cpuSeconds() - start)
        }
        let grown = Meter.residentMiB() - before
        print(
            "E1: \(wanted) mutations of \(sources.count) mails: 0 crashes, \(tally.ticketed) ticketed, "
                + "\(tally.quarantined) quarantined, slowest \(tally.slowest) s CPU, resident + \(grown) MiB, seed \(seed)"
        )
        #expect(tally.ticketed + tally.quarantined == wanted)
        #expect(tally.slowest <= Meter.secondsPerMail)
        #expect(grown <= 200)
    }

    private static func checkRange(_ file: InboundAttachment, _ count: Int, _ seed: UInt64) {
        guard case .range(let offset, let length, _) = file.body else { return }
        #expect(offset >= 0 && length >= 0 && offset + length <= count, "seed \(seed)")
    }

    @Test func readingOnManyThreadsGivesWhatOneThreadGives() async {
        let sources = TestCaseFolder.all().map(\.input)
        let alone = sources.map { MailReader.read($0) }
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    for _ in 0..<20 {
                        for (source, expected) in zip(sources, alone) {
                            #expect(MailReader.read(source) == expected)
                        }
                    }
                }
            }
        }
    }
}

/// Ways to break a mail.
enum Mutation {
    static func apply(
        to bytes: inout [UInt8], among sources: [[UInt8]], using random: inout SeededRandom
    ) {
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            guard !bytes.isEmpty else { return }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...200, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes = Array(bytes[..<place])
            case 4:
                let pieces = [
                    "\r\n\r\n", "\0", "--", "=?", "?=", "\"", ":", ";", "\u{1B}$B", "\u{FF}", "<",
                    "boundary=", "\n\n",
                ]
                bytes.insert(
                    contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
            case 5:
                let other = sources.randomElement(using: &random) ?? []
                bytes.insert(contentsOf: other.prefix(2_000), at: place)
            case 6:
                for index in place..<end {
                    bytes[index] = UInt8.random(in: 0...255, using: &random)
                }
            default: bytes.append(contentsOf: bytes.prefix(3_000))
            }
        }
    }
}
