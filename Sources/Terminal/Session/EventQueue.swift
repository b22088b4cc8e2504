internal import Synchronization

/// Events on their way from the terminal's thread to the program: bounded, with back-pressure.
///
/// The thread stops reading the terminal while there is no `room`, so that typing waits in the
/// system's buffer rather than in our memory, and nothing is dropped.
final class EventQueue: Sendable {
    /// Events that may wait. One read can add as many bytes as `TerminalLoop.chunk` beyond it.
    static let limit = 256

    private struct State {
        var events: [TerminalEvent] = []
        /// Taken events at the front of `events`, removed now and then.
        var taken = 0
        var isFinished = false
        var waiter: CheckedContinuation<TerminalEvent?, Never>?
    }

    private let state = Mutex(State())
    /// Called, from any thread, when room appears again.
    private let roomAppeared: @Sendable () -> Void

    init(roomAppeared: @escaping @Sendable () -> Void) {
        self.roomAppeared = roomAppeared
    }

    var hasRoom: Bool {
        state.withLock { $0.events.count - $0.taken < EventQueue.limit }
    }

    func offer(_ event: TerminalEvent) {
        let waiter = state.withLock { state -> CheckedContinuation<TerminalEvent?, Never>? in
            guard !state.isFinished else { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            // Only the last size counts.
            if case .resized = event, case .resized? = state.events.last {
                if state.taken < state.events.count { state.events.removeLast() }
            }
            state.events.append(event)
            return nil
        }
        waiter?.resume(returning: event)
    }

    /// No more events will come; those that wait are still handed out.
    func finish() {
        let waiter = state.withLock { state in
            state.isFinished = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// The next event; nothing once finished, or when the task that waits is cancelled.
    func next() async -> TerminalEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let (event, wasFull) = take(or: waiter)
                if wasFull { roomAppeared() }
                if let event { waiter.resume(returning: event) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }

    /// The outer optional says whether `waiter` is to be resumed at once.
    private func take(
        or waiter: CheckedContinuation<TerminalEvent?, Never>
    ) -> (event: TerminalEvent??, wasFull: Bool) {
        state.withLock { state in
            guard state.taken < state.events.count else {
                if state.isFinished || Task.isCancelled { return (.some(nil), false) }
                let former = state.waiter
                state.waiter = waiter
                former?.resume(returning: nil)
                return (nil, false)
            }
            let wasFull = state.events.count - state.taken == EventQueue.limit
            let event = state.events[state.taken]
            state.taken += 1
            if state.taken >= EventQueue.limit || state.taken == state.events.count {
                state.events.removeFirst(state.taken)
                state.taken = 0
            }
            return (event, wasFull)
        }
    }
}
