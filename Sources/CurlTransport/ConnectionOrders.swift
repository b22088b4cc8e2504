internal import CCurl
internal import Synchronization

/// What tasks tell a connection's thread: one order at a time, and to close. Everything is behind one lock; the waking
/// call too, so that the multi handle cannot be freed while somebody wakes it.
final class ConnectionOrders: Sendable {
    typealias Answer = Result<Outcome, TransportFailure>

    enum Outcome: Sendable {
        case opened
        case sent
        case received(SecuredConnection.Reception)
    }

    enum Work: Sendable {
        case open
        case send([UInt8])
        case receive
    }

    struct Order: Sendable {
        let work: Work
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var order: Order?
        var waiter: CheckedContinuation<Answer, Never>?
        var isCancelled = false
        var isClosing = false
        var isOver = false
        /// Address of the multi handle while the thread lives; 0 before and after.
        var multi: UInt = 0
    }

    private let state = Mutex(State())

    /// Hands an order to the thread and suspends until it is carried out. A cancelled task ends its order.
    func perform(_ work: Work, within patience: Duration) async throws(TransportFailure) -> Outcome {
        let deadline = ContinuousClock.now + patience
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(Order(work: work, deadline: deadline), continuation)
            }
        } onCancel: {
            state.withLock { state in
                state.isCancelled = true
                wake(state)
            }
        }
        return try answer.get()
    }

    private func submit(_ order: Order, _ continuation: CheckedContinuation<Answer, Never>) {
        let refusal = state.withLock { state -> TransportFailure? in
            if state.isOver || state.isClosing { return .closed }
            if state.isCancelled { return .cancelled }
            guard state.waiter == nil else {
                return .invalidRequest("the connection has two users")
            }
            state.order = order
            state.waiter = continuation
            wake(state)
            return nil
        }
        if let refusal { continuation.resume(returning: .failure(refusal)) }
    }

    func close() {
        state.withLock { state in
            state.isClosing = true
            wake(state)
        }
    }

    // MARK: For the thread

    func began(_ multi: UnsafeMutableRawPointer) {
        let address = UInt(bitPattern: multi)
        state.withLock { $0.multi = address }
    }

    /// The next order, once; it stays the current one until `answer`.
    func take() -> Order? {
        state.withLock { state in
            let order = state.order
            state.order = nil
            return order
        }
    }

    /// Why the current order must end now; nil while it may go on.
    var interruption: TransportFailure? {
        state.withLock { $0.isClosing ? .closed : $0.isCancelled ? .cancelled : nil }
    }

    func answer(_ answer: Answer) {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: answer)
    }

    /// No wake-up reaches the multi handle after this.
    func ended() {
        state.withLock { state in
            state.isOver = true
            state.multi = 0
        }
        answer(.failure(.closed))
    }

    private func wake(_ state: borrowing State) {
        if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) { curl_multi_wakeup(multi) }
    }
}
