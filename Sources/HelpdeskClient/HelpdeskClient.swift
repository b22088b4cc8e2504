public import HelpdeskAPI

/// The API as typed calls. A value: copies share one connection pool.
public struct HelpdeskClient: Sendable {
    let transport: any APITransport
    private let newKey: @Sendable () -> String

    /// `newKey` makes the `Idempotency-Key` of a POST: unique for ever, visible ASCII.
    public init(
        transport: any APITransport, newKey: @escaping @Sendable () -> String = Self.randomKey
    ) {
        self.transport = transport
        self.newKey = newKey
    }

    public init(_ address: DaemonAddress) { self.init(transport: CurlAPITransport(to: address)) }

    /// 128 bits of the system's randomness.
    @Sendable public static func randomKey() -> String {
        let halves = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        return String(halves.0, radix: 16) + "-" + String(halves.1, radix: 16)
    }

    /// What a caller wants of one call beside its body.
    public struct Conditions: Hashable, Sendable {
        /// The version the caller saw: the daemon refuses with 412 when it is another by now. Nil: whatever it is.
        public var version: Int64?
        /// Nil: a fresh one. The same key again does the same thing once.
        public var key: String?

        public init(version: Int64? = nil, key: String? = nil) {
            self.version = version
            self.key = key
        }
    }

    /// The bytes of a successful answer. Throws `.problem` for every other status.
    ///
    /// A broken connection is tried once more where that cannot do anything twice: what only reads, and a POST, whose
    /// key the daemon knows again.
    public func bytes(
        _ method: APIRoute.Method, _ target: String, body: [UInt8]? = nil,
        contentType: String = "application/json", conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> [UInt8] {
        var request = APIRequest(method, target, body: body)
        if body != nil { request.headers.append(.init("Content-Type", contentType)) }
        if method == .post {
            request.headers.append(.init("Idempotency-Key", conditions.key ?? newKey()))
        }
        if let version = conditions.version {
            request.headers.append(.init("If-Match", "\"\(version)\""))
        }
        let response = try await sendTwiceAtMost(request)
        guard (200..<300).contains(response.status) else { throw Self.problem(response) }
        return response.body
    }

    /// A call whose answer is one document.
    public func document<Answer: Decodable>(
        _ type: Answer.Type, _ method: APIRoute.Method, _ target: String,
        conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> Answer {
        try Self.decode(type, try await bytes(method, target, conditions: conditions))
    }

    /// A call with a document as body, and one as answer.
    public func document<Answer: Decodable>(
        _ type: Answer.Type, _ method: APIRoute.Method, _ target: String,
        body: some Encodable, conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> Answer {
        let encoded = try Self.encode(body)
        return try Self.decode(
            type, try await bytes(method, target, body: encoded, conditions: conditions))
    }

    static func encode(_ document: some Encodable) throws(ClientFailure) -> [UInt8] {
        do {
            return try WireJSON.encode(document)
        } catch {
            throw .notUnderstood("the request cannot be written: \(error)")
        }
    }

    static func decode<Answer: Decodable>(
        _ type: Answer.Type, _ bytes: [UInt8]
    ) throws(ClientFailure) -> Answer {
        do {
            return try WireJSON.decode(type, from: bytes)
        } catch {
            throw .notUnderstood(WireJSON.describe(error))
        }
    }

    private func sendTwiceAtMost(_ request: APIRequest) async throws(ClientFailure) -> APIResponse {
        do {
            return try await transport.send(request)
        } catch .interrupted(let detail) {
            guard request.method == .get || request.method == .post, !Task.isCancelled else {
                throw .interrupted(detail)
            }
            return try await transport.send(request)
        }
    }

    /// The problem document, or one made from the status where something else answered: a proxy, perhaps.
    static func problem(_ response: APIResponse) -> ClientFailure {
        let retryAfter = response.header("retry-after").flatMap { Int($0) }
        if let problem = try? WireJSON.decode(API.Problem.self, from: response.body) {
            return .problem(problem, retryAfter: retryAfter)
        }
        let title = "the daemon answered with status \(response.status)"
        return .problem(
            API.Problem(
                type: "about:blank", title: title, status: response.status, code: "unknown"),
            retryAfter: retryAfter)
    }
}
