import ChannelKit
import CurlTransport
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import StubServers
import Synchronization
import TestKit
import Testing

@testable import EmailChannel

@Suite("IMAP: many mails, many mailboxes") struct IMAPScaleTests {
    @Test(
        "A11 IMAP literal tricks: 10,000 mails that imitate the protocol come as the bytes they are"
    )
    func literals() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let generator = Mutex(SeededRandom(seed: seed))
        var random = SeededRandom(seed: seed &+ 1)
        let tricks = [
            "h1 OK done", "h2 OK fetched", "* 1 FETCH (UID 2 BODY[] {5}", ")", "{10}", "~{3}",
            "* BYE", "+ go", "\r\n", "\n", "\r",
            "* 99 EXISTS", "\"", "\\", "NIL", "* OK [UIDVALIDITY 1]", "BODY[] NIL)", "\0",
            "h999 NO", "* VANISHED 1:*", "(((", "}\r\n", "DONE",
        ].map { Array($0.utf8) }
        let mailbox = StubMailbox()
        let count = 10_000
        for number in 1...count {
            var bytes = Array("Subject: \(number)\r\n\r\n".utf8)
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                bytes += tricks.randomElement(using: &random) ?? []
                if Bool.random(using: &random) { bytes += [0x0D, 0x0A] }
            }
            mailbox.add(bytes)
        }
        let session = IMAPSession(
            MemoryChannel(
                mailbox,
                chunks: .init { generator.withLock { Int.random(in: 1...700, using: &$0) } }),
            patience: IMAPPatience(), literalBytes: 1 << 20)
        try await session.begin()
        try await session.open("INBOX", .readOnly)
        let mails = mailbox.now.mails
        var equal = 0
        for start in stride(from: 0, to: count, by: 100) {
            let batch = mails[start..<(start + 100)]
            let found = try await session.mails(batch.map(\.uid), bytes: 1 << 20)
            for mail in batch where found[mail.uid] == .bytes(mail.bytes) { equal += 1 }
        }
        #expect(equal == count, "seed \(seed)")
        #expect(session.folder?.mails == count)
        print("A11: \(equal) of \(count) mails have the server's bytes, seed \(seed)")
    }

    @Test(
        "A12 big mailbox: a poll of 100,000 mails with nothing new is small, and finding the place takes a handful of commands"
    )
    func big() async throws {
        let mailbox = StubMailbox()
        for number in 1...100_000 { mailbox.add(Array("Subject: \(number)\r\n\r\nx".utf8)) }
        let session = IMAPSession(
            MemoryChannel(mailbox) { _ in .goOn }, patience: IMAPPatience(), literalBytes: 1 << 20)
        try await session.begin()
        try await session.open("INBOX", .readOnly)
        func cost(_ work: () async throws -> Void) async throws -> (Int, Int) {
            let before = session.traffic
            try await work()
            return (
                session.traffic.commands - before.commands,
                session.traffic.bytesReceived - before.bytesReceived
            )
        }
        let poll = try await cost {
            let hasNews = try await session.poll()
            #expect(!hasNews)
        }
        let look = try await cost { try await session.open("INBOX", .readOnly) }
        let idle = try await cost {
            let hasNews = try await session.idle(for: .zero)
            #expect(!hasNews)
        }
        for cost in [poll, look, idle, (idle.0 + look.0, idle.1 + look.1)] {
            #expect(cost.0 <= 3)
            #expect(cost.1 <= 64 << 10)
        }
        #expect(session.mayHold(above: 100_000) == false)
        mailbox.add(Array("Subject: new\r\n\r\nx".utf8))
        #expect(try await session.poll())
        let one = try await cost {
            let place = try await session.firstSequence(above: 100_000)
            #expect(place == 100_001)
        }
        #expect(one.0 == 1)
        // After a long absence: anywhere in the middle.
        var most = 0
        for uid in [1, 2, 77, 4_711, 50_000, 99_900] as [UInt32] {
            let found = try await cost {
                let place = try await session.firstSequence(above: uid)
                #expect(place == Int(uid) + 1)
            }
            most = max(most, found.0)
        }
        #expect(most <= 25)
        print(
            "A12 at the stub, 100,000 mails: NOOP \(poll), EXAMINE \(look), IDLE \(idle) as (commands, bytes); one new mail found with \(one); a place in the middle with at most \(most) commands"
        )
    }

    @Test(
        "A13 dead or slow server: a silent, a slow and a resetting one leave the other mailboxes as they are"
    )
    func isolation() async throws {
        var plan = DeskPlan.oneAgent
        plan.ticketsPerSenderHour = 0
        let desk = try await TestDesk(plan)
        let silent = try StubServer { $0.drain() }
        // A byte now and then: alive, and never done.
        let slow = try StubServer { connection in
            while connection.readLine() != nil { connection.write("*") }
        }
        let resetting = try StubServer { $0.cut() }
        let healthy = try (0..<3).map { _ in
            let mailbox = StubMailbox()
            return (mailbox, try StubServer.imap(mailbox))
        }
        let reports = Mutex<[String: [InboxRunner.Report]]>([:])
        let resets = Counter()
        let inboxes: [InboxID] = [.supportMail, .salesMail, .peopleMail]
        let runs = Mutex<[(String, InboxRunner)]>([])
        func add(_ name: String, _ port: UInt16, _ inbox: InboxID) throws {
            let settings = IMAPSettings(
                server: try ConnectionServer(
                    url: "imap://127.0.0.1:\(port)", tls: .opportunistic, user: "sara"),
                credential: .signIn(.password("secret")), waiting: .poll,
                poll: .milliseconds(10), importSince: .distantPast)
            let adapter = try EmailAdapter(
                configuration: ChannelConfiguration(
                    inbox: inbox, values: ["address": .text("support@desk.example")], zone: .utc),
                transport: nil, mailbox: MailboxReception(settings, pool: MailboxDesk.pool))
            let runner = InboxRunner(
                desk.desk, inbox: inbox, adapter: adapter,
                host: IntakeHost(desk.desk, inbox: inbox) { .max },
                pause: { _ in resets.count < 20 && !Task.isCancelled },
                report: { report in
                    reports.withLock { $0[name, default: []].append(report) }
                    if name == "resetting" { resets.add(1) }
                })
            runs.withLock { $0.append((name, runner)) }
        }
        try add("silent", silent.port, .supportMail)
        try add("slow", slow.port, .supportMail)
        try add("resetting", resetting.port, .supportMail)
        for (index, server) in healthy.enumerated() {
            try add("healthy \(index)", server.1.port, inboxes[index])
        }
        let tasks = runs.withLock { $0 }.map { run in Task { await run.1.run() } }
        await silent.accepted.reach(1)
        await slow.accepted.reach(1)
        await resets.reach(20)
        let arrived = Counter()
        let listener = desk.store.writer.onCommit { _ in arrived.add(1) }
        defer { desk.store.writer.removeListener(listener) }
        for (index, server) in healthy.enumerated() {
            for number in 1...20 { server.0.add(MailboxDesk.mail(index * 100 + number)) }
        }
        while try desk.count("SELECT COUNT(*) FROM tickets") < 60 {
            await arrived.reach(arrived.count + 1)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        let seen = reports.withLock { $0 }
        let alarms = seen["resetting"]?.filter { if case .alarm = $0 { true } else { false } }.count
        #expect(alarms == 1)
        #expect(seen.keys.filter { $0.hasPrefix("healthy") } == [])
        print(
            "A13 at stubs: silent, slow and resetting servers beside 3 healthy: 60 of 60 mails taken, \(resets.count) resets, 1 alarm"
        )
    }
}
