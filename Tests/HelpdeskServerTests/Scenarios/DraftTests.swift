import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite("drafts on the desk") struct DraftTests {
    let server: ServerUnderTest
    let ticket: TicketNumber

    init() async throws {
        server = try await ServerUnderTest()
        ticket = try await server.desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@example.ir")
        ).ticket
    }

    private func keep(
        _ text: String, _ key: String = "k-1", by agent: AgentID = .nima, ifMatch: Int64? = nil,
        ticket: Int64? = nil
    ) async throws -> Answer {
        try await server.ask(
            .put, "/drafts/\(key)", by: agent,
            #"{"ticket":\#(ticket ?? self.ticket.rawValue),"kind":"reply","text":"\#(text)"}"#,
            headers: ifMatch.map { ["If-Match": "\"\($0)\""] } ?? [:])
    }

    private func texts(of agent: AgentID = .nima) async throws -> [String] {
        let answer = try await server.ask(.get, "/drafts", by: agent)
        return try WireJSON.decode(API.Page<API.Draft>.self, from: answer.bytes).items.map(\.text)
    }

    /// What the table holds of them.
    private func words() throws -> [String] {
        try server.desk.lines("SELECT body FROM drafts WHERE body <> ''")
    }

    private func reply(_ key: String, _ text: String = "done") async throws -> Answer {
        try await server.ask(
            .post, "/tickets/\(ticket.rawValue)/replies", #"{"text":"\#(text)"}"#,
            headers: ["Idempotency-Key": key])
    }

    @Test func theyAreKeptWholeAndSeenByTheirAgentOnly() async throws {
        let whole =
            #"{"ticket":\#(ticket.rawValue),"kind":"note","text":"سلام","inbox":"mail","cc":["b@example.ir"],"attachments":[{"id":3,"name":"a.pdf","size":9}],"macro":{"name":"late","effects":["closes it"]}}"#
        let kept = try await server.ask(.put, "/drafts/k-1", by: .nima, whole)
        #expect(kept.status == 200)
        #expect(kept.headers[.eTag] == "\"1\"")
        let expected = API.Draft(
            key: "k-1", version: 1, ticket: ticket, kind: "note", text: "سلام",
            inbox: InboxID(rawValue: "mail"), cc: ["b@example.ir"],
            attachments: [.init(id: AttachmentID(rawValue: 3), name: "a.pdf", size: 9)],
            macro: .init(name: "late", effects: ["closes it"]),
            updatedAt: Timestamp(server.desk.now))
        let found = try await server.ask(.get, "/drafts/k-1", by: .nima)
        #expect(try WireJSON.decode(API.Draft.self, from: found.bytes) == expected)
        #expect(try await texts() == ["سلام"])
        #expect(try await texts(of: .lead) == [])
        #expect(try await server.ask(.get, "/drafts/k-1", by: .lead).status == 404)
        #expect(try await server.ask(.delete, "/drafts/k-1", by: .lead).status == 404)
    }

    @Test func anotherSeatsWordsAreNotWrittenOver() async throws {
        _ = try await keep("one")
        #expect(try await keep("two", ifMatch: 1).headers[.eTag] == "\"2\"")
        let refused = try await keep("three", ifMatch: 1)
        #expect(refused.status == 412)
        #expect(refused.headers[.eTag] == "\"2\"")
        #expect(try await texts() == ["two"])
        // Who names no version means it.
        #expect(try await keep("four").headers[.eTag] == "\"3\"")
    }

    @Test func sendingEndsThem() async throws {
        _ = try await keep("a reply")
        _ = try await keep("another", "k-2")
        #expect(try await reply("k-1").status == 201)
        #expect(try await texts() == ["another"])
        #expect(try await server.ask(.get, "/drafts/k-1", by: .nima).status == 410)
        // What was on its way too long does not bring it back, with or without a version.
        #expect(try await keep("late").status == 410)
        #expect(try await keep("late", ifMatch: 1).status == 410)
        // The same where the desk was never given a draft.
        #expect(try await reply("k-3").status == 201)
        #expect(try await keep("late", "k-3").status == 410)
        #expect(try words().allSatisfy { !$0.contains("a reply") })
    }

    @Test func aRefusedReplyLeavesThem() async throws {
        _ = try await keep("a reply")
        let refused = try await server.ask(
            .post, "/tickets/\(ticket.rawValue)/replies", #"{"text":""}"#,
            headers: ["Idempotency-Key": "k-1"])
        #expect(refused.status == 422)
        #expect(try await texts() == ["a reply"])
    }

    @Test func discardedTheyAreOverUntilBegunAnew() async throws {
        _ = try await keep("a reply")
        let gone = try await server.ask(.delete, "/drafts/k-1", by: .nima)
        #expect(try WireJSON.decode(API.Draft.self, from: gone.bytes).text == "a reply")
        #expect(try await server.ask(.get, "/drafts/k-1", by: .nima).status == 410)
        #expect(try await server.ask(.delete, "/drafts/k-1", by: .nima).status == 410)
        #expect(try await keep("of another seat", ifMatch: 1).status == 410)
        #expect(try words().allSatisfy { !$0.contains("a reply") })
        #expect(try await keep("anew").headers[.eTag] == "\"3\"")
        #expect(try await texts() == ["anew"])
    }

    @Test func onlyOnTicketsThatAreSeen() async throws {
        let secret = try await server.desk.ticket(
            .mail(from: "x@people.example", id: "p1@e"), to: .peopleMail
        ).ticket
        #expect(try await keep("x", ticket: secret.rawValue).status == 404)
        #expect(try await keep("x", ticket: 999).status == 404)
        #expect(try await server.ask(.put, "/drafts/a%20b", by: .nima, "{}").status == 400)
        let odd = try await server.ask(
            .put, "/drafts/k-9", by: .nima,
            #"{"ticket":\#(ticket.rawValue),"kind":"poem","text":"x"}"#)
        #expect(odd.status == 422)
    }

    @Test func thereIsABoundAndAnEnd() async throws {
        for number in 0..<StoreTransaction.draftLimit { _ = try await keep("x", "k-\(number)") }
        let refused = try await keep("one more", "k-last")
        #expect(refused.status == 409)
        #expect(refused.text.contains("200 drafts"))
        server.desk.clock.advance(by: StoreTransaction.draftLife + TimeSpan(milliseconds: 1))
        _ = try await keep("later", "k-later")
        #expect(try await texts() == ["later"])
    }

    @Test func theyGoWithTheirCustomer() async throws {
        _ = try await keep("Dear Sara")
        let customer = try server.desk.row(ticket).ticket.customer
        _ = try await CustomerErasing(server.desk.desk).erase(
            customer, by: TestDesk.caller(.lead, .admin))
        #expect(try await texts() == [])
        #expect(try words() == [])
    }

    @Test func pagesAreInTheOrderOfKeeping() async throws {
        for name in ["c", "a", "b"] {
            _ = try await keep(name, "k-\(name)")
            server.desk.clock.advance(by: TimeSpan(milliseconds: 1))
        }
        let first = try await server.ask(.get, "/drafts?limit=2", by: .nima)
        let page = try WireJSON.decode(API.Page<API.Draft>.self, from: first.bytes)
        #expect(page.items.map(\.text) == ["c", "a"])
        let cursor = try #require(page.nextCursor)
        let rest = try await server.ask(.get, "/drafts?limit=2&cursor=\(cursor)", by: .nima)
        #expect(
            try WireJSON.decode(API.Page<API.Draft>.self, from: rest.bytes).items.map(\.text)
                == ["b"])
        #expect(try await server.ask(.get, "/drafts?cursor=x", by: .nima).status == 400)
    }
}
