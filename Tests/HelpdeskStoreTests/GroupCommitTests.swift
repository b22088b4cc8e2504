import HelpdeskCore
import Testing

@testable import HelpdeskStore

private struct No: Error, Equatable { let number: Int }

@Suite struct GroupCommitTests {
    @Test func aRejectingCommandFailsAloneAndGivesItsNumbersBack() async throws {
        let desk = try TestDesk()
        let writer = desk.store.writer
        let results = await withTaskGroup(of: (Int, Result<Int64, CommandFailure<No>>).self) {
            group in
            for number in 0..<40 {
                group.addTask {
                    do throws(CommandFailure<No>) {
                        let customer = try await writer.submit(at: TestDesk.start, failing: No.self)
                        {
                            let customer = $0.nextCustomer()
                            if number % 4 == 1 { throw No(number: number) }
                            try $0.append(
                                .customer(
                                    .created(CustomerCreated(customer: customer, inbox: nil))),
                                ticket: nil, customer: customer, by: .system)
                            return customer.rawValue
                        }
                        return (number, .success(customer))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in stride(from: 1, to: 40, by: 4) {
            guard case .failure(.rejected(let no)) = results[number] else {
                Issue.record("\(number) was not rejected")
                continue
            }
            #expect(no == No(number: number))
        }
        let kept = results.values.compactMap { try? $0.get() }.sorted()
        #expect(kept == Array(1...30))
        #expect(writer.position == Position(rawValue: 30))
        #expect(try desk.store.verify().isIntact)
    }

    @Test func aCommandThatThrowsAfterWritingIsTakenBackAlone() async throws {
        let desk = try TestDesk()
        let writer = desk.store.writer
        let rolledBack = Counter()
        writer.onRollback { rolledBack.add() }
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<30 {
                group.addTask {
                    do throws(CommandFailure<No>) {
                        try await writer.submit(at: TestDesk.start, failing: No.self) {
                            _ = try $0.makeCustomer("Name \(number)")
                            if number == 17 { throw No(number: number) }
                        }
                        return true
                    } catch {
                        guard case .rejected(let no) = error else { return true }
                        return no.number != 17
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { !$0 }.count == 1)
        #expect(rolledBack.value >= 1)
        let names = try desk.read { reader throws(StoreError) in
            try reader.connection.all(
                "SELECT k.body FROM customers c JOIN contents k ON k.id = c.name ORDER BY c.id"
            ) { row throws(StoreError) in try row.text(0) }
        }
        #expect(Set(names) == Set((0..<30).filter { $0 != 17 }.map { "Name \($0)" }))
        #expect(try desk.store.verify().isIntact)
    }

    @Test func aFullQueueSaysBusyAtOnceAndKeepsNothing() async throws {
        let desk = try TestDesk()
        let writer = desk.store.writer
        let gate = Gate()
        let count = GroupCommit.maximumQueue + 50
        // The first command holds the writer; it is taken from the queue before the others come.
        let first = Task {
            try await writer.submit(at: TestDesk.start, failing: No.self) { _ in gate.enterAndWait()
            }
        }
        gate.waitUntilEntered()
        let answers = await withTaskGroup(of: Answer.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do throws(CommandFailure<No>) {
                        try await writer.submit(at: TestDesk.start, failing: No.self) {
                            _ = try $0.makeCustomer(nil)
                        }
                        return .kept
                    } catch {
                        if case .busy = error { return .busy }
                        return .other
                    }
                }
            }
            var answers: [Answer] = []
            // Busy answers come while the writer is held; then it is let go.
            for await answer in group {
                answers.append(answer)
                if answers.count == 50 { gate.open() }
            }
            return answers
        }
        _ = try await first.value
        #expect(answers.prefix(50).allSatisfy { $0 == .busy })
        #expect(answers.filter { $0 == .busy }.count == 50)
        #expect(answers.filter { $0 == .kept }.count == GroupCommit.maximumQueue)
        #expect(writer.position == Position(rawValue: Int64(GroupCommit.maximumQueue)))
    }

    private enum Answer { case kept, busy, other }

    @Test func commandsOfOneCallerKeepTheirOrder() throws {
        let desk = try TestDesk()
        for number in 1...20 {
            try desk.write { _ = try $0.makeCustomer("\(number)") }
        }
        let names = try desk.read { reader throws(StoreError) in
            try reader.connection.all(
                "SELECT k.body FROM customers c JOIN contents k ON k.id = c.name ORDER BY c.id"
            ) { row throws(StoreError) in try row.text(0) }
        }
        #expect(names == (1...20).map { "\($0)" })
    }

    @Test func listenersHearEachCommitWithItsPosition() throws {
        let desk = try TestDesk()
        let heard = Heard()
        let listener = desk.store.writer.onCommit { heard.add($0) }
        try desk.write { _ = try $0.makeCustomer("A") }
        try desk.write { _ in }
        desk.store.writer.removeListener(listener)
        try desk.write { _ = try $0.makeCustomer("B") }
        #expect(heard.positions == [Position(rawValue: 2)])
    }

    @Test func afterStoppingNothingIsTaken() async throws {
        let desk = try TestDesk()
        await desk.store.writer.stop()
        #expect(throws: CommandFailure<Never>.self) {
            try desk.store.writer.submitNow(at: TestDesk.start, failing: Never.self) { _ in }
        }
    }

    @Test func whatIsCommittedSurvivesAPowerCutBySettings() throws {
        let desk = try TestDesk()
        let settings = try desk.store.database.write { connection throws(StoreError) in
            (
                try connection.first("PRAGMA synchronous") { row throws(StoreError) in
                    try row.integer(0)
                },
                try connection.first("PRAGMA journal_mode") { row throws(StoreError) in
                    try row.text(0)
                }
            )
        }
        #expect(settings.0 == 2)
        #expect(settings.1 == "wal")
    }

    @Test func aNewerSchemaIsRefused() throws {
        let desk = try TestDesk()
        try desk.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
        #expect(throws: StoreError.newerSchema(found: 99, known: Schema.version)) {
            try Store(
                path: desk.store.path, now: TestDesk.start,
                seed: StoreSeed(signingKey: [UInt8](repeating: 1, count: 32)))
        }
    }
}
