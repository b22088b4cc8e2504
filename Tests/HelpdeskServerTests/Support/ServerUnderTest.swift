import ChannelKit
import CoreMetrics
import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import TestKit
import Testing

@testable import HelpdeskServer

/// The server's whole way of a request, from router to store, without a socket: requests are handed to the responder of one door.
final class ServerUnderTest: Sendable {
    let desk: TestDesk
    let server: DeskServer
    let registry: MetricsRegistry
    /// Who stands at the other end of the unix socket.
    let peer: Peer
    private let tokens = Mutex<[AgentID: String]>([:])

    final class Peer: Sendable {
        private let current = Mutex<PeerCredentials?>(nil)
        var credentials: PeerCredentials? {
            get { current.withLock { $0 } }
            set { current.withLock { $0 = newValue } }
        }
    }

    init(
        _ plan: DeskPlan = .standard, limits: ServerLimits = .unlimited,
        users: [UInt32: String] = [:], readMessage: MessageReading? = nil
    ) async throws {
        desk = try await TestDesk(plan)
        registry = MetricsRegistry()
        peer = Peer()
        let desk = desk.desk
        server = DeskServer(
            desk: desk,
            settings: ServerSettings(version: "1.2.3", limits: limits, readMessage: readMessage),
            registry: registry, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            users: UnixUsers { users[$0] }, peer: { [peer] _ in peer.credentials },
            host: { inbox in IntakeHost(desk, inbox: inbox, space: { 1 << 40 }) })
    }

    func token(_ agent: AgentID) async throws -> String {
        if let token = tokens.withLock({ $0[agent] }) { return token }
        let token = try await desk.directory.token(for: agent)
        tokens.withLock { $0[agent] = token }
        return token
    }

    /// A request of an agent to the API, `path` below `/api/v1`.
    func ask(
        _ method: HTTPRequest.Method = .get, _ path: String, by agent: AgentID? = .nima,
        _ body: String = "", headers: [String: String] = [:]
    ) async throws -> Answer {
        var headers = headers
        if let agent { headers["Authorization"] = "Bearer \(try await token(agent))" }
        return try await send(method, APIRoute.base + path, body, headers: headers)
    }

    /// A request as it is.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
        headers: [String: String] = [:], door: Door = .network
    ) async throws -> Answer {
        try await answer(method, path, body, headers, door).collected()
    }

    /// The answer before its body is written: for live streams.
    func answer(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
        _ headers: [String: String] = [:], _ door: Door = .network
    ) async throws -> Response {
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "desk.example", path: path,
            headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let context = DeskContext(
            source: ApplicationRequestContextSource(
                channel: NIOAsyncTestingChannel(), logger: Logger(label: "test")))
        return try await server.responder(door).respond(to: request, context: context)
    }
}

extension ServerLimits {
    /// No rates: they have tests of their own.
    static let unlimited = ServerLimits(
        apiPerMinute: 0, webhookPerSecond: 0, surveyPostsPerMinute: 0)
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var type: String? { headers[.contentType] }

    func document<Document: Decodable>(_ type: Document.Type) throws -> Document {
        try WireJSON.decode(type, from: bytes)
    }

    var json: JSONValue {
        get throws { try JSONReader.value(of: bytes) }
    }

    /// Status, code and the first place of a problem document.
    var problem: String {
        get throws {
            let problem = try document(API.Problem.self)
            #expect(type == "application/problem+json")
            #expect(problem.status == status)
            let place = problem.errors.first.map { " at \($0.place)" } ?? ""
            return "\(status) \(problem.code)\(place)"
        }
    }
}

extension Response {
    func collected() async throws -> Answer {
        let box = PieceBox()
        try await body.write(PieceWriter(box: box))
        return Answer(status: status.code, headers: headers, bytes: box.bytes)
    }
}

/// Where pieces of a body go in a test.
final class PieceBox: Sendable {
    private let state = Mutex<[UInt8]>([])
    private let (pieces, continuation) = AsyncStream.makeStream(of: [UInt8].self)

    var bytes: [UInt8] { state.withLock { $0 } }
    var arrivals: AsyncStream<[UInt8]> { pieces }

    func add(_ piece: [UInt8]) {
        state.withLock { $0 += piece }
        continuation.yield(piece)
    }

    func finish() { continuation.finish() }
}

struct PieceWriter: ResponseBodyWriter {
    let box: PieceBox

    mutating func write(_ buffer: ByteBuffer) async throws {
        box.add(Array(buffer.readableBytesView))
    }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { box.finish() }
}
