import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

@Suite("A person who is erased")
struct ErasingTests {
    private static let admin = TestDesk.caller(.lead, .admin)

    /// Words that must be nowhere afterwards.
    private static let secrets = ["Zarathustra", "sara@secret.example", "Kontonummer 4711"]

    private static func desk() async throws -> TestDesk {
        let desk = try await TestDesk()
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        return desk
    }

    private func write(_ desk: TestDesk) async throws -> TicketNumber {
        let raw = Array(
            "From: sara@secret.example\r\nMessage-ID: <m1@e>\r\n\r\nZarathustra\r\n".utf8)
        let number = try await desk.ticket(
            .mail(
                from: "sara@secret.example", id: "m1@e", subject: "Zarathustra",
                text: "Kontonummer 4711",
                name: "Sara Zarathustra", raw: raw)
        ).ticket
        try await desk.reply("Dear Zarathustra, your Kontonummer 4711 is fine.", to: number)
        try await desk.runOutbox()
        try await desk.reply("One more: Zarathustra", to: number, then: .close(.solved))
        return number
    }

    @Test("leaves no word of theirs, and the stream as it was")
    func nothingIsLeft() async throws {
        let desk = try await Self.desk()
        let number = try await write(desk)
        _ = try await desk.ticket(.mail(from: "nima@example.ir", id: "n1@e", text: "Mine stays."))
        for secret in Self.secrets { #expect(try !desk.holdings(secret).isEmpty) }
        let events = try desk.lines("SELECT position, data, seal FROM events ORDER BY position")

        let customer = try desk.row(number).ticket.customer
        let erasure = try await CustomerErasing(desk.desk).erase(customer, by: Self.admin)
        #expect(erasure.words.contents > 5)
        #expect(erasure.words.blobs == 1)
        for secret in Self.secrets { #expect(try desk.holdings(secret) == [], "\(secret)") }
        #expect(
            try desk.lines("SELECT position, data, seal FROM events ORDER BY position")
                .prefix(events.count) == events[...])
        try desk.verify()
        // Counts stay, the other person's words too, and what waited to be sent goes nowhere.
        #expect(
            try desk.count("SELECT COUNT(*) FROM messages WHERE customer = $1", [customer]) == 3)
        #expect(try desk.holdings("Mine stays.") == ["contents.body", "search_docs.text"])
        try await desk.runOutbox()
        #expect(
            try desk.lines(
                "SELECT DISTINCT state FROM outbox WHERE customer = \(customer.rawValue) ORDER BY state"
            )
            .contains("queued") == false)
        try desk.verify()
    }

    @Test("may write again, and is somebody new")
    func writesAgain() async throws {
        let desk = try await Self.desk()
        let number = try await write(desk)
        let customer = try desk.row(number).ticket.customer
        _ = try await CustomerErasing(desk.desk).erase(customer, by: Self.admin)
        let again = try await desk.ticket(.mail(from: "sara@secret.example", id: "m9@e")).ticket
        #expect(try desk.row(again).ticket.customer != customer)
        // Once more is no error and changes nothing of the new one.
        let second = try await CustomerErasing(desk.desk).erase(customer, by: Self.admin)
        #expect(second.words.contents == 0)
        try desk.verify()
    }

    @Test("takes an admin")
    func permission() async throws {
        let desk = try await Self.desk()
        let customer = try desk.row(try await write(desk)).ticket.customer
        for role in [AgentRole.agent, .lead] {
            await #expect(throws: DeskFailure.self) {
                try await CustomerErasing(desk.desk).erase(
                    customer, by: TestDesk.caller(.lead, role))
            }
            await #expect(throws: DeskFailure.self) {
                try await CustomerExporting(desk.desk).begin(
                    customer, by: TestDesk.caller(.lead, role))
            }
        }
    }

    @Test("is exported whole before, and the stream says who took it")
    func exported() async throws {
        let desk = try await Self.desk()
        let customer = try desk.row(try await write(desk)).ticket.customer
        let exporting = CustomerExporting(desk.desk)
        let customers = try await exporting.begin(customer, by: Self.admin)
        #expect(customers == [customer])
        let page = try await exporting.contents(of: customer, after: ContentID(rawValue: 0))
        #expect(page.isLast)
        let held = try desk.count(
            "SELECT COUNT(*) FROM contents WHERE customer = $1 AND body IS NOT NULL", [customer])
        #expect(page.rows.count == held)
        #expect(page.rows.filter { $0.message != nil }.count == 3)
        #expect(
            try desk.lines(
                "SELECT actor_kind, actor_id FROM events WHERE type = 'customer_exported'")
                == ["agent lead"])
    }

    /// Chats, forged mails, merges and answers in one another's tickets; whoever is erased at whatever moment, a replay agrees.
    @Test(
        "leaves every desk such that a replay agrees",
        arguments: [1, 2, 3, UInt64.random(in: 4...(.max))])
    func property(_ seed: UInt64) async throws {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let desk = try await Self.desk()
        let people = (0..<6).map { "p\($0)@example.ir" }
        for step in 0..<60 {
            let person = people[Int.random(in: 0..<people.count, using: &random)]
            let other = people[Int.random(in: 0..<people.count, using: &random)]
            let numbers = try desk.lines("SELECT number FROM tickets ORDER BY number")
            switch Int.random(in: 0..<11, using: &random) {
            case 0...3:
                _ = try await desk.deliver(
                    .mail(
                        from: person, id: "m\(step)@e", text: "Words \(step)",
                        auth: Bool.random(using: &random) ? .verified : .failed,
                        name: "P \(person)",
                        references: step > 3 ? ["m\(step - 2)@e"] : []))
            case 4, 5:
                _ = try await desk.deliver(
                    .chat(
                        from: person, conversation: "room\(step % 3)", id: "c\(step)",
                        vouched: [.email(other)]), to: .siteChat)
            case 6:
                guard let text = numbers.randomElement(using: &random), let raw = Int64(text)
                else { continue }
                _ = try? await desk.reply(to: TicketNumber(rawValue: raw), then: .close(.solved))
            case 7:
                let customers = try desk.lines("SELECT id FROM customers ORDER BY id")
                guard let a = customers.randomElement(using: &random),
                    let b = customers.randomElement(using: &random), a != b,
                    let one = Int64(a), let two = Int64(b)
                else { continue }
                try? await CustomerDesk(desk.desk).merge(
                    CustomerID(rawValue: one), into: CustomerID(rawValue: two), reason: "same",
                    by: Self.admin, command: nil)
            case 9:
                let messages = try desk.lines("SELECT id FROM messages ORDER BY id")
                guard let text = messages.randomElement(using: &random), let id = Int64(text)
                else { continue }
                _ = try? await MessageRedacting(desk.desk).redact(
                    MessageID(rawValue: id),
                    Bool.random(using: &random) ? .everything : .words(["Words"]), by: Self.admin,
                    command: nil)
            case 8:
                let customers = try desk.lines("SELECT id FROM customers ORDER BY id")
                guard let a = customers.randomElement(using: &random), let one = Int64(a)
                else { continue }
                _ = try await CustomerErasing(desk.desk).erase(
                    CustomerID(rawValue: one), by: Self.admin)
            default:
                desk.clock.advance(by: .hours(2))
                _ = try await desk.timer.runOnce()
                try await desk.runOutbox()
            }
            if step % 20 == 19 { try desk.verify() }
        }
        try desk.verify()
    }
}

extension TestDesk {
    /// Every column of every table in which a word stands. The index of words is left out: SQLite takes a word out of it when it merges
    /// the index's parts (Docs/Operations.md says so).
    func holdings(_ word: String) throws -> [String] {
        var found: [String] = []
        let tables = try lines(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search_index%'"
        )
        for table in tables {
            for column in try lines("SELECT name FROM pragma_table_info('\(table)')") {
                let count = try lines(
                    "SELECT COUNT(*) FROM \"\(table)\" WHERE instr(lower(CAST(\"\(column)\" AS TEXT)), lower($1)) > 0",
                    [word])
                if count != ["0"] { found.append("\(table).\(column)") }
            }
        }
        return found
    }
}
