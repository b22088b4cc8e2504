import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("What is kept no longer")
struct RetentionTests {
    private func desk(_ retention: RetentionPolicy) async throws -> TestDesk {
        var plan = DeskPlan.standard
        plan.retention = retention
        return try await TestDesk(plan)
    }

    private static func mail(_ id: String, _ text: String = "Words") -> InboundMessage {
        .mail(
            from: "sara@example.ir", id: id, text: text,
            raw: Array("Message-ID: <\(id)>\r\n\r\n\(text)\r\n".utf8))
    }

    private func deleteAll(_ desk: TestDesk) async throws {
        let retention = RetentionDesk(desk.desk)
        var reached: MessageID? = MessageID(rawValue: 0)
        for _ in 0..<100 {
            guard let last = reached else { return }
            reached = try await retention.deletePage(after: last)
        }
        Issue.record("it never ends")
    }

    private func raws(_ desk: TestDesk) throws -> [String] {
        try desk.lines("SELECT raw IS NOT NULL FROM messages ORDER BY id")
    }

    @Test("is the bytes of old mails, not their words")
    func rawMail() async throws {
        let desk = try await desk(RetentionPolicy(rawMail: .days(30)))
        _ = try await desk.ticket(Self.mail("old@e"))
        desk.clock.advance(by: .days(31))
        _ = try await desk.ticket(Self.mail("new@e"))
        try await deleteAll(desk)
        #expect(try raws(desk) == ["0", "1"])
        #expect(try desk.count("SELECT COUNT(*) FROM blobs") == 1)
        #expect(
            try desk.count("SELECT COUNT(*) FROM contents WHERE kind = 'message' AND body IS NULL")
                == 0)
        #expect(try desk.types().filter { $0 == "retention_applied" }.count == 1)
        // What came once is still known when it comes again.
        #expect(
            try await desk.deliver(Self.mail("old@e"))
                == .duplicate(message: MessageID(rawValue: 1), ticket: TicketNumber(rawValue: 1)))
        try await deleteAll(desk)
        #expect(try desk.types().filter { $0 == "retention_applied" }.count == 1)
        try desk.verify()
    }

    @Test("leaves what files are parts of, and what another mail has too")
    func needed() async throws {
        let desk = try await desk(RetentionPolicy(rawMail: .days(30)))
        var withFile = Self.mail("file@e", "hello")
        let raw = try #require(withFile.raw)
        let start = raw.count - 7
        withFile.attachments = [
            InboundAttachment(
                name: "a.txt", contentType: "text/plain", size: 5,
                sha256: BlobHash(
                    rawValue: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
                body: .range(offset: start, length: 5, encoding: .identity))
        ]
        _ = try await desk.ticket(withFile)
        _ = try await desk.deliver(Self.mail("twice@e"))
        desk.clock.advance(by: .days(31))
        // The same mail to another team's inbox, so that it is a message of its own.
        _ = try await desk.deliver(Self.mail("twice@e"), to: .peopleMail)
        try await deleteAll(desk)
        #expect(try raws(desk) == ["1", "0", "1"])
        #expect(try desk.count("SELECT COUNT(*) FROM blobs") == 2)
        try desk.verify()
    }

    @Test("is mail that could not be read")
    func quarantine() async throws {
        let desk = try await desk(RetentionPolicy(quarantine: .days(30)))
        _ = try await desk.intake.quarantine(
            Array("old".utf8), reason: QuarantineReason(code: "broken", detail: "old"),
            from: .supportMail)
        desk.clock.advance(by: .days(31))
        _ = try await desk.intake.quarantine(
            Array("new".utf8), reason: QuarantineReason(code: "broken", detail: "new"),
            from: .supportMail)
        try await deleteAll(desk)
        #expect(try desk.lines("SELECT id FROM quarantine") == ["2"])
        #expect(try desk.count("SELECT COUNT(*) FROM blobs") == 1)
        try desk.verify()
    }

    @Test("is looked at before, in pages, and nothing where nothing is said")
    func preview() async throws {
        let desk = try await desk(RetentionPolicy())
        for number in 0..<5 { _ = try await desk.deliver(Self.mail("m\(number)@e")) }
        desk.clock.advance(by: .days(31))
        let retention = RetentionDesk(desk.desk)
        let preview = try await retention.preview(RetentionPolicy(rawMail: .days(30)))
        #expect(preview.rawMail?.count == 5)
        #expect((preview.rawMail?.bytes ?? 0) > 0)
        #expect(preview.quarantine == nil)
        #expect(try await retention.preview(RetentionPolicy()).rawMail == nil)
        try await deleteAll(desk)
        #expect(try raws(desk) == ["1", "1", "1", "1", "1"])
    }
}
