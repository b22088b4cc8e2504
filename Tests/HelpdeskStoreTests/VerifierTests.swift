import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct VerifierTests {
    typealias Difference = VerificationReport.Difference

    /// A store with a little of everything.
    private func desk() throws -> TestDesk {
        let desk = try TestDesk()
        try desk.addStaff()
        try desk.write {
            let sara = try $0.makeCustomer("Sara Ahmadi", .email("sara@example.ir"))
            let ticket = try $0.open(sara, "Broken lamp")
            let raw = Array("Subject: lamp\r\n\r\naGVsbG8=\r\n".utf8)
            try $0.receive(
                ticket, sara,
                Letter(
                    text: "My lamp is broken", raw: raw,
                    files: [.init(name: "hello.txt", contentType: "text/plain", contentID: nil)],
                    attachments: [
                        AttachmentRef(
                            id: $0.nextAttachment(),
                            sha256: VerificationRun.hash(Array("hello".utf8)),
                            size: 5, place: .range(offset: 17, length: 10, encoding: "base64"))
                    ]))
            try $0.answer(ticket, sara, "We send a new one")
            _ = try $0.note(ticket, sara, "Third time this week")
            try $0.close(ticket, sara)
            try $0.score(2, ticket, sara, "too slow")
            _ = try $0.keepDraft(
                DraftBody(kind: .reply, text: "Dear Sara"), CommandID(rawValue: "k-1"), of: .sara,
                on: ticket, version: 1)
        }
        return desk
    }

    @Test func aSoundStoreIsIntactAndCounted() throws {
        let desk = try desk()
        let report = try desk.store.verify()
        #expect(report.differences == [])
        #expect(report.isIntact)
        #expect(report.events == Int(report.lastPosition.rawValue))
        #expect(report.lastPosition == desk.store.writer.position)
        #expect(report.rows["messages"] == 3)
        #expect(report.rows.count == ProjectionTables.names.count)
        #expect(report.blobs == 1)
        #expect(report.attachments == 1)
        #expect(report.contents > 5)
    }

    @Test(arguments: [
        (
            "UPDATE tickets SET status = 'open' WHERE number = 1",
            Difference(
                kind: .changedColumn, table: "tickets", key: "1", column: "status",
                expected: "closed", found: "open")
        ),
        (
            "DELETE FROM messages WHERE id = 2",
            Difference(
                kind: .missingRow, table: "messages", key: "2", column: nil, expected: nil,
                found: nil)
        ),
        (
            "INSERT INTO ticket_tags (ticket, tag) VALUES (1, 'vip')",
            Difference(
                kind: .extraRow, table: "ticket_tags", key: "1/vip", column: nil, expected: nil,
                found: nil)
        ),
        (
            "UPDATE counters SET message = 2",
            Difference(
                kind: .counterBehind, table: "counters", key: "1", column: "message",
                expected: "3", found: "2")
        ),
        (
            "UPDATE invitations SET score = 5 WHERE id = 1",
            Difference(
                kind: .changedColumn, table: "invitations", key: "1", column: "score",
                expected: "2", found: "5")
        ),
        (
            "UPDATE attachments SET size = 6 WHERE id = 1",
            Difference(
                kind: .changedColumn, table: "attachments", key: "1", column: "size",
                expected: "5", found: "6")
        ),
        (
            "UPDATE drafts SET body = replace(body, 'Dear', 'Dead')",
            Difference(
                kind: .changedDraft, table: "drafts", key: "sara/k-1", column: nil,
                expected: nil, found: nil)
        ),
    ])
    func oneChangedRowIsNamed(_ sql: String, _ expected: Difference) throws {
        let desk = try desk()
        try desk.execute(sql)
        let report = try desk.store.verify()
        #expect(report.differences == [expected])
        #expect(!report.isIntact)
    }

    @Test func oneFlippedBitOfABlobIsFoundWithTheAttachmentInIt() throws {
        let desk = try desk()
        let raw = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.rawMessage(MessageID(rawValue: 1), viewer: .system)
            })
        var flipped = raw
        flipped[18] ^= 1
        try desk.execute("UPDATE blobs SET bytes = $1", [flipped])
        let kinds = try desk.store.verify().differences.map(\.kind)
        #expect(kinds == [.changedBlob, .changedAttachment])
    }

    @Test func aMissingBlobIsFound() throws {
        let desk = try desk()
        try desk.execute("DELETE FROM blobs")
        let differences = try desk.store.verify().differences
        #expect(differences.map(\.kind) == [.missingBlob])
        #expect(differences.first?.key == "1")
    }

    @Test func changedWordsAreFoundAndErasedOnesAreNot() throws {
        let desk = try desk()
        try desk.execute("UPDATE contents SET body = 'Sara Ahmadi!' WHERE kind = 'name'")
        let changed = try desk.store.verify().differences
        #expect(changed.map(\.kind) == [.changedContent])
        // A comment is in no projection but by its id: erasing it leaves all else equal.
        let other = try self.desk()
        try other.execute("UPDATE contents SET body = NULL, salt = NULL WHERE kind = 'comment'")
        let erased = try other.store.verify()
        #expect(erased.isIntact)
        #expect(erased.erasedContents == 1)
    }

    @Test func aMissingContentRowIsFound() throws {
        let desk = try desk()
        try desk.execute("DELETE FROM contents WHERE kind = 'comment'")
        #expect(try desk.store.verify().differences.map(\.kind) == [.missingContent])
    }

    @Test func aGapInThePositionsIsFound() throws {
        let desk = try desk()
        // The note's event: nothing else depends on it but its own rows.
        let position = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.connection.first(
                    "SELECT position FROM events WHERE type = 'note_written'"
                ) { row throws(StoreError) in try row.integer(0) }
            })
        try desk.execute("DELETE FROM events WHERE position = $1", [position])
        let differences = try desk.store.verify().differences
        #expect(differences.contains { $0.kind == .positionGap && $0.key == "\(position)" })
        #expect(differences.contains { $0.kind == .extraRow && $0.table == "messages" })
    }

    @Test func aCutOffEndOfTheStreamIsFound() throws {
        let desk = try desk()
        try desk.execute("DELETE FROM events WHERE position = (SELECT MAX(position) FROM events)")
        #expect(try desk.store.verify().differences.contains { $0.kind == .positionGap })
    }

    @Test func anEventThatCannotBeReadIsFound() throws {
        let desk = try desk()
        try desk.execute("UPDATE events SET data = '{}' WHERE type = 'note_written'")
        #expect(try desk.store.verify().differences.contains { $0.kind == .unreadableEvent })
    }

    @Test func anIndexThatLacksAWordIsFound() throws {
        let desk = try desk()
        let text = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.connection.first("SELECT text FROM search_docs WHERE id = 3") {
                    row throws(StoreError) in try row.text(0)
                }
            })
        try desk.execute(Dialect.forgetDocument, [Int64(3), text])
        let report = try desk.store.verify()
        #expect(Set(report.differences.map(\.kind)) == [.searchIndex])
        #expect(Set(report.differences.map(\.key)).isSuperset(of: ["third", "week"]))
    }

    /// A store from before invitations had a team as soon as they were decided on.
    @Test func teamsOfSurveysComeWithTheMigration() throws {
        let desk = try desk()
        try desk.write {
            let nima = try $0.makeCustomer("Nima Rad", .email("nima@example.ir"))
            let ticket = try $0.open(nima, "Late")
            try $0.add(
                .survey(
                    .scheduled(
                        SurveyScheduled(
                            invitation: $0.nextInvitation(), kind: .csat, due: TestDesk.start))),
                ticket, nima)
        }
        try desk.execute("UPDATE invitations SET team = NULL WHERE state = 'scheduled'")
        #expect(try desk.store.verify().differences.map(\.column) == ["team"])
        let before = try #require(
            Schema.steps.firstIndex { $0.title.hasPrefix("teams of surveys") })
        try desk.execute("UPDATE meta SET value = '\(before)' WHERE name = 'schema'")
        try Migrator(database: desk.store.database).migrate(
            now: TestDesk.start,
            seed: StoreSeed(signingKey: [UInt8](repeating: 9, count: 32)))
        #expect(try desk.store.verify().isIntact)
    }

    @Test func itRunsOnASnapshotWhileOthersWrite() throws {
        let desk = try desk()
        let before = desk.store.writer.position
        let wrote = Counter()
        let report = try desk.store.verify { _ in
            guard wrote.value == 0 else { return }
            wrote.add()
            try? desk.write { _ = try $0.makeCustomer("Late") }
        }
        #expect(report.isIntact)
        #expect(report.lastPosition == before)
        #expect(desk.store.writer.position > before)
        #expect(try desk.store.verify().isIntact)
    }

    @Test func everyProjectionHasAShapeThatTheEngineAgreesWith() throws {
        let desk = try TestDesk()
        #expect(TableShape.projections.map(\.name) == ProjectionTables.names)
        for shape in TableShape.projections {
            let columns = try desk.read { reader throws(StoreError) in
                try reader.connection.all("PRAGMA table_info(\(shape.name))") {
                    row throws(StoreError) in (try row.text(1), try row.integer(5))
                }
            }
            #expect(columns.map(\.0) == shape.columns)
            #expect(Set(columns.filter { $0.1 > 0 }.map(\.0)) == Set(shape.key))
        }
        // A projection that is created but not compared would escape every verification.
        let created = ProjectionTables.statements.compactMap(TableShape.init(statement:)).map(
            \.name)
        #expect(Set(created) == Set(ProjectionTables.names))
    }
}
