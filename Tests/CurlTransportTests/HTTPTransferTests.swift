import CurlTransport
import Foundation
import StubServers
import Testing

@Suite("HTTP over libcurl")
struct HTTPTransferTests {
    private let http = HTTPTransfer(loop: CurlLoop(name: "test"))

    @Test("a request arrives as it was asked for, and the whole answer comes back")
    func roundTrip() async throws {
        let record = HTTPRecord()
        let server = try StubServer.http(record) { _ in
            "HTTP/1.1 201 Created\r\nX-One:  a \r\nx-one: b\r\nContent-Length: 5\r\n\r\nhello"
        }
        let response = try await http.send(
            HTTPTransfer.Request(
                .post, "http://127.0.0.1:\(server.port)/a?b=c",
                headers: [.init("Content-Type", "application/json"), .init("X-Empty", "")],
                body: Array("{\"سلام\":1}".utf8)))
        #expect(
            response
                == HTTPTransfer.Response(
                    status: 201,
                    headers: [
                        .init("X-One", "a"), .init("x-one", "b"), .init("Content-Length", "5"),
                    ],
                    body: Array("hello".utf8)))
        #expect(response.header("X-ONE") == "a")
        let request = try #require(record.requests.first)
        #expect(request.line == "POST /a?b=c HTTP/1.1")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["expect"] == nil)
        #expect(request.body == Array("{\"سلام\":1}".utf8))
    }

    @Test("every method keeps its name and its body", arguments: HTTPTransfer.Method.allForTests)
    func methods(_ method: HTTPTransfer.Method) async throws {
        let record = HTTPRecord()
        let server = try StubServer.http(record) { _ in "HTTP/1.1 204 No Content\r\n\r\n" }
        let body: [UInt8]? = method == .get ? nil : []
        let response = try await http.send(
            HTTPTransfer.Request(method, "http://127.0.0.1:\(server.port)/", body: body))
        #expect(response.status == 204)
        #expect(record.requests.first?.line == "\(method.rawValue) / HTTP/1.1")
        #expect(record.requests.first?.headers["content-type"] == nil)
    }

    @Test("a unix socket is reached, and the URL's host is only named")
    func unixSocket() async throws {
        let path = NSTemporaryDirectory() + "hamdel-\(UInt64.random(in: 0...UInt64.max)).sock"
        defer { unlink(path) }
        let record = HTTPRecord()
        let server = try StubServer.http(record, on: .unix(path: path)) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        }
        let response = try await http.send(
            HTTPTransfer.Request(.get, "http://localhost/api/v1", route: .unixSocket(path: path)))
        #expect(response.body == Array("ok".utf8))
        #expect(record.requests.first?.headers["host"] == "localhost")
        withExtendedLifetime(server) {}
    }

    @Test("connections are used again")
    func pool() async throws {
        let server = try StubServer.http(HTTPRecord()) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        }
        for _ in 0..<5 {
            _ = try await http.send(.init(.get, "http://127.0.0.1:\(server.port)/"))
        }
        #expect(server.accepted.count == 1)
    }

    @Test(
        "what could put a second request on the wire is refused before it leaves",
        arguments: [
            HTTPTransfer.Request(.get, "http://127.0.0.1/a\r\nX: y"),
            HTTPTransfer.Request(.get, "http://127.0.0.1/a b"),
            HTTPTransfer.Request(.get, "ftp://127.0.0.1/"),
            HTTPTransfer.Request(.get, "file:///etc/passwd"),
            HTTPTransfer.Request(.get, "http://user:word@127.0.0.1/"),
            HTTPTransfer.Request(.get, "http://127.0.0.1/", headers: [.init("A", "b\r\nC: d")]),
            HTTPTransfer.Request(.get, "http://127.0.0.1/", headers: [.init("A", "b\0c")]),
            HTTPTransfer.Request(.get, "http://127.0.0.1/", headers: [.init("A:", "b")]),
            HTTPTransfer.Request(.get, "http://127.0.0.1/", headers: [.init("", "b")]),
            HTTPTransfer.Request(
                .get, "http://127.0.0.1/",
                route: .unixSocket(path: String(repeating: "x", count: 200))),
        ])
    func refused(_ request: HTTPTransfer.Request) async throws {
        let error = await #expect(throws: TransportFailure.self) { try await http.send(request) }
        guard case .invalidRequest? = error else {
            // libcurl itself judges the user in the URL.
            guard request.url.contains("@") else {
                Issue.record("got \(String(describing: error))"); return
            }
            return
        }
    }

    @Test("a redirect is the answer unless following is asked for")
    func redirects() async throws {
        let server = try StubServer.http(HTTPRecord()) { request in
            request.line.contains("/end")
                ? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend"
                : "HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n"
        }
        var request = HTTPTransfer.Request(.get, "http://127.0.0.1:\(server.port)/")
        #expect(try await http.send(request).status == 302)
        request.redirects = .followed(atMost: 3)
        #expect(try await http.send(request).body == Array("end".utf8))
        let stream = try await http.stream(request)
        #expect(stream.status == 200)
    }

    @Test("an answer over the limit is given up, one at the limit is not")
    func limit() async throws {
        let server = try StubServer.http(HTTPRecord()) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + String(repeating: "x", count: 100)
        }
        var request = HTTPTransfer.Request(
            .get, "http://127.0.0.1:\(server.port)/", maximumResponseBytes: 100)
        #expect(try await http.send(request).body.count == 100)
        request.maximumResponseBytes = 99
        await #expect(throws: TransportFailure.responseTooLarge(limit: 99)) {
            try await http.send(request)
        }
    }

    @Test("endless response headers are given up")
    func endlessHead() async throws {
        let server = try StubServer { connection in
            _ = connection.read(through: Array("\r\n\r\n".utf8))
            connection.write("HTTP/1.1 200 OK\r\n")
            for _ in 0..<400 {
                connection.write("A: " + String(repeating: "x", count: 1000) + "\r\n")
            }
            connection.write("\r\n")
        }
        let error = await #expect(throws: TransportFailure.self) {
            try await http.send(.init(.get, "http://127.0.0.1:\(server.port)/"))
        }
        #expect(error != .cancelled)
    }

    @Test("a peer that never answers runs into the deadline")
    func deadline() async throws {
        let server = try StubServer { $0.drain() }
        await #expect(throws: TransportFailure.deadlineExceeded) {
            try await http.send(
                .init(
                    .get, "http://127.0.0.1:\(server.port)/",
                    timeouts: TransferTimeouts(total: .milliseconds(50))))
        }
    }

    @Test("nobody listening is unreachable, a broken answer is interrupted")
    func failures() async throws {
        let port = try StubServer { _ in }.port
        let unreachable = await #expect(throws: TransportFailure.self) {
            try await http.send(.init(.get, "http://127.0.0.1:1/"))
        }
        guard case .unreachable? = unreachable else {
            Issue.record("\(unreachable as Any)"); return
        }
        _ = port
        let server = try StubServer { connection in
            _ = connection.read(through: Array("\r\n\r\n".utf8))
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        }
        let broken = await #expect(throws: TransportFailure.self) {
            try await http.send(.init(.get, "http://127.0.0.1:\(server.port)/"))
        }
        guard case .interrupted? = broken else { Issue.record("\(broken as Any)"); return }
    }

    @Test("a cancelled task ends its transfer, before or after it began")
    func cancellation() async throws {
        let server = try StubServer { $0.drain() }
        let http = http
        let request = HTTPTransfer.Request(.get, "http://127.0.0.1:\(server.port)/")
        for wait in [true, false] {
            let accepted = server.accepted.count
            let task = Task { try await http.send(request) }
            if wait { await server.accepted.reach(accepted + 1) }
            task.cancel()
            await #expect(throws: TransportFailure.cancelled) { try await task.value }
        }
    }

    @Test("shutting the loop down ends what runs and refuses what comes")
    func shutdown() async throws {
        let server = try StubServer { $0.drain() }
        let loop = CurlLoop(name: "short", limits: .init(running: 1, waiting: 5))
        let http = HTTPTransfer(loop: loop)
        let request = HTTPTransfer.Request(.get, "http://127.0.0.1:\(server.port)/")
        let tasks = (0..<3).map { _ in Task { try await http.send(request) } }
        await server.accepted.reach(1)
        await loop.shutdown()
        for task in tasks {
            await #expect(throws: TransportFailure.closed) { try await task.value }
        }
        await #expect(throws: TransportFailure.closed) { try await http.send(request) }
        await loop.shutdown()
    }

    @Test("what is beyond the bound of waiting transfers is refused as busy")
    func busy() async throws {
        let server = try StubServer { $0.drain() }
        let loop = CurlLoop(name: "narrow", limits: .init(running: 1, waiting: 1))
        let http = HTTPTransfer(loop: loop)
        let request = HTTPTransfer.Request(.get, "http://127.0.0.1:\(server.port)/")
        let results = await withTaskGroup(of: TransportFailure?.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do throws(TransportFailure) {
                        _ = try await http.send(request)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            let first = await group.next() ?? nil
            await loop.shutdown()
            var all = [first]
            for await result in group { all.append(result) }
            return all
        }
        #expect(results == [.busy, .closed, .closed])
    }
}

extension HTTPTransfer.Method {
    static let allForTests: [HTTPTransfer.Method] = [.get, .post, .put, .patch, .delete]
}
