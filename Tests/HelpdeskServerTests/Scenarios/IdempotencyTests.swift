import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct IdempotencyTests {
    let server: ServerUnderTest
    let path: String

    init() async throws {
        server = try await ServerUnderTest()
        let number = try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@example.ir")
        ).ticket
        path = "/tickets/\(number.rawValue)/replies"
    }

    private func reply(
        _ text: String, key: String, by agent: AgentID = .nima
    ) async throws -> Answer {
        try await server.ask(
            .post, path, by: agent, #"{"text":"\#(text)"}"#, headers: ["Idempotency-Key": key])
    }

    private func written() throws -> Int {
        try server.desk.types().filter { $0 == "message_written" }.count
    }

    @Test func theSameRequestAgainIsAnsweredAsBefore() async throws {
        let first = try await reply("one", key: "k-1")
        let again = try await reply("one", key: "k-1")
        #expect(first.status == 201 && again.status == 201)
        #expect(first.bytes == again.bytes)
        #expect(again.headers[.idempotencyReplayed] == "true")
        #expect(first.headers[.idempotencyReplayed] == nil)
        #expect(try written() == 1)
        let events = try server.desk.events().filter { $0.command?.rawValue == "k-1" }
        #expect(events.contains { $0.actor == .agent(.nima) })
    }

    /// The note's words stand in the answer too: they must not come back with it.
    @Test func anAnswerIsForgottenWithTheWordsInIt() async throws {
        let notes = path.replacing("replies", with: "notes")
        func note() async throws -> Answer {
            try await server.ask(
                .post, notes, #"{"text":"card 4111"}"#, headers: ["Idempotency-Key": "k-9"])
        }
        let first = try await note()
        #expect(first.status == 201)
        let id = try #require(try server.desk.lines("SELECT MAX(id) FROM messages").first)
        let redacted = try await server.ask(
            .post, "/messages/\(id)/redact", by: .lead, #"{"words":["4111"]}"#)
        #expect(redacted.status == 200)
        #expect(!redacted.text.contains("4111"))
        let again = try await note()
        #expect(again.status == 409)
        #expect(!again.text.contains("4111"))
        #expect(try server.desk.lines("SELECT MAX(id) FROM messages") == [id])
    }

    @Test func anotherRequestWithTheKeyIsRefused() async throws {
        _ = try await reply("one", key: "k-1")
        let other = try await reply("two", key: "k-1")
        #expect(try other.problem == "422 invalid at Idempotency-Key")
        #expect(try written() == 1)
    }

    @Test func aKeyIsAnAgentsOwn() async throws {
        _ = try await reply("one", key: "k-1")
        let other = try await reply("one", key: "k-1", by: .leila)
        #expect(other.status == 201)
        #expect(try written() == 2)
    }

    @Test func aRefusedRequestMayComeAgain() async throws {
        let refused = try await reply("  ", key: "k-1")
        #expect(try refused.problem == "422 invalid at text")
        #expect(try await reply("one", key: "k-1").status == 201)
    }

    @Test func aKeyIsForgottenAfterTwoDays() async throws {
        _ = try await reply("one", key: "k-1")
        server.desk.clock.advance(by: .hours(47))
        _ = try await reply("one", key: "k-1")
        #expect(try written() == 1)
        server.desk.clock.advance(by: .hours(2))
        _ = try await reply("one", key: "k-1")
        #expect(try written() == 2)
    }

    @Test func ofManyAtOnceOneIsCarriedOut() async throws {
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await reply("one", key: "k-1").status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try written() == 1)
        #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 })
        #expect(statuses.contains(201))
    }

    /// The daemon died between carrying out and remembering the answer.
    @Test func whatWasCarriedOutBeforeACrashIsNotDoneAgain() async throws {
        let store = server.desk.store
        let request = APIKeyRequest(
            agent: .nima, key: CommandID(rawValue: "k-1"), fingerprint: [1])
        let now = server.desk.now
        func claim(startedAt: Instant) async throws -> APIKeyClaim {
            try await store.writer.submit(at: now, failing: Never.self) { transaction in
                try transaction.claimAPIKey(request, startedAt: startedAt)
            }
        }
        #expect(try await claim(startedAt: now) == .fresh)
        #expect(try await claim(startedAt: now) == .running)
        let restart = now + .seconds(1)
        #expect(try await claim(startedAt: restart) == .fresh, "nothing of it is in the stream")
        let ticket = TicketNumber(rawValue: 1)
        _ = try await server.desk.tickets.perform(
            .tag(add: ["a"], remove: []), on: ticket, by: TestDesk.caller(.nima), ifVersion: nil,
            command: request.key)
        #expect(try await claim(startedAt: restart) == .carriedOutBeforeRestart)
    }

    @Test(arguments: ["", "a b", "é", String(repeating: "x", count: 256)])
    func aKeyIsPrintableAndShort(_ key: String) {
        #expect(throws: DeskProblem.self) { try IdempotencyKeys.command(key) }
    }
}
