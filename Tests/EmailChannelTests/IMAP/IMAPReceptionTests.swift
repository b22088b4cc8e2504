import ChannelKit
import CurlTransport
import HelpdeskCore
import StubServers
import Synchronization
import TestKit
import Testing

@testable import EmailChannel

@Suite("IMAP: what becomes of mail") struct IMAPReceptionTests {
    @Test("a new inbox begins at the newest mail, and remembers where even when no mail comes")
    func newest() async throws {
        let desk = try await MailboxDesk { $0.importSince = nil }
        for number in 1...3 { desk.mailbox.add(MailboxDesk.mail(number)) }
        #expect(try await desk.live() == nil)
        #expect(try desk.tickets == 0)
        // Came while nobody was connected.
        desk.mailbox.add(MailboxDesk.mail(4))
        try await desk.live()
        #expect(try desk.tickets == 1)
        #expect(try desk.keptCursor?.uid == 4)
        #expect(try desk.desk.lines("SELECT status FROM tickets") == ["new"])
    }

    @Test("A10 IMAP cursor: 10,000 old mails of a first contact are closed history and put nothing into the outbox")
    func history() async throws {
        let count = TestSize.number("HAMDEL_FULL", else: 0) > 0 ? 10_000 : 500
        let desk = try await MailboxDesk()
        for number in 1...count {
            desk.mailbox.add(MailboxDesk.mail(number), at: "01-Mar-2024 10:00:00 +0000")
        }
        desk.mailbox.add(MailboxDesk.mail(count + 1))
        try await desk.live()
        #expect(try desk.messages == count + 1)
        #expect(try desk.desk.lines("SELECT status, COUNT(*) FROM tickets GROUP BY status") == ["closed \(count)", "new 1"])
        // The one of today is acknowledged.
        #expect(try desk.outbox == 1)
        let again = try desk.messages
        try await desk.live()
        #expect(try desk.messages == again)
        print("invariant 12 over IMAP: \(count) old mails, 0 outbox rows; 1 of today, 1 outbox row")
    }

    @Test("import_since passes older mails over, for good")
    func since() async throws {
        let desk = try await MailboxDesk {
            $0.importSince = Instant(milliseconds: 1_767_225_600_000)
        }
        for date in ["31-Dec-2025 23:59:59 +0000", "01-Jan-2026 00:00:00 +0000", "02-Jan-2026 10:00:00 +0330", "30-Dec-2025 10:00:00 +0000"] {
            desk.mailbox.add(MailboxDesk.mail(desk.mailbox.now.mails.count), at: date)
        }
        try await desk.live()
        #expect(try desk.desk.lines("SELECT subject IS NOT NULL FROM tickets").count == 2)
        #expect(try desk.keptCursor?.uid == 4)
        #expect(try desk.keptCursor?.settled == 4)
    }

    @Test("A10 IMAP cursor: new UIDs lose and double nothing, and a restored mailbox with new dates acknowledges nobody again")
    func validity() async throws {
        let desk = try await MailboxDesk { $0.importSince = nil }
        desk.mailbox.add(
            MailboxDesk.mail(1, date: "Fri, 1 Mar 2024 10:00:00 +0000"),
            at: "01-Mar-2024 10:00:00 +0000")
        try await desk.live()
        for number in 2...40 { desk.mailbox.add(MailboxDesk.mail(number)) }
        try await desk.live()
        #expect(try desk.tickets == 39)
        let outbox = try desk.outbox
        // One of them came while the mailbox was restored; the oldest one was never ours; the dates are kept.
        desk.mailbox.add(MailboxDesk.mail(41))
        desk.mailbox.renumber()
        try await desk.live()
        #expect(try desk.tickets == 40)
        #expect(try desk.outbox == outbox + 1)
        // Restored again, with all dates of today: an old mail that nobody took is history by its own date.
        desk.mailbox.add(MailboxDesk.mail(50, date: "Fri, 1 Mar 2024 10:00:00 +0000"))
        desk.mailbox.renumber(at: StubMailbox.today)
        try await desk.live()
        #expect(try desk.tickets == 42)
        #expect(try desk.outbox == outbox + 1)
        #expect(try desk.desk.lines("SELECT COUNT(*) FROM tickets WHERE status = 'closed'") == ["2"])
        // While connected, found by the next look.
        desk.mailbox.add(MailboxDesk.mail(51))
        let mailbox = desk.mailbox
        try await desk.live { wait in
            if wait == 1 { mailbox.renumber() }
            return wait < 3 ? .goOn : .stop
        }
        #expect(try desk.tickets == 43)
        #expect(try desk.keptCursor?.validity == mailbox.now.validity)
        try desk.desk.verify()
        print("A10 UIDVALIDITY changed 3 times over 43 mails: 0 lost, 0 double, 0 acknowledged twice")
    }

