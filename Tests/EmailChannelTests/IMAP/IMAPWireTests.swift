import HelpdeskCore
import RandomKit
import Testing

@testable import EmailChannel

@Suite("IMAP on the wire") struct IMAPWireTests {
    static func read(
        _ bytes: [UInt8], limits: IMAPResponseReader.Limits = .init(), chunks: [Int] = []
    ) throws(IMAPFault) -> [IMAPResponse] {
        var reader = IMAPResponseReader(limits: limits)
        var responses: [IMAPResponse] = []
        var rest = bytes[...]
        for size in chunks where !rest.isEmpty {
            responses += try reader.read(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return responses + (try reader.read(Array(rest)))
    }

    static func fetched(
        _ uid: UInt32?, size: Int? = nil, _ sections: [String: IMAPFetched.Content] = [:]
    ) -> IMAPFetched {
        var fetched = IMAPFetched()
        fetched.uid = uid
        fetched.size = size
        fetched.sections = sections
        return fetched
    }

    static let table: [(String, [IMAPResponse])] = [
        ("* 12 EXISTS\r\n", [.exists(12)]), ("* 3 expunge\r\n", [.expunge(3)]),
        ("* VANISHED (EARLIER) 1:4\r\n", [.vanished]), ("* FLAGS (\\Seen)\r\n", [.other]),
        ("\r\n* 5 RECENT\r\n", [.other]), ("+ idling\r\n", [.continuation]),
        ("+\r\n", [.continuation]),
        ("* CAPABILITY imap4rev1 IDLE\r\n", [.capability(["IMAP4REV1", "IDLE"])]),
        (
            "* OK [UIDVALIDITY 77] fine\r\n",
            [.status(.ok, code: .init(name: "UIDVALIDITY", argument: "77"), text: "fine")]
        ),
        (
            "* BYE see you {5}\r\n* 1 EXISTS\r\n",
            [.status(.bye, code: nil, text: "see you {5}"), .exists(1)]
        ),
        ("h1 OK done\r\n", [.tagged(tag: "h1", status: .ok, code: nil, text: "done")]),
        (
            "h2 no [TryCreate] what {3}\r\n",
            [
                .tagged(
                    tag: "h2", status: .no, code: .init(name: "TRYCREATE", argument: ""),
                    text: "what {3}")
            ]
        ),
        (
            "* 1 FETCH (UID 5 FLAGS (\\Seen $X) RFC822.SIZE 12)\r\n",
            [.fetch(sequence: 1, fetched(5, size: 12))]
        ),
        (
            "* 1 FETCH (BODY[] {5}\r\na)\r\nb UID 5)\r\n",
            [.fetch(sequence: 1, fetched(5, ["": .bytes(Array("a)\r\nb".utf8))]))]
        ),
        (
            "* 1 FETCH (BODY[] ~{2}\r\n\0\0 UID 5)\r\n",
            [.fetch(sequence: 1, fetched(5, ["": .bytes([0, 0])]))]
        ),
        ("* 1 FETCH (UID 5 BODY[] NIL)\r\n", [.fetch(sequence: 1, fetched(5, ["": .missing]))]),
        (
            "* 1 FETCH (UID 5 BODY[] \"a\\\"{3}\")\r\n",
            [.fetch(sequence: 1, fetched(5, ["": .bytes(Array("a\"{3}".utf8))]))]
        ),
        (
            "* 1 FETCH (UID 5 BODY[] {0}\r\n)\r\n",
            [.fetch(sequence: 1, fetched(5, ["": .bytes([])]))]
        ),
        (
            "* 1 FETCH (BODY[HEADER.FIELDS (\"MESSAGE-ID\")] {2}\r\nhi UID 1)\n",
            [
                .fetch(
                    sequence: 1,
                    fetched(1, ["HEADER.FIELDS (\"MESSAGE-ID\")": .bytes(Array("hi".utf8))]))
            ]
        ),
        (
            "* 1 FETCH (BODY[HEADER]<0> {2}\r\nhi UID 1)\r\n",
            [.fetch(sequence: 1, fetched(1, ["HEADER": .bytes(Array("hi".utf8))]))]
        ),
        (
            "* 1 FETCH (X {3}\r\na b Y (1 (2 {1}\r\n))) UID 9)\r\n",
            [.fetch(sequence: 1, fetched(9))]
        ),
        ("* SEARCH 1 2\r\n* LIST () \"/\" {3}\r\nx)y\r\n", [.other, .other]),
    ]

    @Test("responses are what they say", arguments: table)
    func responses(wire: String, expected: [IMAPResponse]) throws {
        let bytes = Array(wire.utf8)
        #expect(try Self.read(bytes) == expected)
        // However the network cuts them.
        #expect(try Self.read(bytes, chunks: Array(repeating: 1, count: bytes.count)) == expected)
    }

    @Test(
        "what is no IMAP ends the session",
        arguments: [
            "garbage\r\n", "h1 MAYBE\r\n", "* 1 FETCH 5\r\n", "* 1 FETCH (UID)\r\n",
            "* 1 FETCH (UID 0)\r\n", "* 1 FETCH (UID 4294967296)\r\n", "* 1 FETCH (UID x)\r\n",
            "* 1 FETCH (BODY[] {99999999999999999999}\r\n", "* 1 FETCH (BODY[] {-1}\r\n",
            "* 1 FETCH (BODY[] {}\r\n", "* 1 FETCH (X \"never ends {3}\r\n",
            "* 1 FETCH (X \"never ends\r\n",
            "* 1 FETCH (UID 5\r\n", "* 1 FETCH (BODY[] atom)\r\n",
            "* 1 FETCH (RFC822.SIZE 1e3)\r\n",
            "* 1 FETCH ((((((((((((((((((((\r\n", "* 1 FETCH (\"x\" 5)\r\n",
        ])
    func malformed(wire: String) {
        #expect(throws: IMAPFault.self) { _ = try Self.read(Array(wire.utf8)) }
    }

    @Test(
        "lines, literals and their number are bounded; a long literal is read past, and what follows it is not lost"
    )
    func bounds() throws {
        var limits = IMAPResponseReader.Limits()
        limits.lineBytes = 100
        limits.literalBytes = 10
        limits.skippedBytes = 50
        limits.literals = 3
        #expect(throws: IMAPFault.self) {
            _ = try Self.read(Array(repeating: UInt8(ascii: "a"), count: 101), limits: limits)
        }
        #expect(throws: IMAPFault.self) {
            _ = try Self.read(Array("* X {51}\r\n".utf8), limits: limits)
        }
        let four = "* X {1}\r\na {1}\r\na {1}\r\na {1}\r\na\r\n"
        #expect(throws: IMAPFault.self) { _ = try Self.read(Array(four.utf8), limits: limits) }
        let long = "* 1 FETCH (UID 3 BODY[] {20}\r\n* 9 EXISTS\r\nh1 OK\r\n )\r\n* 2 EXISTS\r\n"
        #expect(
            try Self.read(Array(long.utf8), limits: limits) == [
                .fetch(sequence: 1, Self.fetched(3, ["": .skipped(bytes: 20)])), .exists(2),
            ])
        // Two that fit alone and not together.
        let two = "* 1 FETCH (BODY[] {8}\r\n12345678 BODY[HEADER] {8}\r\n12345678)\r\n"
        guard case .fetch(_, let item)? = try Self.read(Array(two.utf8), limits: limits).first
        else {
            Issue.record("no FETCH")
            return
        }
        #expect(item.sections["HEADER"] == .skipped(bytes: 8))
    }

    @Test("10,000 mutations of real dialogues end in responses or a refusal, never in a trap")
    func fuzz() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let base = Self.table.map { Array($0.0.utf8) }
        let tokens = [
            "{", "}", "(", ")", "\"", "\\", "[", "]", "\r\n", "{5}\r\n", "~", "* ", "NIL",
            "999999999999999999", "\0",
        ].map { Array($0.utf8) }
        var refused = 0
        var read = 0
        for _ in 0..<10_000 {
            var bytes = base.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    bytes.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: place)
                case 1 where place < bytes.count: bytes.remove(at: place)
                case 2 where place < bytes.count:
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                default: bytes += base.randomElement(using: &random) ?? []
                }
            }
            let chunks = (0..<bytes.count).map { _ in Int.random(in: 1...7, using: &random) }
            let whole = Result { () throws(IMAPFault) in try Self.read(bytes) }
            let cut = Result { () throws(IMAPFault) in try Self.read(bytes, chunks: chunks) }
            #expect(cut == whole, "seed \(seed)")
            switch whole {
            case .success(let responses): read += responses.count
            case .failure: refused += 1
            }
        }
        print(
            "IMAP fuzz: 10,000 dialogues, \(read) responses read, \(refused) refused, seed \(seed)")
    }

    @Test(
        "dates of servers",
        arguments: [
            ("17-Jul-1996 02:44:25 -0700", 837_596_665),
            (" 7-Feb-1994 21:52:25 +0330", 760_645_345),
            ("01-Jan-1970 00:00:00 +0000", 0),
        ])
    func dates(text: String, seconds: Int64) {
        #expect(IMAPDate.parse(Array(text.utf8)) == Instant(milliseconds: seconds * 1_000))
    }

    @Test(
        "nonsense is no date",
        arguments: [
            "", "31-Feb-2026 00:00:00 +0000", "1-Jan-99999 00:00:00 +0000",
            "1-Jan-2026 25:00:00 +0000",
            "1-Jan-2026 00:00:00", "1-Jan-2026 00:00:00 0000", "x-y-z a:b:c +d",
        ])
    func noDates(text: String) { #expect(IMAPDate.parse(Array(text.utf8)) == nil) }

    @Test(
        "folder names",
        arguments: [
            ("INBOX", "\"INBOX\""), ("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""), ("R&D", "\"R&-D\""),
            ("پشتیبانی", "\"&Bn4GNAYqBswGKAYnBkYGzA-\""), ("é", "\"&AOk-\""),
            ("台北", "\"&U,BTFw-\""), ("x\r\nh9 DELETE y", "\"xh9 DELETE y\""),
        ])
    func folders(name: String, written: String) {
        #expect(IMAPCommandText.mailbox(name).asText == written)
    }

    @Test("sets join their runs")
    func sets() {
        #expect(IMAPCommandText.set([1, 2, 3, 5, 9, 10]) == "1:3,5,9:10")
        #expect(IMAPCommandText.set([UInt32.max]) == "4294967295")
    }
}
