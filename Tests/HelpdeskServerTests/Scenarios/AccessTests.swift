import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct AccessTests {
    static func withUnixUser() async throws -> ServerUnderTest {
        var plan = DeskPlan.standard
        plan.change(.nima) { $0.unixUser = "nima-unix" }
        return try await ServerUnderTest(
            plan, users: [1_000: "nima-unix", 1_001: "stranger", 0: "nima-unix"])
    }

    @Test(
        arguments: [
            (1_000, Door.socket, 200), (1_001, .socket, 401), (1_002, .socket, 401),
            (0, .socket, 401),
            (65_534, .socket, 401), (.max, .socket, 401), (1_000, .network, 401),
        ] as [(UInt32, Door, Int)])
    func onTheSocketTheSystemSaysWhoItIs(_ uid: UInt32, _ door: Door, _ status: Int) async throws {
        let server = try await Self.withUnixUser()
        server.peer.credentials = PeerCredentials(pid: 1, uid: uid, gid: 1)
        let answer = try await server.send(.get, "/api/v1/me", door: door)
        #expect(answer.status == status)
        if status == 200 { #expect(try answer.document(API.Me.self).agent.login == .nima) }
    }

    @Test func aWrongTokenIsNotMadeGoodByTheSocket() async throws {
        let server = try await Self.withUnixUser()
        server.peer.credentials = PeerCredentials(pid: 1, uid: 1_000, gid: 1)
        let answer = try await server.send(
            .get, "/api/v1/me", headers: ["Authorization": "Bearer hamdel_pat_wrong_wrong"],
            door: .socket)
        #expect(answer.status == 401)
    }

    @Test(arguments: [
        "", "Bearer ", "Bearer x", "Basic bmltYTpuaW1h",
        "Bearer hamdel_pat_aaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
    func everyWayOfBeingNobodyIsAnsweredTheSame(_ header: String) async throws {
        let server = try await ServerUnderTest()
        let none = try await server.ask(.get, "/me", by: nil)
        let answer = try await server.ask(.get, "/me", by: nil, headers: ["Authorization": header])
        #expect(answer.bytes == none.bytes)
        #expect(answer.status == 401)
    }

    @Test func aDisabledAgentIsOutAtOnce() async throws {
        let server = try await ServerUnderTest()
        #expect(try await server.ask(.get, "/me", by: .leila).status == 200)
        try await server.desk.directory.disable(.leila)
        #expect(try await server.ask(.get, "/me", by: .leila).status == 401)
    }

    @Test(arguments: [
        ("/outbox", AgentID.nima, 403), ("/outbox", .lead, 200), ("/quarantine", .nima, 403),
        ("/quarantine", .lead, 200), ("/reports/csat", .nima, 403), ("/reports/csat", .lead, 200),
        ("/reports/nothing", .lead, 404), ("/agents", .nima, 200),
    ])
    func rolesDecide(_ path: String, _ agent: AgentID, _ status: Int) async throws {
        let server = try await ServerUnderTest()
        #expect(try await server.ask(.get, path, by: agent).status == status)
    }

    @Test func meSaysWhoAndWhatAndWhere() async throws {
        let server = try await ServerUnderTest()
        let me = try await server.ask(.get, "/me", by: .lead).document(API.Me.self)
        #expect(me.agent.login == .lead)
        #expect(me.agent.role == "lead")
        #expect(me.agent.onDuty)
        #expect(me.permissions.contains("work_outbox") && !me.permissions.contains("configure"))
        #expect(me.position == server.desk.position)
        #expect(me.version == "1.2.3")
    }

    @Test func requestsOfOneAgentAreBoundedAndOthersAreNotHeldUp() async throws {
        let server = try await ServerUnderTest(
            limits: ServerLimits(
                apiPerMinute: 60, webhookPerSecond: 0, surveyPostsPerMinute: 0))
        var statuses: [Int] = []
        for _ in 0..<11 { statuses.append(try await server.ask(.get, "/me").status) }
        #expect(statuses == Array(repeating: 200, count: 10) + [429])
        let refused = try await server.ask(.get, "/me")
        #expect(try refused.problem == "429 rate_limited")
        #expect(refused.headers[.retryAfter] == "1")
        #expect(try await server.ask(.get, "/me", by: .leila).status == 200)
        server.desk.clock.advance(by: .seconds(1))
        #expect(try await server.ask(.get, "/me").status == 200)
    }

    @Test func whatIsNotThereHasAProblemDocumentToo() async throws {
        let server = try await ServerUnderTest()
        #expect(try await server.ask(.get, "/nothing").problem == "404 not_found")
        #expect(try await server.send(.delete, "/api/v1/tickets").problem == "404 not_found")
        #expect(try await server.ask(.get, "/tickets/0").problem == "404 not_found")
        #expect(try await server.ask(.get, "/tickets/x").problem == "404 not_found")
        #expect(
            try await server.ask(.get, "/tickets/99999999999999999999").problem == "404 not_found")
    }
}
