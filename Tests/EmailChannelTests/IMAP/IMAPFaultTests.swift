import ChannelKit
import CurlTransport
import HelpdeskCore
import RandomKit
import StubServers
import TestKit
import Testing

@testable import EmailChannel

@Suite("IMAP: what goes wrong") struct IMAPFaultTests {
    /// Mails of all sorts in one mailbox, small batches, so that every kind of step occurs.
    private func desk(settling: Bool) async throws -> MailboxDesk {
        let desk = try await MailboxDesk {
            $0.patience.batch = 3
            $0.patience.window = 5
            $0.messageBytes = 4_000
            if settling {
                $0.marking = .seen
                $0.moveTo = "Done"
            }
        }
        for number in 1...9 {
            switch number {
            case 3: desk.mailbox.add([])
            case 5: desk.mailbox.add(MailboxDesk.mail(5) + Array(repeating: 0x20, count: 8_000))
            case 7: desk.mailbox.add(Array("\r\n".utf8))
            default: desk.mailbox.add(MailboxDesk.mail(number))
            }
        }
        return desk
    }

    @Test(
        "A10 IMAP cursor: a death at every single step, before and after every commit, loses and doubles nothing",
        arguments: [false, true])
    func everyStep(settling: Bool) async throws {
        let whole = try await desk(settling: settling)
        let life = Fate()
        #expect(try await whole.live(fate: life) == nil)
        let expected = (
            try whole.messages, try whole.tickets, try whole.quarantined, try whole.outbox
        )
        #expect(expected.0 == 7)
        let steps = life.steps
        var deaths = 0
        for step in 1...steps {
            let desk = try await desk(settling: settling)
            if try await desk.live(fate: Fate(dieAt: step)) != nil { deaths += 1 }
            // The mailbox goes on living meanwhile.
            #expect(try await desk.live() == nil, "death at step \(step)")
            let found = (try desk.messages, try desk.tickets, try desk.quarantined, try desk.outbox)
            #expect(found == expected, "death at step \(step)")
            let state = desk.mailbox.now
            #expect(try desk.keptCursor?.uid == 9, "death at step \(step)")
            #expect(try desk.keptCursor?.settled == 9, "death at step \(step)")
            if settling {
                #expect(state.mails.isEmpty, "death at step \(step)")
                #expect(state.moved["Done"]?.count == 9, "death at step \(step)")
            } else {
                #expect(state.mails.allSatisfy { $0.flags.isEmpty })
            }
        }
        print(
            "A10 every step\(settling ? " with mark_seen and move_to" : ""): \(steps) steps, \(deaths) deaths, 9 mails each: 0 lost, 0 double, 0 moved twice"
        )
    }

