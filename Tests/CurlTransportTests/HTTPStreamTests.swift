import CurlTransport
import StubServers
import Testing

@Suite("Streaming answers")
struct HTTPStreamTests {
    private let http = HTTPTransfer(loop: CurlLoop(name: "test"))

    @Test("chunks of a server-sent event stream come as they are sent, then the end")
    func events() async throws {
        let gate = Gate()
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            for number in 1...3 {
                gate.wait()
                connection.write("id: \(number)\n\n")
            }
        }
        let response = try await http.stream(
            .init(
                .get, "http://127.0.0.1:\(server.port)/stream",
                timeouts: TransferTimeouts(total: nil)))
        #expect(response.status == 200)
        #expect(response.header("content-type") == "text/event-stream")
        var reader = response.body.makeAsyncIterator()
        for number in 1...3 {
            gate.open()
            #expect(try await reader.next() == Array("id: \(number)\n\n".utf8))
        }
        #expect(try await reader.next() == nil)
        #expect(try await reader.next() == nil)
    }

    @Test("a slow reader pauses the sender, loses nothing and holds little")
    func backPressure() async throws {
        let total = 24 * 1024 * 1024
        let sent = Counter()
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            var next: UInt8 = 0
            for _ in 0..<(total / 65536) {
                var piece = [UInt8](repeating: 0, count: 65536)
                for index in piece.indices {
                    piece[index] = next
                    next = next &+ 1 == 251 ? 0 : next &+ 1
                }
                connection.write(piece)
                sent.add(piece.count)
            }
        }
        let response = try await http.stream(
            .init(.get, "http://127.0.0.1:\(server.port)/", timeouts: .init(total: nil)),
            bufferedBytes: 65536)
        // The sender fills what the kernel holds and then stands still.
        var before = -1
        var same = 0
        while same < 200 {
            let now = sent.count
            same = now == before ? same + 1 : 0
            before = now
            _ = try await http.send(.init(.get, "http://127.0.0.1:\(echo.port)/"))
        }
        #expect(before < total / 2)
        var count = 0
        var expected: UInt8 = 0
        var wrong = 0
        for try await chunk in response.body {
            for byte in chunk {
                if byte != expected { wrong += 1 }
                expected = expected &+ 1 == 251 ? 0 : expected &+ 1
            }
            count += chunk.count
        }
        #expect(count == total)
        #expect(wrong == 0)
    }

    /// Another server on the same loop: a paused stream must not hold it up.
    private let echo: StubServer

    init() throws {
        echo = try StubServer.http(HTTPRecord()) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        }
    }

    @Test("letting go of the stream closes the connection")
    func abandoned() async throws {
        let gone = Counter()
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\nfirst")
            connection.drain()
            gone.add(1)
        }
        do {
            let response = try await http.stream(
                .init(.get, "http://127.0.0.1:\(server.port)/", timeouts: .init(total: nil)))
            var reader = response.body.makeAsyncIterator()
            #expect(try await reader.next() == Array("first".utf8))
        }
        await gone.reach(1)
    }

    @Test("cancelling the reader's task ends the wait")
    func cancelledReader() async throws {
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\nfirst")
            connection.drain()
        }
        let response = try await http.stream(
            .init(.get, "http://127.0.0.1:\(server.port)/", timeouts: .init(total: nil)))
        let seen = Counter()
        let body = response.body
        let task = Task {
            do {
                for try await chunk in body { seen.add(chunk.count) }
                return TransportFailure?.none
            } catch {
                return error as? TransportFailure
            }
        }
        await seen.reach(5)
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(seen.count == 5)
    }

    @Test("a stream that breaks off says so after the last chunk")
    func brokenStream() async throws {
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        }
        let response = try await http.stream(.init(.get, "http://127.0.0.1:\(server.port)/"))
        var reader = response.body.makeAsyncIterator()
        #expect(try await reader.next() == Array("abc".utf8))
        await #expect(throws: TransportFailure.self) { _ = try await reader.next() }
    }

    @Test("a silent stream is given up after the idle time, an unreachable one at once")
    func idle() async throws {
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\nx")
            connection.drain()
        }
        let response = try await http.stream(
            .init(
                .get, "http://127.0.0.1:\(server.port)/",
                timeouts: .init(total: nil, idle: .seconds(2))))
        var reader = response.body.makeAsyncIterator()
        #expect(try await reader.next() == [UInt8(ascii: "x")])
        await #expect(throws: TransportFailure.silent) { _ = try await reader.next() }
        await #expect(throws: TransportFailure.self) {
            _ = try await http.stream(.init(.get, "http://127.0.0.1:1/"))
        }
    }
}
