internal import Synchronization

/// One request whose answer is collected whole.
final class HTTPCollector: Transfer {
    private struct State {
        var head = HTTPHead()
        var body: [UInt8] = []
        /// Why we stopped reading, when we did.
        var failure: TransportFailure?
        var done: (@Sendable (Result<HTTPTransfer.Response, TransportFailure>) -> Void)?
    }

    private let request: HTTPTransfer.Request
    private let state = Mutex(State())

    var timeouts: TransferTimeouts { request.timeouts }

    init(_ request: HTTPTransfer.Request) {
        self.request = request
    }

    func start(
        _ done: @escaping @Sendable (Result<HTTPTransfer.Response, TransportFailure>) -> Void
    ) {
        state.withLock { $0.done = done }
    }

    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        try request.apply(to: handle)
    }

    func received(headLine: UnsafeRawBufferPointer) -> BodyVerdict {
        state.withLock { state in
            do throws(HTTPHead.Fault) {
                try state.head.read(headLine)
            } catch {
                state.failure = .responseTooLarge(limit: HTTPHead.maximumBytes)
                return .stop
            }
            return .taken
        }
    }

    func received(body: UnsafeRawBufferPointer) -> BodyVerdict {
        let limit = request.maximumResponseBytes
        return state.withLock { state in
            guard state.body.count + body.count <= limit else {
                state.failure = .responseTooLarge(limit: limit)
                return .stop
            }
            state.body.append(contentsOf: body)
            return .taken
        }
    }

    func ended(_ ending: TransferEnding) {
        let (done, result) = state.withLock { state in
            let done = state.done
            state.done = nil
            return (done, Self.result(state, ending))
        }
        done?(result)
    }

    private static func result(
        _ state: State, _ ending: TransferEnding
    ) -> Result<HTTPTransfer.Response, TransportFailure> {
        if let failure = state.failure { return .failure(failure) }
        switch ending.verdict {
        case .failed(let failure): return .failure(failure)
        case .finished where state.head.isComplete:
            return .success(
                HTTPTransfer.Response(
                    status: state.head.status, headers: state.head.headers, body: state.body))
        case .finished: return .failure(.interrupted("the peer did not speak HTTP"))
        }
    }
}
