import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// A small database of every release, as text, is brought to today's schema: whole, and read as it was. A new one is written at
/// each release with `HAMDEL_WRITE_RELEASE=VERSION swift test --filter ReleaseTests` and never changed afterwards
/// (`HAMDEL_WRITE_SCHEMA=N` writes it as of an earlier schema).
@Suite("Databases of released versions") struct ReleaseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Releases").standardized

    private static func releases() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
    }

    @Test("one is written where that is asked for", .enabled(if: writes != nil))
    func written() throws {
        let version = try #require(Self.writes)
        let schema =
            ProcessInfo.processInfo.environment["HAMDEL_WRITE_SCHEMA"].flatMap { Int($0) }
            ?? Schema.version
        let desk = try ReleaseDesk.make()
        let dump = try DatabaseDump.text(
            of: desk.store, schema: schema, reads: try ReleaseDesk.reads(desk.store))
        let file = Self.folder.appending(path: "\(version).sql")
        try #require(!FileManager.default.fileExists(atPath: file.path), "a release never changes")
        try dump.write(to: file, atomically: true, encoding: .utf8)
    }

    private static let writes = ProcessInfo.processInfo.environment["HAMDEL_WRITE_RELEASE"]

    @Test("is upgraded, verified and read as it was")
    func upgraded() throws {
        let releases = try Self.releases()
        #expect(!releases.isEmpty)
        for release in releases {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("hamdel-release-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let path = folder.appendingPathComponent("old.db").path
            let dump = try String(contentsOf: Self.folder.appending(path: release), encoding: .utf8)
            try DatabaseDump.restore(dump, to: path)
            let store = try Store(
                path: path, now: TestDesk.start,
                seed: StoreSeed(signingKey: [UInt8](repeating: 9, count: 32)))
            let report = try store.verify()
            #expect(report.isIntact, "\(release): \(report.differences.prefix(3))")
            #expect(report.events > 50)
            #expect(try ReleaseDesk.reads(store) == DatabaseDump.reads(of: dump), "\(release)")
            let version = try Migrator(database: store.database).version()
            #expect(version == Schema.version)
            // It goes on from where it was.
            try store.writer.submitNow(at: TestDesk.start + .days(400), failing: Never.self) {
                let customer = try $0.makeCustomer("New", .email("new@example.ir"))
                _ = try $0.open(customer, team: .support, "After the upgrade")
            }
            #expect(try store.verify().isIntact)
        }
    }

    @Test("hold a row in every table that a desk fills")
    func complete() throws {
        let desk = try ReleaseDesk.make()
        let empty = try desk.read { reader throws(StoreError) in
            var empty: [String] = []
            for table in try DatabaseDump.tables(reader.connection)
            where try !reader.connection.exists("SELECT 1 FROM \(table)") {
                empty.append(table)
            }
            return empty
        }
        #expect(Set(empty).subtracting(ReleaseDesk.mayBeEmpty) == [])
    }
}

/// A desk on which every table has something, with fixed times, ids and salts: the same bytes each time.
enum ReleaseDesk {
    /// What lasts for moments, or tells of damage and of backups put back.
    static let mayBeEmpty: Set<String> = [
        "alarms", "epochs", "archive_pieces", "archive_records", "notice_stops",
    ]

    static func make() throws -> TestDesk {
        let desk = try FullDesk().desk
        try desk.write(people)
        try desk.write(work)
        try desk.write(promises)
        for sql in beside { try desk.execute(sql) }
        return desk
    }

    private static func people(_ transaction: StoreTransaction) throws {
        let one = try transaction.makeCustomer("لیلا حسینی", .phone("+989121111111"))
        let other = try transaction.makeCustomer("Leila", .email("leila@example.ir"))
        try transaction.add(
            .customer(
                .merged(CustomerMerged(customer: one, into: other, evidence: nil, reason: nil))),
            nil, one)
        try transaction.add(
            .customer(
                .identitySuggested(
                    IdentitySuggested(
                        customer: other, kind: "email",
                        address: try transaction.keep(
                            "l@work.ir", as: .address, of: other, salt: StoreTransaction.salt),
                        other: nil, evidence: .typedAddress))), nil, other)
        let chat = try transaction.open(
            other, team: .support, "Chat", inbox: .chat, channel: .chatWebhook)
        try transaction.receive(
            chat, other,
            Letter(
                text: "سلام", channel: .chatWebhook, inbox: .chat, externalID: "c1",
                conversation: "visit-1"))
        let second = try transaction.open(other, team: .support, "Second")
        try transaction.add(
            .ticket(.merged(TicketMerged(into: chat, status: .new, participants: []))), second,
            other)
        try transaction.add(
            .ticket(.participantAdded(ParticipantChanged(identity: IdentityID(rawValue: 1)))),
            chat, other)
    }

