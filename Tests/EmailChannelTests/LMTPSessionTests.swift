import ChannelKit
import HelpdeskCore
import RandomKit
import Testing

@testable import EmailChannel

@Suite struct LMTPSessionTests {
    static let support = InboxID(rawValue: "support-mail")
    static let sales = InboxID(rawValue: "sales-mail")

    static var directory: InboxDirectory {
        var directory = InboxDirectory()
        directory.add("support@example.org", inbox: support)
        directory.add("sales@example.org", inbox: sales)
        return directory
    }

    static func session(_ limits: LMTPLimits = LMTPLimits()) -> LMTPSession {
        LMTPSession(hostName: "desk.example.org", limits: limits, directory: directory)
    }

    /// Replies as text and mails, in order; every mail is answered as kept.
    static func run(
        _ session: inout LMTPSession, _ chunks: [[UInt8]]
    ) -> (replies: String, mails: [LMTPMail]) {
        var replies = ""
        var mails: [LMTPMail] = []
        func perform(_ actions: [LMTPSession.Action]) {
            for action in actions {
                switch action {
                case .reply(let bytes): replies += bytes.asText
                case .close: replies += "[closed]"
                case .deliver(let mail):
                    mails.append(mail)
                    let kept = DeliveryOutcome.ticketed(
                        message: MessageID(rawValue: Int64(mails.count)),
                        ticket: TicketNumber(rawValue: 7))
                    perform(session.finished(mail.recipients.map { _ in .kept(kept) }))
                }
            }
        }
        for chunk in chunks { perform(session.receive(chunk)) }
        return (replies, mails)
    }

    static func codes(_ script: String, limits: LMTPLimits = LMTPLimits()) -> [String] {
        var session = session(limits)
        return run(&session, [Array(script.utf8)]).replies.split(separator: "\r\n")
            .filter { $0.dropFirst(3).first != "-" }.map { String($0.prefix(9)) }
    }

    static let greeting = "LHLO client\r\n"
    static let envelope = greeting + "MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.org>\r\n"

