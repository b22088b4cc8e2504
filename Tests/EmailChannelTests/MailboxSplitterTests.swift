import FoundationEssentials
import RandomKit
import Testing

@testable import EmailChannel

@Suite struct MailboxSplitterTests {
    static let from = "From sara@example.ir Thu Nov 22 10:00:00 2026\n"

    static func mails(_ text: String, limit: Int = 1 << 20, chunk: Int = 64) -> [String] {
        var splitter = MailboxSplitter(limit: limit)
        var rest = Array(text.utf8)[...]
        var mails: [MailboxSplitter.Mail] = []
        while !rest.isEmpty {
            mails += splitter.read(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        mails += splitter.finish()
        return mails.map { mail in
            switch mail.content {
            case .bytes(let bytes): "\(mail.line): \(bytes.asText)"
            case .tooLarge(let size): "\(mail.line) too large: \(size)"
            case .notAMailbox: "\(mail.line) not a mailbox"
            case .bookkeeping: "\(mail.line) bookkeeping"
            }
        }
    }

    @Test(arguments: [
        // mboxo and mboxrd.
        (
            "\(from)A: 1\n\none\n>From here\n>>From there\n\n\(from)A: 2\n\ntwo\n",
            ["2: A: 1\n\none\nFrom here\n>From there\n", "9: A: 2\n\ntwo\n"]
        ),
        // A sentence that nobody quoted is no separator: it has no time and year.
        (
            "\(from)A: 1\n\none\n\nFrom the desk of Sara\n\n\(from)A: 2\n\ntwo\n",
            ["2: A: 1\n\none\n\nFrom the desk of Sara\n", "9: A: 2\n\ntwo\n"]
        ),
        // mboxcl2: Content-Length leads over lines that look like separators, and nothing is unquoted.
        (
            "\(from)Content-Length: 61\n\nx\n\n\(from)>From y\nzz\n\n\(from)A: 2\n\ntwo\n",
            ["2: Content-Length: 61\n\nx\n\n\(from)>From y\nzz\n", "11: A: 2\n\ntwo\n"]
        ),
        // mboxcl: quoted all the same.
        (
            "\(from)content-length: 8\n\n>From y\n\n\(from)A: 2\n\ntwo\n",
            ["2: content-length: 8\n\nFrom y\n", "7: A: 2\n\ntwo\n"]
        ),
        // A Content-Length that leads nowhere is not believed.
        (
            "\(from)Content-Length: 9999\n\nx\n\n\(from)A: 2\n\ntwo\n",
            ["2: Content-Length: 9999\n\nx\n", "7: A: 2\n\ntwo\n"]
        ),
        // Line ends of other systems; a date with a zone; an address alone; Thunderbird's dash.
        (
            "From - Thu Nov 22 10:00:00 2026\r\nA: 1\r\n\r\none\r\n\r\nFrom x@y\r\nA: 2\r\n\r\ntwo\r\n",
            ["2: A: 1\r\n\r\none\r\n", "7: A: 2\r\n\r\ntwo\r\n"]
        ),
        (
            "From 17@xxx Thu Nov 22 10:00:00 +0000 2026\nA: 1\n\none",
            ["2: A: 1\n\none"]
        ),
        ("A: 1\n\nno mailbox\n", ["1 not a mailbox"]),
        ("\n\n\(from)A: 1\n\none\n", ["4: A: 1\n\none\n"]),
        ("", []), ("\n \n", []), (from, []),
        (
            "\(from)Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n\nx\n\n\(from)A: 1\n\none\n",
            ["2 bookkeeping", "7: A: 1\n\none\n"]
        ),
    ])
    func dialectsAreRead(file: String, expected: [String]) {
        for chunk in [1, 7, 64, 100_000] {
            #expect(Self.mails(file, chunk: chunk) == expected, "in chunks of \(chunk)")
        }
    }

    @Test func whatIsTooLargeIsSaidAndNotKept() {
        let large = "A: 1\n\n" + String(repeating: "x", count: 300_000) + "\n"
        let file = Self.from + large + "\n" + Self.from + "A: 2\n\ntwo\n"
        #expect(
            Self.mails(file, limit: 1_000, chunk: 10_000) == [
                "2 too large: \(large.utf8.count + 1)", "7: A: 2\n\ntwo\n",
            ])
    }

    /// Whatever is written as mboxrd comes back byte for byte.
    @Test func whatIsQuotedComesBack() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let lines = [
            "From x Thu Nov 22 10:00:00 2026", ">From ", "From me", "", "text", ">>From", "> q",
        ]
        for _ in 0..<300 {
            var file = ""
            var mails: [String] = []
            for number in 0..<Int.random(in: 1...5, using: &random) {
                let body = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                    lines.randomElement(using: &random) ?? ""
                }
                let mail = "A: \(number)\n\n" + body.joined(separator: "\n") + "\nend\n"
                mails.append(mail)
                let quoted = mail.split(separator: "\n", omittingEmptySubsequences: false).map {
                    line in
                    line.drop { $0 == ">" }.hasPrefix("From ") ? ">" + line : String(line)
                }
                file += Self.from + quoted.joined(separator: "\n") + "\n"
            }
            let found = Self.mails(file, chunk: Int.random(in: 1...200, using: &random))
                .map { String($0.drop { $0 != ":" }.dropFirst(2)) }
            #expect(found == mails, "seed \(seed)")
        }
    }
}
