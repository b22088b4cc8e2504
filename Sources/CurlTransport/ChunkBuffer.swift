internal import Synchronization

/// A bounded queue between curl's thread, which fills it, and one reading task.
///
/// Holds `limit` bytes and at most one chunk more. When it is full, `push` answers `.pause`; when the
/// reader has brought it down to half, `resume` is called.
final class ChunkBuffer: Sendable {
    fileprivate enum Ending {
        case finished
        case failed(TransportFailure)
    }

    fileprivate struct State {
        var chunks: [[UInt8]] = []
        var first = 0
        var bytes = 0
        var paused = false
        var ending: ChunkBuffer.Ending?
        var reader: CheckedContinuation<Result<[UInt8]?, TransportFailure>, Never>?
    }

    private let limit: Int
    private let resume: @Sendable () -> Void
    private let state = Mutex(State())

    init(limit: Int, resume: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.resume = resume
    }

    func push(_ bytes: UnsafeRawBufferPointer) -> BodyVerdict {
        guard !bytes.isEmpty else { return .taken }
        typealias Step = (
            BodyVerdict, CheckedContinuation<Result<[UInt8]?, TransportFailure>, Never>?
        )
        let (verdict, reader) = state.withLock { state -> Step in
            if case .failed = state.ending { return (.stop, nil) }
            guard state.bytes < limit else {
                state.paused = true
                return (.pause, nil)
            }
            if let reader = state.reader {
                state.reader = nil
                return (.taken, reader)
            }
            state.chunks.append(Array(bytes))
            state.bytes += bytes.count
            return (.taken, nil)
        }
        reader?.resume(returning: .success(Array(bytes)))
        return verdict
    }

    /// No more chunks will come; those queued are still read.
    func finish(_ failure: TransportFailure?) {
        let ending = failure.map(Ending.failed) ?? .finished
        let reader = state.withLock { state in
            if state.ending == nil { state.ending = ending }
            let reader = state.reader
            state.reader = nil
            return reader
        }
        reader?.resume(returning: Self.result(ending))
    }

    /// The next chunk; nil at the end.
    func next() async throws(TransportFailure) -> [UInt8]? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            finish(.cancelled)
        }
        return try result.get()
    }

    private func wait(
        _ continuation: CheckedContinuation<Result<[UInt8]?, TransportFailure>, Never>
    ) {
        enum Step {
            case answer(Result<[UInt8]?, TransportFailure>)
            case answerAndResume(Result<[UInt8]?, TransportFailure>)
            case wait
        }
        let step = state.withLock { state -> Step in
            if let chunk = state.takeFirst() {
                guard state.paused, state.bytes <= limit / 2 else {
                    return .answer(.success(chunk))
                }
                state.paused = false
                return .answerAndResume(.success(chunk))
            }
            if let ending = state.ending { return .answer(Self.result(ending)) }
            guard state.reader == nil else {
                return .answer(.failure(.invalidRequest("the stream has two readers")))
            }
            state.reader = continuation
            return .wait
        }
        switch step {
        case .answer(let result): continuation.resume(returning: result)
        case .answerAndResume(let result):
            continuation.resume(returning: result)
            resume()
        case .wait: break
        }
    }

    private static func result(_ ending: Ending) -> Result<[UInt8]?, TransportFailure> {
        switch ending {
        case .finished: .success(nil)
        case .failed(let failure): .failure(failure)
        }
    }
}

extension ChunkBuffer.State {
    /// Takes from the front without moving the rest each time.
    fileprivate mutating func takeFirst() -> [UInt8]? {
        guard first < chunks.count else { return nil }
        let chunk = chunks[first]
        chunks[first] = []
        first += 1
        bytes -= chunk.count
        if first == chunks.count || first > 64 {
            chunks.removeFirst(first)
            first = 0
        }
        return chunk
    }
}
