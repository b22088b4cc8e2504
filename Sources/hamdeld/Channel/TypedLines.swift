internal import Dispatch
internal import Synchronization

/// Lines from stdin, read on a thread of their own: a terminal blocks.
final class TypedLines: Sendable {
    /// Lines that nobody asked for yet; beyond them the reader waits for the program to end.
    private static let most = 10_000

    private struct State {
        var lines: [String] = []
        var hasEnded = false
        var wasTold = false
    }

    private let state = Mutex(State())

    func start(_ wake: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "hamdel.typed").async { [self] in
            while let line = readLine(strippingNewline: true) {
                let isFull = state.withLock { state in
                    state.lines.append(line)
                    return state.lines.count >= Self.most
                }
                wake()
                if isFull { break }
            }
            state.withLock { $0.hasEnded = true }
            wake()
        }
    }

    /// Nil when there is none now; `.some(nil)` once, at the end.
    func next() -> String?? {
        state.withLock { state -> String?? in
            if !state.lines.isEmpty { return .some(state.lines.removeFirst()) }
            guard state.hasEnded, !state.wasTold else { return nil }
            state.wasTold = true
            return .some(nil)
        }
    }
}
