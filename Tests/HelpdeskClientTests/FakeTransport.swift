import HelpdeskAPI
import HelpdeskClient
import Synchronization

/// The daemon of these tests: answers from a list, and remembers what it was asked.
final class FakeTransport: APITransport {
    private struct State {
        var answers: [Result<APIResponse, ClientFailure>] = []
        var streams: [Result<APIStream, ClientFailure>] = []
        var requests: [APIRequest] = []
    }

    private let state: Mutex<State>

    init(
        _ answers: [Result<APIResponse, ClientFailure>] = [],
        streams: [Result<APIStream, ClientFailure>] = []
    ) {
        state = Mutex(State(answers: answers, streams: streams))
    }

    var requests: [APIRequest] { state.withLock { $0.requests } }

    func send(_ request: APIRequest) async throws(ClientFailure) -> APIResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw .unreachable("the test has no more answers") }
        return try answer.get()
    }

    func stream(_ request: APIRequest) async throws(ClientFailure) -> APIStream {
        let stream = state.withLock { state in
            state.requests.append(request)
            return state.streams.isEmpty ? nil : state.streams.removeFirst()
        }
        guard let stream else { throw .configuration("the test has no more streams") }
        return try stream.get()
    }
}

extension APIStream {
    /// A stream of these texts that ends then, or breaks.
    init(_ texts: [String], status: Int = 200, failure: ClientFailure? = nil) {
        self.init(
            status: status, headers: [],
            chunks: AsyncThrowingStream { continuation in
                for text in texts { continuation.yield(Array(text.utf8)) }
                continuation.finish(throwing: failure)
            })
    }
}

extension APIResponse {
    init(_ status: Int, _ text: String, headers: [APIRequest.Header] = []) {
        self.init(status: status, headers: headers, body: Array(text.utf8))
    }
}
