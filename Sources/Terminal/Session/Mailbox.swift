internal import Synchronization

/// What the program leaves for the terminal's thread: one frame, and a few requests.
final class Mailbox: Sendable {
    enum Request {
        case send([UInt8])
        case stop
        case release(CheckedContinuation<Void, Never>)
        case reclaim(CheckedContinuation<Void, Never>)
        case close(CheckedContinuation<Void, Never>?)
    }

    /// Requests that may wait; a bell or a title beyond them is dropped.
    private static let limit = 64

    private struct State {
        var frame: CellGrid?
        var requests: [Request] = []
        var isShut = false
    }

    private let state = Mutex(State())

    /// Only the newest frame is kept: a slow terminal skips frames, it does not fall behind.
    func put(frame: CellGrid) {
        state.withLock { if !$0.isShut { $0.frame = frame } }
    }

    func put(_ request: Request) {
        let isTaken = state.withLock { state in
            guard !state.isShut else { return false }
            if case .send = request, state.requests.count >= Mailbox.limit { return true }
            state.requests.append(request)
            return true
        }
        if !isTaken { Mailbox.answer(request) }
    }

    func takeFrame() -> CellGrid? {
        state.withLock { state in
            defer { state.frame = nil }
            return state.frame
        }
    }

    func takeRequests() -> [Request] {
        state.withLock { state in
            defer { state.requests.removeAll() }
            return state.requests
        }
    }

    /// The thread ends: whoever waits is let go.
    func shut() {
        let left = state.withLock { state in
            state.isShut = true
            state.frame = nil
            defer { state.requests.removeAll() }
            return state.requests
        }
        left.forEach(Mailbox.answer)
    }

    private static func answer(_ request: Request) {
        switch request {
        case .send, .stop: break
        case .release(let waiter), .reclaim(let waiter): waiter.resume()
        case .close(let waiter): waiter?.resume()
        }
    }
}
