internal import CurlTransport
internal import Glibc
internal import HelpdeskAPI

/// Requests over libcurl: the unix socket, or TCP with a bearer token.
public struct CurlAPITransport: APITransport {
    private let transfer: HTTPTransfer
    private let address: DaemonAddress

    public init(to address: DaemonAddress) {
        self.address = address
        transfer = HTTPTransfer(loop: CurlLoop(name: "hamdel-api"))
    }

    /// The longest answer taken: an attachment may have 64 MiB.
    private static let maximumResponseBytes = 64 * 1_024 * 1_024

    public func send(_ request: APIRequest) async throws(ClientFailure) -> APIResponse {
        let timeouts = TransferTimeouts(connect: .seconds(5), total: .seconds(60))
        do throws(TransportFailure) {
            let response = try await transfer.send(wired(request, timeouts))
            return APIResponse(
                status: response.status,
                headers: response.headers.map { APIRequest.Header($0.name, $0.value) },
                body: response.body)
        } catch {
            throw failure(error)
        }
    }

    public func stream(_ request: APIRequest) async throws(ClientFailure) -> APIStream {
        // The daemon's heartbeat comes every 15 seconds.
        let timeouts = TransferTimeouts(connect: .seconds(5), total: nil, idle: .seconds(45))
        do throws(TransportFailure) {
            let response = try await transfer.stream(wired(request, timeouts))
            return APIStream(
                status: response.status,
                headers: response.headers.map { APIRequest.Header($0.name, $0.value) },
                chunks: Self.chunks(of: response.body))
        } catch {
            throw failure(error)
        }
    }

    private static func chunks(
        of body: AsyncThrowingStream<[UInt8], any Error>
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let reader = ChunkReader(body)
        return AsyncThrowingStream { try await reader.next() }
    }

    private func wired(_ request: APIRequest, _ timeouts: TransferTimeouts) -> HTTPTransfer.Request
    {
        var headers = request.headers.map { HTTPTransfer.Header($0.name, $0.value) }
        let route: HTTPTransfer.Route
        let origin: String
        let token: String?
        switch address {
        case .socket(let path, let mine):
            (route, origin, token) = (.unixSocket(path: path), "http://localhost", mine)
        case .network(let url, let mine): (route, origin, token) = (.network, url, mine)
        }
        if let token { headers.append(HTTPTransfer.Header("Authorization", "Bearer \(token)")) }
        return HTTPTransfer.Request(
            method(request.method), origin + APIRoute.base + request.target, headers: headers,
            body: request.body, route: route, timeouts: timeouts,
            maximumResponseBytes: Self.maximumResponseBytes)
    }

    /// libcurl calls a socket "localhost port 80": say what is the matter with the socket instead.
    private func failure(_ failure: TransportFailure) -> ClientFailure {
        guard case .unreachable = failure, case .socket(let path, _) = address else {
            return ClientFailure(failure)
        }
        guard access(path, R_OK | W_OK) != 0 else {
            return .unreachable("nobody listens at \(path)")
        }
        switch errno {
        case EACCES:
            return .unreachable("\(path) may not be opened by you; its group may: are you in it?")
        default: return .unreachable("there is no socket at \(path)")
        }
    }

    private func method(_ method: APIRoute.Method) -> HTTPTransfer.Method {
        switch method {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}

/// Reads on behalf of one consumer, turning the transport's failures into the client's.
private actor ChunkReader {
    private var iterator: AsyncThrowingStream<[UInt8], any Error>.Iterator

    init(_ body: AsyncThrowingStream<[UInt8], any Error>) { iterator = body.makeAsyncIterator() }

    func next() async throws -> [UInt8]? {
        var iterator = iterator
        do {
            return try await iterator.next(isolation: self)
        } catch let failure as TransportFailure {
            throw ClientFailure(failure)
        }
    }
}

extension ClientFailure {
    init(_ failure: TransportFailure) {
        switch failure {
        case .invalidRequest(let reason):
            self = .configuration("the request is not allowed: \(reason)")
        case .cancelled: self = .cancelled
        case .unreachable(let detail): self = .unreachable(detail)
        case .untrusted(let detail): self = .unreachable("no trusted TLS connection: \(detail)")
        case .busy, .closed, .deadlineExceeded, .silent, .signInRefused, .interrupted,
            .responseTooLarge:
            self = .interrupted(failure.description)
        }
    }
}
