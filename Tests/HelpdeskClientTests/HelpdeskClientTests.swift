import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Synchronization
import Testing

struct HelpdeskClientTests {
    private static func client(_ transport: FakeTransport) -> HelpdeskClient {
        let count = Mutex(0)
        return HelpdeskClient(
            transport: transport,
            newKey: {
                count.withLock { count in
                    count += 1
                    return "key-\(count)"
                }
            })
    }

    private static let page = APIResponse(200, #"{"tickets":[],"next_cursor":null}"#)

    @Test func `a query becomes an encoded target`() async throws {
        let transport = FakeTransport([.success(Self.page)])
        var query = TicketQuery()
        query.statuses = [.new, .closed]
        query.holder = .me
        query.words = "سفارش a&b"
        query.limit = 5
        _ = try await Self.client(transport).tickets(query)
        #expect(
            transport.requests == [
                APIRequest(
                    .get,
                    "/tickets?status=new%2Cclosed&assignee=me"
                        + "&q=%D8%B3%D9%81%D8%A7%D8%B1%D8%B4%20a%26b&limit=5")
            ])
    }

    @Test func `no narrowing, no query`() { #expect(TicketQuery().text == "") }

    @Test func `a POST carries a key, a version its If-Match`() async throws {
        let transport = FakeTransport([.success(APIResponse(412, "{}"))])
        await #expect(throws: ClientFailure.self) {
            try await Self.client(transport).change(
                TicketNumber(rawValue: 12), .close(API.CloseRequest(reason: .solved)),
                .init(version: 7))
        }
        #expect(
            transport.requests == [
                APIRequest(
                    .post, "/tickets/12/close",
                    headers: [
                        .init("Content-Type", "application/json"),
                        .init("Idempotency-Key", "key-1"), .init("If-Match", "\"7\""),
                    ], body: Array(#"{"reason":"solved"}"#.utf8))
            ])
    }

    @Test func `a broken POST is tried once more with the same key`() async throws {
        let broken = Result<APIResponse, ClientFailure>.failure(.interrupted("reset"))
        let transport = FakeTransport([broken, .success(APIResponse(200, "{}"))])
        _ = try await Self.client(transport).bytes(.post, "/x", body: [])
        #expect(transport.requests.count == 2)
        #expect(transport.requests[0] == transport.requests[1])
        let twice = FakeTransport([broken, broken, .success(Self.page)])
        await #expect(throws: ClientFailure.interrupted("reset")) {
            try await Self.client(twice).bytes(.get, "/tickets")
        }
        #expect(twice.requests.count == 2)
    }

    @Test func `a broken PATCH and an unreachable daemon are not tried again`() async {
        let patch = FakeTransport([.failure(.interrupted("reset"))])
        await #expect(throws: ClientFailure.interrupted("reset")) {
            try await Self.client(patch).bytes(.patch, "/x", body: [])
        }
        #expect(patch.requests.count == 1)
        let nobody = FakeTransport([.failure(.unreachable("nobody"))])
        await #expect(throws: ClientFailure.unreachable("nobody")) {
            try await Self.client(nobody).bytes(.get, "/x")
        }
        #expect(nobody.requests.count == 1)
    }

    @Test func `a problem document is what was thrown`() async {
        let problem = API.Problem(
            type: "about:blank", title: "Too many", status: 429, detail: "600 a minute",
            code: "rate_limited", errors: [.init(place: "limit", reason: "too large")])
        let body = try? WireJSON.encode(problem)
        let transport = FakeTransport([
            .success(
                APIResponse(
                    status: 429, headers: [.init("Retry-After", "7")], body: body ?? []))
        ])
        await #expect(throws: ClientFailure.problem(problem, retryAfter: 7)) {
            try await Self.client(transport).me()
        }
        #expect(
            ClientFailure.problem(problem, retryAfter: 7).description
                == "600 a minute; limit: too large. Try again in 7 s")
    }

    @Test func `a proxy's page and a foreign document are no crash`() async {
        let transport = FakeTransport([
            .success(APIResponse(502, "<html>bad gateway")), .success(APIResponse(200, "[]")),
        ])
        let client = Self.client(transport)
        let failure = await #expect(throws: ClientFailure.self) { try await client.me() }
        #expect(failure?.exit == .tryAgain)
        await #expect(
            throws: ClientFailure.self, performing: { try await client.me() })
    }

    @Test func `fresh keys do not repeat`() {
        let keys = (0..<1_000).map { _ in HelpdeskClient.randomKey() }
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
    }
}
