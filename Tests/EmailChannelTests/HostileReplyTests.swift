import ChannelKit
import FoundationEssentials
import RandomKit
import Testing

@testable import EmailChannel

/// Reliability E7: what strangers write cannot make the quote stripper slow.
@Suite struct HostileReplyTests {
    static let isFull = ProcessInfo.processInfo.environment["HAMDEL_FULL"] == "1"

    /// Pieces of what the scanners look for, each of which has made some parser of a peer slow, or could make ours.
    static let pieces = [
        "On ", ":\n", "1234:\n", "From: a@b.c\n", "> ", ">\n", "-- \n", "a@b wrote:\n", "-----",
        "On 2024 a@b\n", "\u{200F}",
        "Von: a\nAn: b\n", "Sent from my \n", " wrote: ", "\n", " ", "_", "_____\n", "a\n",
        "> a\nb\n",
        "On Mon, 4 Mar 2024 Ali <a@b.c> wrote:\n> x\ny\n", "Best regards\nAnn\n", "Regards\n",
        "Thanks,\n",
        "This e-mail is confidential and intended only for\n", "This e-mail is ",
        "This message \n\n", "-----Original Message-----",
        "----Original", "> http://a=\nb\n", "> http://aaa\nb\n", "C> x\n",
        "در تاریخ ۱۴ اسفند ۱۴۰۲، علی نوشت:\n", "۱۴۰۲",
        "-Name\n", "*From:* ", "From: a@b.c Date: 2024 \n", "Am 04.03.24\n", "<a@b>\nwrote:\n\n",
        "Regards,\n\n\n", "\u{A0}",
        "é", ". . . . .\n", "CAUTION: this email originated from outside\n", "@", "1",
        "2024-03-04 GMT\n",
        "2016-03-03 17:21 GMT+01:00 Some One\n> x\n", "## x ##\n", "**", "\t", "\r", "<", "\u{0}",
        "Hello there\n",
    ]

    static func text(_ pieces: [String], _ count: Int) -> [UInt8] {
        let unit = pieces.flatMap { Array($0.utf8) }
        var result: [UInt8] = []
        result.reserveCapacity(count &+ unit.count)
        while result.count < count { result += unit }
        return Array(result.prefix(count))
    }

    /// Milliseconds of this thread's own work: other processes do not disturb it.
    static func cost(_ text: [UInt8]) -> Double {
        let start = Meter.cpuSeconds()
        let visible = ReplyText.visible(in: text)
        let time = (Meter.cpuSeconds() - start) * 1_000
        #expect(visible.count <= text.count)
        return time
    }

    #if DEBUG
        static let build = "debug build"
    #else
        static let build = "release build"
    #endif

    @Test("E7 quote stripper: hostile texts and known killers cost what their size is worth")
    func e7QuoteStripper() {
        let seed = UInt64(20_261_122)
        var generator = SeededRandom(seed: seed)
        let count = Self.isFull ? 10_000 : 300
        for _ in 0..<count {
            let some = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                Self.pieces.randomElement(using: &generator) ?? "x"
            }
            let text = Self.text(some, Int.random(in: 1...2_048, using: &generator))
            let visible = ReplyText.visible(in: text)
            #expect(visible.count <= text.count)
            #expect(visible == ReplyText.visible(in: text))
        }
        // Linear work grows by eight where the size does, quadratic work by sixty-four; the bound leaves room for caches.
        let large = Self.isFull ? 1 << 20 : 32 << 10
        var worst = (time: 0.0, text: "")
        var steepest = (growth: 0.0, text: "")
        let killers = Self.pieces + Self.pieces.map { "Hello there\n\($0)" }
        for piece in killers {
            let text = Self.text([piece], large)
            // The tables of words are made at their first use.
            let small = min(
                Self.cost(Array(text.prefix(large / 8))), Self.cost(Array(text.prefix(large / 8))))
            let time = min(Self.cost(text), Self.cost(text))
            if time > worst.time { worst = (time, piece) }
            // Less than this is noise.
            guard time > 5 else { continue }
            let growth = time / max(small, 0.2)
            if growth > steepest.growth { steepest = (growth, piece) }
            #expect(growth < 30, "\(piece.debugDescription)")
        }
        let tenths = { (value: Double) in "\(Int(value))" + ".\(Int(value * 10) % 10)" }
        print(
            "E7 quote stripper: \(count) hostile texts (seed \(seed)), \(killers.count) killers of \(large >> 10) KiB; worst "
                + "\(tenths(worst.time)) ms (\(worst.text.prefix(20).debugDescription), \(Self.build)), steepest growth for "
                + "eight times the size: \(tenths(steepest.growth))")
    }

    /// The bounce scanners read strangers' words as well.
    @Test func hostileNoticesEnd() throws {
        let pieces = [
            "<a@b.c>:\n", "a@b.c\n", "550 ", "5.1.1 ", "Final-Recipient: rfc822; a@b.c\n\n",
            "user unknown ", "@", "a@", "@b.c ",
            "exceed quota ", "exceed exceed ", "mailbox mailbox ", "Received: x\n",
            "Message-ID: <a@b>\n", "\"emailaddress\":\"",
            "{\"notificationtype\":\"bounce\"", "Diagnostic-Code: smtp; 550\n ", "=\n", ">",
            "Action: failed\n",
        ]
        for piece in pieces {
            for type in ["text/plain", "message/delivery-status"] {
                let raw =
                    "From: MAILER-DAEMON@x.example\nReturn-Path: <>\nSubject: failure notice\nContent-Type: \(type)\n\nfailed\n"
                    + String(repeating: piece, count: (24 << 10) / piece.utf8.count)
                let mail = try MailReader.read(Array(raw.utf8)).get()
                let report = try #require(mail.deliveryReport)
                #expect(report.recipients.count <= 100)
                #expect(report.recipients.allSatisfy { ($0.diagnostic ?? "").utf8.count <= 1_000 })
            }
        }
    }
}
