import CurlTransport
import StubServers
import Synchronization

@testable import EmailChannel

/// Steps of one life of a process, counted; at one of them it dies. From there on nothing it does has any effect.
final class Fate: Sendable {
    private let state: Mutex<(steps: Int, dieAt: Int?)>

    init(dieAt: Int? = nil) { state = Mutex((0, dieAt)) }

    var steps: Int { state.withLock { $0.steps } }

    /// False when dead.
    func step() -> Bool {
        state.withLock { state in
            state.steps += 1
            return state.dieAt.map { state.steps < $0 } ?? true
        }
    }
}

/// A connection to a `StubMailbox` without a network: an answer is there at once, and where nothing would ever come the
/// test says what happens.
final class MemoryChannel: IMAPChannel {
    enum Turn: Sendable {
        /// Nothing comes in the time given, or, in an IDLE, whatever the mailbox has to tell.
        case goOn
        /// The reader's task is cancelled.
        case stop
    }

    /// How many bytes come at once.
    struct Chunks: Sendable {
        let next: @Sendable () -> Int
        static let large = Chunks { 1 << 20 }
    }

    private struct State {
        var dialogue: StubIMAPDialogue
        var output: [UInt8] = []
        var isOver = false
        var waits = 0
    }

    private let state: Mutex<State>
    private let fate: Fate
    private let chunks: Chunks
    private let whileWaiting: @Sendable (Int) -> Turn

    /// - Parameter whileWaiting: called with the number of the wait, from 1.
    init(
        _ mailbox: StubMailbox, fate: Fate = Fate(), chunks: Chunks = .large,
        whileWaiting: @escaping @Sendable (Int) -> Turn = { _ in .stop }
    ) {
        state = Mutex(State(dialogue: StubIMAPDialogue(mailbox)))
        self.fate = fate
        self.chunks = chunks
        self.whileWaiting = whileWaiting
    }

    func send(_ bytes: [UInt8], within patience: Duration) async throws(TransportFailure) {
        guard fate.step() else { throw .interrupted("died") }
        state.withLock { state in
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\r\n") {
                guard let answer = state.dialogue.answer(String(line)) else {
                    state.isOver = true
                    continue
                }
                state.output += answer
            }
        }
    }

    func receive(
        within patience: Duration
    ) async throws(TransportFailure) -> SecuredConnection.Reception {
        guard fate.step() else { throw .interrupted("died") }
        if let ready = take() { return ready }
        let wait = state.withLock { state in
            state.waits += 1
            return state.waits
        }
        guard case .goOn = whileWaiting(wait) else { throw .cancelled }
        state.withLock { state in
            if state.dialogue.idling != nil { state.output += Array(state.dialogue.news().utf8) }
        }
        return take() ?? .silence
    }

    private func take() -> SecuredConnection.Reception? {
        let count = max(1, chunks.next())
        return state.withLock { state in
            guard !state.output.isEmpty else { return state.isOver ? .ended : nil }
            let bytes = Array(state.output.prefix(count))
            state.output.removeFirst(bytes.count)
            return .bytes(bytes)
        }
    }

    func close() {}
}