    private static func work(_ transaction: StoreTransaction) throws {
        let (ticket, customer) = (FullDesk.openTicket, FullDesk.open)
        try transaction.add(
            .ticket(.watchBegun(WatchChanged(agent: .sara))), ticket, customer)
        try transaction.add(
            .ticket(
                .reminderSet(ReminderSet(agent: .sara, at: transaction.now, note: nil))), ticket,
            customer)
        try transaction.add(
            .desk(.presenceChanged(PresenceChanged(agent: .sara, presence: .online))), nil, nil)
        try transaction.add(
            .desk(.screenChanged(ScreenChanged(agent: .sara, screen: .open))), nil, nil)
        let macro = try Macro(
            name: MacroID(rawValue: "hello"), title: "Hello", texts: [.english: "Hello {customer}"])
        try transaction.add(
            .desk(
                .macroSet(
                    MacroSet(
                        macro: macro.name, teams: [],
                        content: try transaction.keep(
                            json: macro, as: .macro, of: nil, salt: StoreTransaction.salt)))), nil,
            nil)
        try transaction.keep(
            PreparedBytes(
                conversation: nil, envelopeSender: "a@desk", recipients: ["b@x.ir"],
                bytes: Array("Hello".utf8)), for: DeliveryID(rawValue: 1))
    }

    private static func promises(_ transaction: StoreTransaction) throws {
        let (ticket, customer) = (FullDesk.openTicket, FullDesk.open)
        try transaction.add(
            .promise(
                .given(
                    PromiseGiven(
                        until: transaction.now + .hours(4), delivery: DeliveryID(rawValue: 1)))),
            ticket, customer)
        try transaction.add(
            .sla(
                .started(
                    SLAStarted(
                        target: .firstResponse, policy: "standard", allowance: .hours(4),
                        deadline: SLADeadline(due: transaction.now + .hours(4), warning: nil)))),
            ticket, customer)
        try transaction.add(
            .delivery(
                .queued(
                    DeliveryQueued(
                        delivery: transaction.nextDelivery(), purpose: .notification, inbox: .mail,
                        message: nil, agent: .sara, invitation: nil,
                        content: try transaction.keep(
                            json: DeliveryContent(
                                recipients: ["sara@desk"], subject: nil, messageID: "n1@desk"),
                            as: .delivery, of: customer, salt: StoreTransaction.salt),
                        due: transaction.now))), ticket, customer)
        try transaction.add(
            .desk(
                .agentNoticed(
                    AgentNoticed(agent: .sara, kind: .assigned, ways: [.screen], held: []))),
            ticket, customer)
    }

    /// What stands beside the stream.
    private static let beside = [
        "INSERT INTO agent_skills VALUES ('sara', 'routers', 3)",
        "INSERT INTO agent_languages VALUES ('sara', 'fa')",
        "INSERT INTO agent_signatures VALUES ('sara', '', 'Sara, support')",
        "INSERT INTO agent_notice_settings VALUES ('sara', '', NULL)",
        "INSERT INTO tokens (hash, agent, created_at, name, scope) VALUES (X'0102', 'sara', 0, NULL, 'full')",
        "INSERT INTO inbox_cursors VALUES ('support-mail', 'c-1')",
        "INSERT INTO request_keys VALUES ('site-chat', 'msg_1', X'03', 1800000000000)",
        "INSERT INTO provider_ids VALUES ('site-chat', 'p1', 1, 1800000000000)",
        "INSERT INTO forwarding_cursors VALUES ('crm', 3, 'active', NULL)",
        "INSERT INTO forwarding_letters VALUES ('crm', 2, 'ticket:1', 'waiting', 1, 0, 5, NULL)",
        "INSERT INTO api_keys VALUES ('sara', 'k1', X'04', 200, '{}', 1800000000000)",
        "INSERT INTO uploads VALUES (1, 'sara', 'a.txt', 'text/plain', 'none', 5, 1800000000000)",
    ]

