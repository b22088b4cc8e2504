import ChannelKit
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct WebhookTests {
    private func server(_ limits: ServerLimits = .unlimited) async throws -> ServerUnderTest {
        let server = try await ServerUnderTest(
            limits: limits,
            readMessage: MessageReading { bytes, _ throws(MessageReading.Fault) in
                guard let body = try? JSONReader.value(of: bytes) else {
                    throw MessageReading.Fault(place: "body", reason: "this is not JSON")
                }
                guard let id = body["external_id"]?.text else {
                    throw MessageReading.Fault(place: "external_id", reason: "is missing")
                }
                return [.chat(from: "v-1", conversation: "c-1", id: id)]
            })
        let desk = server.desk.desk
        desk.reload(
            policy: desk.policy,
            adapters: [.siteChat: StubWebhook(), .supportMail: ScriptedAdapter(.mail)])
        return server
    }

    private func post(
        _ server: ServerUnderTest, id: String = "w-1", _ body: String = #"{"text":"hi"}"#,
        signature: String = "right", to inbox: String = "site-chat"
    ) async throws -> Answer {
        try await server.send(
            .post, "/in/\(inbox)", body,
            headers: ["webhook-id": id, "webhook-signature": signature])
    }

    @Test func aReplayIsAnsweredWithoutAnEventAndTheSameIdWithAnotherBodyIsRefused() async throws {
        let server = try await server()
        #expect(try await post(server).status == 200)
        let before = server.desk.position
        #expect(try server.desk.types().contains("message_received"))
        for _ in 0..<20 { #expect(try await post(server).status == 200) }
        #expect(try await post(server, #"{"text":"other"}"#).status == 409)
        #expect(server.desk.position == before)
        try server.desk.restart()
    }

    @Test func aReplayAtTheSameTimeIsKeptOnce() async throws {
        let server = try await server()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await post(server).status } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [200])
        #expect(try server.desk.types().filter { $0 == "message_received" }.count == 1)
    }

    @Test func forgedAndBrokenRequestsLeaveNoTrace() async throws {
        let server = try await server()
        let before = server.desk.position
        #expect(try await post(server, signature: "wrong").status == 401)
        #expect(try await post(server, "{").status == 400)
        #expect(try await post(server, to: "nowhere").problem == "404 not_found")
        #expect(try await post(server, to: "support-mail").problem == "404 not_found")
        #expect(try await post(server, to: "%00").problem == "404 not_found")
        #expect(try await server.send(.get, "/in/site-chat").status == 401)
        #expect(try await server.send(.get, "/in/nowhere").problem == "404 not_found")
        #expect(
            try await post(server, String(repeating: " ", count: 1_048_577)).problem
                == "413 too_large")
        #expect(server.desk.position == before)
    }

    @Test func aQuestionByGetIsAnsweredByTheAdapter() async throws {
        let server = try await server()
        let answer = try await server.send(.get, "/in/site-chat?challenge=42")
        #expect(answer.status == 200)
        #expect(answer.text == "42")
    }

    @Test func anInboxHasItsRate() async throws {
        let server = try await server(
            ServerLimits(apiPerMinute: 0, webhookPerSecond: 2, surveyPostsPerMinute: 0))
        var statuses: [Int] = []
        for number in 0..<11 { statuses.append(try await post(server, id: "w-\(number)").status) }
        #expect(statuses == Array(repeating: 200, count: 10) + [429])
        #expect(try await post(server, id: "w-x").headers[.retryAfter] == "1")
        server.desk.clock.advance(by: .seconds(1))
        #expect(try await post(server, id: "w-y").status == 200)
    }

    @Test func aNormalisedMessageIsAnsweredOnceItIsDurable() async throws {
        let server = try await server()
        var plan = AgentProfile(login: AgentID(rawValue: "robot"), role: .admin, capacity: 0)
        plan.teams = [.support]
        _ = try await server.desk.directory.add(plan)
        let robot = plan.login
        func put(_ body: String, to inbox: String = "site-chat") async throws -> Answer {
            try await server.ask(.post, "/messages/\(inbox)", by: robot, body)
        }
        let first = try await put(#"{"external_id":"x-1"}"#)
        let receipt = try first.document(API.IntakeReceipt.self)
        #expect(first.status == 201 && receipt.outcome == "ticketed")
        let again = try await put(#"{"external_id":"x-1"}"#)
        #expect(again.status == 200)
        #expect(try again.document(API.IntakeReceipt.self).outcome == "duplicate")
        #expect(try await put("{").problem == "400 invalid at body")
        #expect(try await put("{}").problem == "400 invalid at external_id")
        #expect(try await put("{}", to: "nowhere").problem == "404 not_found")
        let refused = try await server.ask(.post, "/messages/site-chat", by: .lead, "{}")
        #expect(try refused.problem == "403 forbidden")
    }
}
