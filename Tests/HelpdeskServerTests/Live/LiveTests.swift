import Dispatch
import Glibc
import HelpdeskCore
import HelpdeskEngine
import Logging
import ServiceLifecycle
import TestKit
import Testing

@testable import HelpdeskServer

/// The server as it runs, asked over real sockets.
@Suite struct LiveTests {
    private func run(
        _ body: @Sendable (String, DeskServer, TestDesk) async throws -> Void
    ) async throws {
        let desk = try await TestDesk()
        let path = desk.folder.file("api.sock")
        let engine = desk.desk
        let server = DeskServer(
            desk: engine,
            settings: ServerSettings(
                socket: .init(path: path, group: getgid()),
                listen: .init(host: "127.0.0.1", port: 0),
                version: "1"),
            registry: MetricsRegistry(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            host: { IntakeHost(engine, inbox: $0, space: { 1 << 40 }) })
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while server.port == nil || !SocketFile.isAnswered(path) { await Task.yield() }
            try await body(path, server, desk)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(!SocketFile.isAnswered(path))
        var status = stat()
        #expect(lstat(path, &status) != 0, "the socket's name is gone")
    }

    @Test func theSocketStandsWithItsModeAndAnswersUntilTheDrain() async throws {
        try await run { path, server, _ in
            var status = stat()
            #expect(lstat(path, &status) == 0 && status.st_mode & 0o7777 == 0o660)
            let alive = await RawClient.ask(
                .unix(path), "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(alive.hasPrefix("HTTP/1.1 200 OK\r\n") && alive.hasSuffix("ok\n"))
            let port = try #require(server.port)
            let tcp = await RawClient.ask(
                .tcp(port), "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(tcp.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    /// Whoever runs the tests is bound to no agent, and root is nobody.
    @Test func theSystemSaysWhoIsAtTheOtherEnd() async throws {
        try await run { path, _, desk in
            let request = "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            #expect(await RawClient.ask(.unix(path), request).hasPrefix("HTTP/1.1 401 "))
            guard let name = UnixUsers.systemName(getuid()), name != "root" else { return }
            _ = try await desk.directory.add(
                AgentProfile(login: AgentID(rawValue: "me"), unixUser: name))
            #expect(await RawClient.ask(.unix(path), request).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test(arguments: [
        ("X: " + String(repeating: "x", count: 70_000) + "\r\n", "HTTP/1.1 431 "),
        (String(repeating: "X: y\r\n", count: 200), "HTTP/1.1 431 "),
        ("Content-Length: 3\r\nContent-Length: 4\r\n", "HTTP/1.1 400 "),
        ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "HTTP/1.1 400 "),
    ])
    func headsThatCannotBeAreRefused(_ fields: String, _ start: String) async throws {
        try await run { path, _, _ in
            let answer = await RawClient.ask(
                .unix(path), "POST /in/site-chat HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
            #expect(answer.hasPrefix(start), "\(answer.prefix(60))")
            let alive = await RawClient.ask(
                .unix(path), "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(alive.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func aLiveStreamCarriesWhatHappensAndEndsWithTheDrain() async throws {
        let box = PieceBox()
        try await run { path, _, desk in
            let token = try await desk.directory.token(for: .nima)
            RawClient.follow(
                .unix(path),
                "GET /api/v1/stream?after=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n",
                into: box)
            _ = await box.arrivals.first { _ in true }
            _ = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1"))
            for await _ in box.arrivals
            where String(decoding: box.bytes, as: UTF8.self).contains("ticket_opened") { break }
        }
        // The server is down although the stream was open: it ended as an answer ends.
        for await _ in box.arrivals {}
        #expect(String(decoding: box.bytes.suffix(5), as: UTF8.self) == "0\r\n\r\n")
    }
}

/// A client of a few lines: connects, writes, and reads until the other end closes. Blocks a thread of its own.
enum RawClient {
    enum Place: Sendable {
        case unix(String)
        case tcp(Int)
    }

    private static let queue = DispatchQueue(label: "raw client", attributes: .concurrent)

    static func ask(_ place: Place, _ request: String) async -> String {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: exchange(place, request)) }
        }
    }

    /// The same, handing over every piece as it comes.
    static func follow(_ place: Place, _ request: String, into box: PieceBox) {
        queue.async {
            _ = exchange(place, request) { box.add($0) }
            box.finish()
        }
    }

    private static func exchange(
        _ place: Place, _ request: String, _ piece: ([UInt8]) -> Void = { _ in }
    ) -> String {
        let descriptor = connected(place)
        guard descriptor >= 0 else { return "no connection" }
        defer { close(descriptor) }
        let bytes = Array(request.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        // A chunked answer's end, or the end of the connection.
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
            piece(Array(buffer[..<count]))
            if answer.suffix(5).elementsEqual(Array("0\r\n\r\n".utf8)) { break }
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private static func connected(_ place: Place) -> Int32 {
        switch place {
        case .unix(let path):
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            return connect(descriptor, &address)
        case .tcp(let port):
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
            address.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
            return connect(descriptor, &address)
        }
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        let size = socklen_t(MemoryLayout<Address>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, size)
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return -1
    }
}