    /// What an agent reads of it, in words that no version changes: a ticket, a customer, a survey, a search.
    static func reads(_ store: Store) throws -> [String] {
        try store.readNow { reader throws(StoreError) in
            var lines: [String] = []
            let ticket = try reader.ticket(FullDesk.openTicket, viewer: .system)?.ticket
            lines.append(
                "ticket \(ticket?.number.rawValue ?? 0): \(ticket?.status.rawValue ?? "-"), "
                    + "\(ticket?.assignee?.rawValue ?? "-"), \(ticket?.tags.sorted() ?? []), "
                    + "opened \(ticket?.openedAt.milliseconds ?? 0)")
            for message in try reader.messages(of: FullDesk.openTicket, viewer: .system).rows {
                lines.append(
                    "message \(message.id.rawValue): \(message.direction.rawValue) "
                        + "\(message.receivedAt.milliseconds) \(message.content?.text ?? "-")")
            }
            let card = try reader.customer(FullDesk.open, viewer: .system)
            lines.append(
                "customer \(card?.customer.name ?? "-"): "
                    + (card?.identities.map(\.address.text).joined(separator: " ") ?? "-"))
            let survey = try reader.connection.all(
                "SELECT kind, state, score FROM invitations ORDER BY id"
            ) { row throws(StoreError) in
                "survey \(try row.text(0)) \(try row.text(1)) \(row.optionalInteger(2) ?? 0)"
            }
            lines += survey
            let hits = try reader.search("lamp", viewer: .system).rows.map(\.ticket.rawValue)
            lines.append("search lamp: \(hits)")
            return lines
        }
    }
}

/// A database as SQL text, which `sqlite3 new.db < FILE` reads too. Statements end with `;` before a line of `--`.
enum DatabaseDump {
    private static let separator = ";\n--\n"

    /// Tables of ours, by name; those that full-text search keeps for itself are made anew.
    static func tables(_ connection: any SQLConnection) throws(StoreError) -> [String] {
        try connection.all(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
              AND name NOT LIKE 'search_index%' ORDER BY name
            """
        ) { row throws(StoreError) in try row.text(0) }
    }

    /// As of a schema: released steps never change, so their tables with the rows of today are what that version had.
    static func text(of store: Store, schema: Int, reads: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("hamdel-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = try SQLiteDatabase(path: folder.appendingPathComponent("old.db").path)
        let making = Schema.steps.prefix(schema).flatMap(\.statements)
        let columns = try old.write { connection throws(StoreError) in
            for statement in making { try connection.execute(statement, []) }
            var columns: [(table: String, names: [String])] = []
            for table in try tables(connection) {
                columns.append(
                    (
                        table,
                        try connection.all("SELECT name FROM pragma_table_info($1)", [table]) {
                            row throws(StoreError) in try row.text(0)
                        }
                    ))
            }
            return columns
        }
        old.close()
        var statements = making.filter { !$0.hasPrefix("INSERT") }
        try store.readNow { reader throws(StoreError) in
            for (table, names) in columns {
                let list = names.joined(separator: ", ")
                statements += try reader.connection.all("SELECT \(list) FROM \(table)") {
                    row throws(StoreError) in
                    let values = names.indices.map { literal(row.value($0)) }
                    return
                        "INSERT INTO \(table) (\(list)) VALUES (\(values.joined(separator: ", ")))"
                }
            }
        }
        statements.append("UPDATE meta SET value = '\(schema)' WHERE name = 'schema'")
        statements.append("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        return reads.map { "-- reads: \($0)\n" }.joined()
            + statements.map { $0 + separator }.joined()
    }

    private static func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .text(let text): "'" + text.replacing("'", with: "''") + "'"
        case .blob(let bytes): "X'" + Hexadecimal.text(bytes) + "'"
        }
    }

    static func reads(of dump: String) -> [String] {
        dump.split(separator: "\n").filter { $0.hasPrefix("-- reads: ") }
            .map { String($0.dropFirst("-- reads: ".count)) }
    }

    static func restore(_ dump: String, to path: String) throws {
        let database = try SQLiteDatabase(path: path)
        defer { database.close() }
        let statements = dump.components(separatedBy: separator).filter { !$0.isEmpty }
        _ = try database.transaction { connection throws(StoreError) in
            for statement in statements { try connection.execute(statement, []) }
        }
    }
}
