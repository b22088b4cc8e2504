internal import Synchronization

/// One request whose answer is handed on as it comes.
final class HTTPStreamer: Transfer {
    private struct State {
        var head = HTTPHead()
        var failure: TransportFailure?
        var started: (@Sendable (Result<HTTPHead, TransportFailure>) -> Void)?
    }

    private let request: HTTPTransfer.Request
    private let chunks: ChunkBuffer
    private let state = Mutex(State())

    var timeouts: TransferTimeouts { request.timeouts }

    init(_ request: HTTPTransfer.Request, _ chunks: ChunkBuffer) {
        self.request = request
        self.chunks = chunks
    }

    func start(_ started: @escaping @Sendable (Result<HTTPHead, TransportFailure>) -> Void) {
        state.withLock { $0.started = started }
    }

    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        try request.apply(to: handle)
    }

    func received(headLine: UnsafeRawBufferPointer) -> BodyVerdict {
        let follows = request.redirects != .refused
        let (verdict, report) = state.withLock { state in
            do throws(HTTPHead.Fault) {
                try state.head.read(headLine)
            } catch {
                state.failure = .responseTooLarge(limit: HTTPHead.maximumBytes)
                return (BodyVerdict.stop, Report?.none)
            }
            // A redirect that is followed is not the answer; libcurl comes with the next head.
            let isRedirect = follows && (300..<400).contains(state.head.status)
            return (.taken, state.head.isComplete && !isRedirect ? Report(taking: &state) : nil)
        }
        report?.send()
        return verdict
    }

    func received(body: UnsafeRawBufferPointer) -> BodyVerdict {
        chunks.push(body)
    }

    func ended(_ ending: TransferEnding) {
        let failure = state.withLock { $0.failure } ?? ending.failure
        // Nobody was told yet: the head never came, or a redirect was the last word.
        let report = state.withLock { state -> Report? in
            let complete = state.head.isComplete
            guard var report = Report(taking: &state) else { return nil }
            if let failure {
                report.result = .failure(failure)
            } else if !complete {
                report.result = .failure(.interrupted("the peer did not speak HTTP"))
            }
            return report
        }
        chunks.finish(failure)
        report?.send()
    }

    /// The one call to whoever waits for the head, made outside the lock.
    private struct Report {
        let call: @Sendable (Result<HTTPHead, TransportFailure>) -> Void
        var result: Result<HTTPHead, TransportFailure>

        init?(taking state: inout State) {
            guard let call = state.started else { return nil }
            self.call = call
            result = .success(state.head)
            state.started = nil
        }

        func send() { call(result) }
    }
}

extension TransferEnding {
    fileprivate var failure: TransportFailure? {
        switch verdict {
        case .finished: nil
        case .failed(let failure): failure
        }
    }
}
