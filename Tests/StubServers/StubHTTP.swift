import Synchronization

/// One request as a stub server read it. Header names in lower case.
package struct SeenRequest: Sendable, Equatable {
    package var line = ""
    package var headers: [String: String] = [:]
    package var body: [UInt8] = []
}

package final class HTTPRecord: Sendable {
    private let seen = Mutex<[SeenRequest]>([])

    package init() {}

    package var requests: [SeenRequest] { seen.withLock { $0 } }
    package func note(_ request: SeenRequest) { seen.withLock { $0.append(request) } }
}

extension StubConnection {
    package func readRequest() -> SeenRequest? {
        guard let line = readLine() else { return nil }
        var request = SeenRequest(line: line)
        while let field = readLine(), !field.isEmpty {
            guard let colon = field.firstIndex(of: ":") else { continue }
            let value = field[field.index(after: colon)...].drop { $0 == " " }
            request.headers[field[..<colon].lowercased()] = String(value)
        }
        if let length = request.headers["content-length"].flatMap(Int.init), length > 0 {
            request.body = read(count: length) ?? []
        }
        return request
    }
}

extension StubServer {
    /// Answers each request on a connection with what `answer` says, whole.
    package static func http(
        _ record: HTTPRecord, on address: Address = .tcp,
        answer: @escaping @Sendable (SeenRequest) -> String
    ) throws -> StubServer {
        try StubServer(address) { connection in
            while let request = connection.readRequest() {
                record.note(request)
                connection.write(answer(request))
            }
        }
    }
}
