internal import CCurl
internal import Synchronization

/// What other threads tell curl's thread. Everything is behind one lock; the waking call too, so that
/// the multi handle cannot be freed while somebody wakes it.
final class LoopInbox: Sendable {
    /// What came in since the last look.
    struct News {
        var arrivals: [(id: TransferID, transfer: any Transfer, at: ContinuousClock.Instant)] = []
        var cancelled: Set<TransferID> = []
        var resumed: Set<TransferID> = []
        var closing = false
    }

    private enum Life {
        case asleep
        case running
        case closed
    }

    private struct State {
        var news = News()
        var life = Life.asleep
        /// Address of the multi handle while the thread lives; 0 before and after.
        var multi: UInt = 0
        /// Submitted and not yet ended.
        var admitted = 0
        var lastID: UInt64 = 0
        var onClosed: [@Sendable () -> Void] = []
    }

    let name: String
    let limits: CurlLoop.Limits
    private let state = Mutex(State())

    init(name: String, limits: CurlLoop.Limits) {
        self.name = name
        self.limits = limits
    }

    func makeID() -> TransferID {
        state.withLock { state in
            state.lastID &+= 1
            return TransferID(number: state.lastID)
        }
    }

    /// nil when taken; otherwise why not.
    func submit(_ transfer: any Transfer, as id: TransferID) -> TransportFailure? {
        let (refusal, start) = state.withLock { state -> (TransportFailure?, Bool) in
            guard state.life != .closed, !state.news.closing else { return (.closed, false) }
            guard state.admitted < limits.running &+ limits.waiting else { return (.busy, false) }
            state.admitted &+= 1
            state.news.arrivals.append((id, transfer, .now))
            let start = state.life == .asleep
            state.life = .running
            wake(state)
            return (nil, start)
        }
        if start, !CurlThread.start(self) { threadEnded() }
        return refusal
    }

    func cancel(_ id: TransferID) {
        state.withLock { state in
            guard state.admitted > 0 else { return }
            state.news.cancelled.insert(id)
            wake(state)
        }
    }

    func resume(_ id: TransferID) {
        state.withLock { state in
            guard state.admitted > 0 else { return }
            state.news.resumed.insert(id)
            wake(state)
        }
    }

    func close(then done: (@Sendable () -> Void)? = nil) {
        let already = state.withLock { state -> Bool in
            if state.life == .asleep { state.life = .closed }
            guard state.life != .closed else { return true }
            state.news.closing = true
            if let done { state.onClosed.append(done) }
            wake(state)
            return false
        }
        if already { done?() }
    }

    // MARK: For curl's thread

    func opened(_ multi: UnsafeMutableRawPointer) {
        let address = UInt(bitPattern: multi)
        state.withLock { $0.multi = address }
    }

    func takeNews() -> News {
        state.withLock { state in
            let news = state.news
            state.news = News(closing: news.closing)
            return news
        }
    }

    /// Asked inside libcurl's blocking waits, where news are not taken.
    func isAbandoned(_ id: TransferID) -> Bool {
        state.withLock { $0.news.closing || $0.news.cancelled.contains(id) }
    }

    /// Everything under way ends because the transport does, not because its caller wants it.
    var isClosing: Bool { state.withLock { $0.news.closing } }

    func transferEnded() {
        state.withLock { $0.admitted &-= 1 }
    }

    /// No wake-up reaches the multi handle after this; what still arrived is ended here.
    func threadEnded() {
        let (left, done) = state.withLock { state in
            state.life = .closed
            state.multi = 0
            state.admitted = 0
            let left = state.news.arrivals
            state.news = News(closing: true)
            let done = state.onClosed
            state.onClosed = []
            return (left, done)
        }
        for arrival in left {
            arrival.transfer.ended(TransferEnding(verdict: .failed(.closed), newConnections: 0))
        }
        for call in done { call() }
    }

    private func wake(_ state: borrowing State) {
        if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) { curl_multi_wakeup(multi) }
    }
}