    @Test("an old mail that a person moves into the folder is ours, as history")
    func movedIn() async throws {
        let desk = try await MailboxDesk { $0.importSince = nil }
        desk.mailbox.add(MailboxDesk.mail(1))
        try await desk.live()
        desk.mailbox.add(MailboxDesk.mail(2), at: "01-Mar-2024 10:00:00 +0000")
        try await desk.live()
        #expect(try desk.desk.lines("SELECT status FROM tickets") == ["closed"])
        #expect(try desk.outbox == 0)
    }

    @Test("another folder or server is read from where this inbox began, whatever its UIDs")
    func place() async throws {
        var desk = try await MailboxDesk { $0.importSince = nil }
        desk.mailbox.add(MailboxDesk.mail(1))
        try await desk.live()
        desk.mailbox.add(MailboxDesk.mail(2))
        try await desk.live()
        desk.settings.server = try ConnectionServer(url: "imaps://new.example.org", user: "sara")
        desk.mailbox.add(MailboxDesk.mail(3))
        try await desk.live()
        // The first was there at the beginning and yet is of that day: taken now, once.
        #expect(try desk.messages == 3)
    }

    @Test("a mail above the limit is ticketed from its header; its body stays on the server and is not fetched")
    func large() async throws {
        let desk = try await MailboxDesk { $0.messageBytes = 4_000 }
        let large = MailboxDesk.mail(1) + Array(repeating: UInt8(ascii: "x"), count: 6_000)
        desk.mailbox.add(large)
        // The server says less than it sends.
        desk.mailbox.add(MailboxDesk.mail(2) + Array(repeating: UInt8(ascii: "y"), count: 90_000), size: 100)
        desk.mailbox.add(MailboxDesk.mail(3))
        try await desk.live()
        #expect(try desk.tickets == 3)
        #expect(try desk.quarantined == 0)
        let fetched = desk.mailbox.now.commands.filter { $0.contains("BODY.PEEK") }
        #expect(fetched == [
            "UID FETCH 2:3 (UID BODY.PEEK[])", "UID FETCH 2 (UID BODY.PEEK[HEADER]<0.262144>)",
            "UID FETCH 1 (UID BODY.PEEK[HEADER]<0.262144>)",
        ])
        // The same header makes the same message.
        desk.mailbox.renumber()
        try await desk.live()
        #expect(try desk.tickets == 3)
    }

    @Test("the ticket of a large mail says who wrote, what about, and where the rest is")
    func headerTicket() throws {
        let header = "From: a@b.example\r\nSubject: Big\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\nMessage-ID: <big@x>\r\n\r\n"
        let adapter = try AdapterTests.adapter()
        let message = try HeaderTicket.message(
            Array(header.utf8), size: 64_000_000, limit: 26_214_400, adapter: adapter
        ).get()
        #expect(message.subject == "Big")
        #expect(message.externalID == "big@x")
        #expect(message.text.hasPrefix("[This mail is 61.0 MiB, above the limit of 25.0 MiB."))
        #expect(message.raw == Array(header.utf8))
        #expect(message.attachments == [])
    }

    @Test("mark_seen and move_to act after the commit, on what is kept alone", arguments: [
        "IMAP4rev1 MOVE UIDPLUS", "IMAP4rev1 UIDPLUS", "IMAP4rev1",
    ])
    func settling(capabilities: String) async throws {
        let desk = try await MailboxDesk {
            $0.importSince = nil
            $0.marking = .seen
            $0.moveTo = "Done"
        }
        desk.mailbox.change { $0.capabilities = capabilities }
        desk.mailbox.add(MailboxDesk.mail(1))
        try await desk.live()
        for number in 2...5 { desk.mailbox.add(MailboxDesk.mail(number)) }
        try await desk.live()
        #expect(try desk.tickets == 4)
        let state = desk.mailbox.now
        #expect(state.moved["Done"] == (2...5).map { MailboxDesk.mail($0) })
        #expect(state.mails.first?.uid == 1)
        #expect(state.mails.first?.flags == [])
        let left = state.mails.dropFirst().map(\.flags)
        #expect(left == (capabilities == "IMAP4rev1" ? Array(repeating: ["\\Seen", "\\Deleted"], count: 4) : []))
        let commands = state.commands
        let select = try #require(commands.firstIndex(of: "SELECT \"INBOX\""))
        #expect(!commands[..<select].contains { $0.contains("STORE") || $0.contains("MOVE") || $0.contains("COPY") })
        #expect(try desk.keptCursor?.settled == 5)
    }

    @Test("without mark_seen and move_to nothing that changes a mailbox is ever said")
    func readOnly() async throws {
        let desk = try await MailboxDesk()
        for number in 1...50 { desk.mailbox.add(MailboxDesk.mail(number)) }
        try await desk.live { $0 < 5 ? .goOn : .stop }
        let changing = desk.mailbox.now.commands.filter {
            !($0.hasPrefix("EXAMINE") || $0.hasPrefix("FETCH") || $0 == "IDLE" || $0 == "NOOP" || $0 == "DONE"
                || $0 == "CAPABILITY" || ($0.hasPrefix("UID FETCH") && ($0.contains("PEEK") || $0.hasSuffix("(UID)"))))
        }
        #expect(changing == [])
        #expect(try desk.tickets == 50)
    }

    @Test("an old token is replaced once, a dead one is ops' to mend")
    func tokens() async throws {
        let asked = Counter()
        let desk = try await MailboxDesk {
            $0.credential = .token { () async throws(TokenFailure) in
                asked.add(1)
                return "token-\(asked.count)"
            }
        }
        let valid = Mutex<Set<String>>(["token-1"])
        let mailbox = desk.mailbox
        let reception = MailboxReception(desk.settings, pool: MailboxDesk.pool) {
            _, signIn throws(TransportFailure) in
            guard case .bearer(let token) = signIn, valid.withLock({ $0.contains(token) }) else {
                throw .signInRefused("535 old")
            }
            return MemoryChannel(mailbox)
        }
        #expect(try await desk.live(reception: reception) == nil)
        #expect(try await desk.live(reception: reception) == nil)
        #expect(asked.count == 1)
        valid.withLock { $0 = ["token-2"] }
        #expect(try await desk.live(reception: reception) == nil)
        #expect(asked.count == 2)
        valid.withLock { $0 = [] }
        let health = try await desk.live(reception: reception)
        #expect(health?.action == .relogin)
        #expect(health?.state == .down)
        #expect(asked.count == 3)
    }

    @Test("IDLE tells of mail at once; without it a poll finds it; a mail while nothing is said is found by the next look", arguments: [
        (IMAPSettings.Waiting.idle, "IMAP4rev1 IDLE"), (.poll, "IMAP4rev1 IDLE"), (.idle, "IMAP4rev1"),
    ])
    func waiting(waiting: IMAPSettings.Waiting, capabilities: String) async throws {
        let desk = try await MailboxDesk { $0.waiting = waiting }
        desk.mailbox.change { $0.capabilities = capabilities }
        let mailbox = desk.mailbox
        try await desk.live { wait in
            if wait == 2 { mailbox.add(MailboxDesk.mail(1)) }
            return wait < 5 ? .goOn : .stop
        }
        #expect(try desk.tickets == 1)
        let isIdling = waiting == .idle && capabilities.contains("IDLE")
        #expect(mailbox.now.commands.contains("IDLE") == isIdling)
        #expect(mailbox.now.commands.contains("NOOP") == !isIdling)
    }

    @Test("a folder or server that refuses says what to do")
    func health() async throws {
        var desk = try await MailboxDesk { $0.folder = "Nowhere" }
        #expect(
            try await desk.live()
                == ChannelHealth(
                    state: .down, detail: "the server refused EXAMINE: no such folder",
                    action: .fixConfiguration))
        desk.settings.folder = "INBOX"
        try await desk.live()
        let host = IntakeHostProbe()
        await host.ok(desk)
    }
}

/// What a working mailbox reports.
private struct IntakeHostProbe {
    func ok(_ desk: MailboxDesk) async {
        let mailbox = desk.mailbox
        let reception = MailboxReception(desk.settings, pool: MailboxDesk.pool) {
            _, _ throws(TransportFailure) in MemoryChannel(mailbox)
        }
        #expect(await reception.check() == ChannelHealth(state: .ok, detail: "0 mails in INBOX"))
    }
}