    @Test("A10 IMAP cursor: 200 deaths at random moments while a person reads, junks and deletes")
    func randomDeaths() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let desk = try await MailboxDesk { $0.patience.batch = 4 }
        var number = 0
        var removed: Set<Int> = []
        for _ in 0..<200 {
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                number += 1
                desk.mailbox.add(MailboxDesk.mail(number))
            }
            // A person beside us.
            let dice = Int.random(in: 0..<1_000_000, using: &random)
            desk.mailbox.change { state in
                guard !state.mails.isEmpty else { return }
                let index = dice % state.mails.count
                if dice % 3 == 0 {
                    state.mails[index].flags.insert("\\Seen")
                } else if dice % 3 == 1 {
                    let gone = state.mails.remove(at: index)
                    let words = String(decoding: gone.bytes, as: UTF8.self).split {
                        " \r\n".contains($0)
                    }
                    removed.insert(words.compactMap { Int($0) }.first ?? 0)
                }
            }
            try await desk.live(fate: Fate(dieAt: Int.random(in: 1...40, using: &random)))
        }
        #expect(try await desk.live() == nil)
        // Every mail that was left alone is there once; one that a person removed is there once or never.
        let tickets = try desk.tickets
        let messages = try desk.messages
        #expect(messages == tickets)
        #expect(try desk.desk.count("SELECT COUNT(DISTINCT customer) FROM tickets") == tickets)
        #expect(tickets <= number && tickets >= number - removed.count, "seed \(seed)")
        let kept = try desk.desk.lines("SELECT value FROM identities")
        let left = Set((1...number).map { "c\($0)@outside.example" })
            .subtracting(removed.map { "c\($0)@outside.example" })
        #expect(left.subtracting(kept).isEmpty, "lost; seed \(seed)")
        try desk.desk.verify()
        print(
            "A10 random deaths: 200, \(number) mails, \(removed.count) removed by a person, \(tickets) tickets, 0 lost, 0 double, seed \(seed)"
        )
    }

    @Test("A9 poison mail in mailbox: 1,000 mails with 20 poisons are done in one cycle")
    func poison() async throws {
        let desk = try await MailboxDesk()
        for number in 1...1_000 {
            switch number {
            case 100, 350, 600: desk.mailbox.add([])
            case 101, 102: desk.mailbox.add(Array("\r\n\r\nno header \(number)\r\n".utf8))
            case 150: desk.mailbox.add([0, 0, 0, 0])
            case 200: desk.mailbox.add(MailboxDesk.mail(number), fate: .missing)
            case 250: desk.mailbox.add(MailboxDesk.mail(number, "\0\0\0 (NUL)"))
            case 300:
                desk.mailbox.add(
                    Array(
                        ("From: c300@outside.example\r\nTo: "
                            + String(repeating: "g:", count: 60_000) + "\r\n\r\nx").utf8))
            case 400:
                desk.mailbox.add(
                    Array(
                        ("From: c400@outside.example\r\n"
                            + String(
                                repeating:
                                    "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n",
                                count: 10_000)).utf8))
            case 450:
                desk.mailbox.add(
                    Array(
                        "From: c450@outside.example\r\nMessage-ID: <>\r\nSubject: \\\r\n\r\nx".utf8)
                )
            case 500:
                desk.mailbox.add(
                    Array(
                        "From: c500@outside.example\r\nSubject: =?utf-8?b?/////w==?=\r\nDate: Mon, 99 Foo 0000\r\n\r\n\u{feff}"
                            .utf8))
            case 550: desk.mailbox.add(Array(repeating: 0xFF, count: 5_000))
            case 650:
                desk.mailbox.add(
                    Array(
                        ("From: c650@outside.example\r\nReferences: "
                            + String(repeating: "<a@b> ", count: 50_000) + "\r\n\r\nx").utf8))
            case 700: desk.mailbox.add(Array("From: <\r\n\r\n)\r\nh9 OK done\r\n".utf8))
            case 750:
                desk.mailbox.add(MailboxDesk.mail(number, "* 1 FETCH (UID 1 BODY[] {5}\r\nhello)"))
            case 800: desk.mailbox.add(Array("Content-Type: message/rfc822\r\n\r\n".utf8))
            case 850: desk.mailbox.add(Array("X\r\nY\r\n\r\n".utf8))
            case 900:
                desk.mailbox.add(
                    Array(
                        ("From: c900@outside.example\r\n"
                            + String(repeating: "Received: x\r\n", count: 30_000) + "\r\nx").utf8))
            case 950:
                desk.mailbox.add(
                    Array(
                        "From: c950@outside.example\r\nContent-Type: text/plain; charset=\"../../etc\"\r\n\r\n\u{1}"
                            .utf8))
            default: desk.mailbox.add(MailboxDesk.mail(number))
            }
        }
        #expect(try await desk.live() == nil, "one cycle, no restart")
        let (messages, quarantined) = (try desk.messages, try desk.quarantined)
        #expect(messages + quarantined == 1_000, "nothing is lost")
        let reasons = try desk.desk.lines(
            "SELECT code, COUNT(*) FROM quarantine GROUP BY code ORDER BY code")
        #expect(messages >= 980)
        #expect(try desk.keptCursor?.uid == 1_000)
        let plain = try desk.desk.count(
            "SELECT COUNT(*) FROM identities WHERE value LIKE 'c%@outside.example'")
        #expect(plain >= 980)
        try desk.desk.verify()
        print(
            "A9: 1,000 mails, 20 poisons: \(messages) messages, \(quarantined) in quarantine \(reasons), one cycle"
        )
    }

    @Test(
        "a mail that the server has and does not give stops nobody, and is not forgotten",
        arguments: [
            StubMailbox.Fate.refused, .withheld,
        ])
    func withheld(fate: StubMailbox.Fate) async throws {
        let desk = try await MailboxDesk { $0.patience.attempts = 3 }
        desk.mailbox.add(MailboxDesk.mail(1))
        desk.mailbox.add(MailboxDesk.mail(2), fate: fate)
        desk.mailbox.add(MailboxDesk.mail(3))
        let mailbox = desk.mailbox
        // One reception over all connections, as in the daemon.
        let reception = MailboxReception(desk.settings, pool: MailboxDesk.pool) {
            _, _ throws(TransportFailure) in MemoryChannel(mailbox)
        }
        var failures = 0
        while try await desk.live(reception: reception) != nil {
            failures += 1
            try #require(failures < 10)
        }
        #expect(failures == 2)
        #expect(try desk.tickets == 2)
        #expect(try desk.desk.lines("SELECT code FROM quarantine") == ["withheld"])
        // Its header is what could be had.
        #expect(try desk.keptCursor?.uid == 3)
    }

    @Test("a mail at which the connection dies each time is found, and given up alone")
    func killer() async throws {
        let desk = try await MailboxDesk { $0.patience.attempts = 3 }
        for number in 1...6 { desk.mailbox.add(MailboxDesk.mail(number)) }
        let mailbox = desk.mailbox
        let reception = MailboxReception(desk.settings, pool: MailboxDesk.pool) {
            _, _ throws(TransportFailure) in
            TrippingChannel(MemoryChannel(mailbox), atUID: 4)
        }
        var failures = 0
        while try await desk.live(reception: reception) != nil {
            failures += 1
            try #require(failures < 20)
        }
        #expect(try desk.tickets == 5)
        #expect(try desk.desk.lines("SELECT code FROM quarantine") == ["withheld"])
        print(
            "a mail that kills the connection: \(failures) connections, then 5 tickets and 1 in quarantine"
        )
    }

    @Test("a store that is full or busy is waited for, and the mail stays on the server")
    func refusals() async throws {
        let mailbox = StubMailbox()
        mailbox.add(MailboxDesk.mail(1))
        let desk = try await MailboxDesk()
        let reception = MailboxReception(desk.settings, pool: MailboxDesk.pool) {
            _, _ throws(TransportFailure) in MemoryChannel(mailbox) { $0 < 3 ? .goOn : .stop }
        }
        let adapter = try AdapterTests.adapter()
        let host = RememberingHost()
        host.refuse(.noSpace)
        await #expect(throws: ChannelInterruption.self) {
            try await reception.run(from: nil, adapter: adapter, host: host)
        }
        host.refuse(.busy(retryAfter: .seconds(1)))
        // Cancelled while it waits.
        try await reception.run(from: nil, adapter: adapter, host: host)
        #expect(host.messages == [])
        host.refuse(nil)
        try await reception.run(from: nil, adapter: adapter, host: host)
        #expect(host.messages.map(\.externalID) == ["q1@outside.example"])
    }
}

/// Dies whenever one mail's bytes are asked for.
final class TrippingChannel: IMAPChannel {
    private let channel: MemoryChannel
    private let uid: Int

    init(_ channel: MemoryChannel, atUID uid: Int) {
        self.channel = channel
        self.uid = uid
    }

    func send(_ bytes: [UInt8], within patience: Duration) async throws(TransportFailure) {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.contains("BODY.PEEK["), let set = line.split(separator: " ").dropFirst(3).first,
            set.split(separator: ",").contains(where: { part in
                let ends = part.split(separator: ":").compactMap { Int($0) }
                return ends.first.map { $0 <= uid && uid <= ends.last ?? 0 } ?? false
            })
        {
            throw .interrupted("reset")
        }
        try await channel.send(bytes, within: patience)
    }

    func receive(
        within patience: Duration
    ) async throws(TransportFailure) -> SecuredConnection.Reception {
        try await channel.receive(within: patience)
    }

    func close() {}
}