    @Test func aMailIsTakenAndAnsweredForEachRecipient() {
        var session = Self.session()
        let script =
            Self.greeting + "MAIL FROM:<a@b.example> SIZE=50 BODY=8BITMIME SMTPUTF8\r\n"
            + "RCPT TO:<support+tok@Example.ORG>\r\nRCPT TO:<sales@example.org>\r\nDATA\r\n"
            + "Subject: x\r\n\r\n..dot\r\nend\r\n.\r\nQUIT\r\n"
        let result = Self.run(&session, [Array(script.utf8)])
        #expect(
            result.mails == [
                LMTPMail(
                    sender: "a@b.example",
                    recipients: [
                        .init(address: "support+tok@Example.ORG", inbox: Self.support),
                        .init(address: "sales@example.org", inbox: Self.sales),
                    ], bytes: Array("Subject: x\r\n\r\n.dot\r\nend\r\n".utf8))
            ])
        #expect(
            result.replies == """
                250-desk.example.org\r
                250-SIZE 52428800\r
                250-8BITMIME\r
                250-SMTPUTF8\r
                250-PIPELINING\r
                250 ENHANCEDSTATUSCODES\r
                250 2.1.0 Sender taken\r
                250 2.1.5 Recipient taken\r
                250 2.1.5 Recipient taken\r
                354 Go ahead, end with CRLF.CRLF\r
                250 2.0.0 Kept message=1 ticket=7\r
                250 2.0.0 Kept message=1 ticket=7\r
                221 2.0.0 Bye\r
                [closed]
                """)
    }

    @Test(arguments: [
        ("MAIL FROM:<a@b>\r\n", ["503 5.5.1"]),
        ("EHLO x\r\n", ["500 5.5.1"]),
        ("HELO x\r\n", ["500 5.5.1"]),
        ("LHLO\r\n", ["501 5.5.4"]),
        ("NOPE\r\n", ["500 5.5.1"]),
        (
            "NOOP\r\nVRFY x\r\nRSET\r\nHELP\r\n",
            ["250 2.0.0", "252 2.1.5", "250 2.0.0", "214 2.0.0"]
        ),
        ("DATA\r\n", ["503 5.5.1"]),
        (greeting + "RCPT TO:<support@example.org>\r\n", ["250 ENHAN", "503 5.5.1"]),
        (greeting + "MAIL FROM:a@b\r\n", ["250 ENHAN", "501 5.1.7"]),
        (greeting + "MAIL FROM:<a@b> SIZE=x\r\n", ["250 ENHAN", "501 5.5.4"]),
        (greeting + "MAIL FROM:<a@b> SIZE=99999999\r\n", ["250 ENHAN", "552 5.3.4"]),
        (greeting + "MAIL FROM:<a@b> RET=FULL\r\n", ["250 ENHAN", "555 5.5.4"]),
        (
            greeting + "MAIL FROM:<>\r\nRCPT TO:<nobody@example.org>\r\n",
            ["250 ENHAN", "250 2.1.0", "550 5.1.1"]
        ),
        (
            greeting + "MAIL FROM:<a@b>\r\nMAIL FROM:<c@d>\r\n",
            ["250 ENHAN", "250 2.1.0", "503 5.5.1"]
        ),
        (greeting + "MAIL FROM:<a@b>\r\nDATA\r\n", ["250 ENHAN", "250 2.1.0", "503 5.5.1"]),
        (greeting + "MAIL FROM:<a@b>\r\nRCPT TO:<>\r\n", ["250 ENHAN", "250 2.1.0", "501 5.1.3"]),
        (
            envelope + "RSET\r\nDATA\r\n",
            ["250 ENHAN", "250 2.1.0", "250 2.1.5", "250 2.0.0", "503 5.5.1"]
        ),
        ("NOOP\nNOOP\r\n", ["500 5.5.2"]),
        ("NO\0OP\r\n", ["500 5.5.2"]),
        (greeting + "MAIL FROM:<@relay,@other:a@b>\r\n", ["250 ENHAN", "250 2.1.0"]),
    ])
    func commandsHaveTheirCodes(script: String, expected: [String]) {
        #expect(Self.codes(script) == expected)
    }

    /// The same bytes, whole and cut in every place, and in random pieces.
    @Test func chunkingChangesNothing() {
        let script = Array(
            (Self.envelope + "DATA\r\nSubject: y\r\n\r\n.\n.\r\n..\r\n\r.\r\nx\r\n.\r\n"
                + Self.envelope + "DATA\r\n\r\n.\r\nQUIT\r\n").utf8)
        var whole = Self.session()
        let expected = Self.run(&whole, [script])
        #expect(expected.mails.count == 2)
        for cut in 0...script.count {
            var session = Self.session()
            let result = Self.run(&session, [Array(script[..<cut]), Array(script[cut...])])
            #expect(result.replies == expected.replies, "cut at \(cut)")
            #expect(result.mails == expected.mails, "cut at \(cut)")
        }
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            var chunks: [[UInt8]] = []
            var rest = script[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...9, using: &random)
                chunks.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            var session = Self.session()
            let result = Self.run(&session, chunks)
            #expect(
                result.replies == expected.replies && result.mails == expected.mails, "seed \(seed)"
            )
        }
    }

    @Test("E10 smuggling in: of 64 ends of data one ends the mail")
    func onlyCRLFDotCRLFEndsAMail() {
        let ends = ["\r\n", "\n", "\r", "\n\r", "\r\r\n", "\r\n\r", "\n\n", "\r\u{0}\n"]
        var variants = 0
        for before in ends {
            for after in ends {
                variants += 1
                let content = "line" + before + "." + after
                var session = Self.session()
                _ = Self.run(&session, [Array((Self.envelope + "DATA\r\n").utf8)])
                let result = Self.run(&session, [Array(content.utf8)])
                let shouldEnd = before.hasSuffixBytes("\r\n") && after.hasPrefixBytes("\r\n")
                #expect(
                    result.mails.count == (shouldEnd ? 1 : 0),
                    "\(content.debugDescription) ended: \(result.mails.count)")
            }
        }
        #expect(variants == 64)
        print("E10: \(variants) ends of data, 1 in = at most 1 mail; CRLF.CRLF alone ends it")
    }

    @Test func theContentComesBackWithoutTheStuffing() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let alphabet: [UInt8] = [0x2E, 0x0D, 0x0A, 0x61, 0x00]
        for _ in 0..<2_000 {
            let length = Int.random(in: 0...24, using: &random)
            let content =
                (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
                + [0x0D, 0x0A]
            var stuffed: [UInt8] = []
            var atStart = true
            for (index, byte) in content.enumerated() {
                if atStart, byte == 0x2E { stuffed.append(0x2E) }
                stuffed.append(byte)
                atStart = byte == 0x0A && index > 0 && content[index - 1] == 0x0D
            }
            var session = Self.session()
            let script = Array((Self.envelope + "DATA\r\n").utf8) + stuffed + Array(".\r\n".utf8)
            let result = Self.run(&session, [script])
            #expect(result.mails.map(\.bytes) == [content], "seed \(seed)")
        }
    }

    @Test func limitsHaveTheirAnswers() {
        let small = LMTPLimits(recipients: 1, messageBytes: 10, commandBytes: 64, mistakes: 2)
        #expect(
            Self.codes(Self.envelope + "RCPT TO:<sales@example.org>\r\n", limits: small).last
                == "452 4.5.3")
        #expect(
            Self.codes(Self.envelope + "DATA\r\n01234567890123\r\n.\r\nNOOP\r\n", limits: small)
                .suffix(2) == ["552 5.3.4", "250 2.0.0"])
        #expect(
            Self.codes(String(repeating: "x", count: 5_000) + "\r\nNOOP\r\n", limits: small)
                == ["500 5.5.2", "250 2.0.0"])
        #expect(
            Self.codes("A\r\nB\r\nC\r\nD\r\n", limits: small)
                == ["500 5.5.1", "500 5.5.1", "500 5.5.1", "421 4.7.0", "[closed]"])
    }

    @Test func aLongLineWithoutAnEndKeepsLittle() {
        var session = Self.session(LMTPLimits(commandBytes: 64))
        var replies = ""
        for _ in 0..<1_000 {
            replies += Self.run(&session, [[UInt8](repeating: 0x41, count: 10_000)]).replies
        }
        #expect(replies == "500 5.5.2 Line too long\r\n")
        #expect(
            Self.run(&session, [Array("\r\nNOOP\r\n".utf8)]).replies == "250 2.0.0 Still here\r\n")
    }

    @Test func shortSpaceDefersAtMail() {
        var session = Self.session()
        session.space = .short
        let replies = Self.run(
            &session, [Array((Self.greeting + "MAIL FROM:<a@b>\r\n").utf8)]
        ).replies
        #expect(replies.hasSuffix("452 4.3.1 Not enough space, try again later\r\n"))
    }

    @Test(arguments: [
        (
            LMTPOutcome.kept(
                .ticketed(message: MessageID(rawValue: 12), ticket: TicketNumber(rawValue: 7))),
            "250 2.0.0 Kept message=12 ticket=7\r\n"
        ),
        (
            .kept(.duplicate(message: MessageID(rawValue: 12), ticket: TicketNumber(rawValue: 7))),
            "250 2.0.0 Kept before duplicate=12\r\n"
        ),
        (
            .kept(.quarantined(QuarantineID(rawValue: 3), reason: "x\r\n250 ok")),
            "250 2.0.0 Kept, could not be read quarantine=3\r\n"
        ),
        (.refused(.busy(retryAfter: .seconds(1))), "451 4.3.2 Busy, try again later\r\n"),
        (.refused(.noSpace), "452 4.3.1 Not enough space, try again later\r\n"),
        (.refused(.stopping), "451 4.3.2 Shutting down, try again later\r\n"),
        (.refused(.storeFailed("secret")), "451 4.3.0 Could not be stored, try again later\r\n"),
    ])
    func outcomesAreSaidAsTheContractWants(outcome: LMTPOutcome, reply: String) {
        #expect(LMTPReply.outcome(outcome).asText == reply)
    }

    @Test func nothingIsReadWhileAMailIsStored() {
        var session = Self.session()
        let actions = session.receive(
            Array((Self.envelope + "DATA\r\nx\r\n.\r\nNOOP\r\n").utf8))
        #expect(actions.count == 5)
        #expect(!session.wantsInput)
        #expect(session.receive(Array("NOOP\r\n".utf8)) == [])
        let answers = session.finished([.refused(.noSpace)])
        #expect(
            answers == [
                .reply(Array("452 4.3.1 Not enough space, try again later\r\n".utf8)),
                .reply(Array("250 2.0.0 Still here\r\n".utf8)),
                .reply(Array("250 2.0.0 Still here\r\n".utf8)),
            ])
    }
}

extension String {
    fileprivate func hasSuffixBytes(_ end: String) -> Bool {
        Array(utf8).suffix(end.utf8.count).elementsEqual(end.utf8)
    }
    fileprivate func hasPrefixBytes(_ start: String) -> Bool { utf8.starts(with: start.utf8) }
}
