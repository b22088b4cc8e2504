internal import Synchronization

/// A supervised child that speaks lines on its stdio. One thread of its own reads, writes, waits and reaps (`ChildThread`);
/// everybody else hands lines over and takes lines out.
///
/// What is buffered is bounded both ways: a child that talks too much is not read, and one that does not listen makes `write` say
/// no. With the child's end its whole process group ends.
package final class ChildProcess: Sendable {
    package struct Command: Sendable, Equatable {
        /// A program and its arguments; the program is looked up in `PATH` of `environment`.
        package let words: [String]
        /// `NAME=value`, and nothing besides.
        package let environment: [String]
        package let folder: String

        package init(words: [String], environment: [String], folder: String) {
            self.words = words
            self.environment = environment
            self.folder = folder
        }
    }

    package enum Ending: Sendable, Equatable, CustomStringConvertible {
        case exited(Int32)
        case signalled(Int32)
        /// It never ran: the system's words.
        case notStarted(String)

        package var description: String {
            switch self {
            case .exited(let status): "it ended with status \(status)"
            case .signalled(let number): "it was ended by signal \(number)"
            case .notStarted(let reason): "it could not be started: \(reason)"
            }
        }
    }

    package enum Event: Sendable, Equatable {
        case line([UInt8])
        /// A line beyond `lineLimit`. No more is read.
        case overlong
        /// The last event.
        case ended(Ending)
    }

    /// Bytes of a line, both ways (DESIGN §7).
    package static let lineLimit = 1 << 20
    /// Lines and bytes taken from the child and not yet asked for; beyond them it is not read.
    static let inboundLines = 64
    static let inboundBytes = 1 << 20
    /// Bytes handed over that the child did not read.
    static let outboundBytes = 4 << 20

    let command: Command
    /// Hears what the child says on stderr, line by line, cut at 1,000 bytes; on the child's thread, must not block.
    let complain: @Sendable ([UInt8]) -> Void
    let state: Mutex<State>
    let wake: WakeHandle

    package init(_ command: Command, complain: @escaping @Sendable ([UInt8]) -> Void) {
        self.command = command
        self.complain = complain
        state = Mutex(State())
        wake = WakeHandle()
    }

    struct State {
        var events: [Event] = []
        var eventBytes = 0
        var outbound: [[UInt8]] = []
        var outboundBytes = 0
        /// Lines handed over, and lines of them that the pipe took whole.
        var handedOver = 0
        var taken = 0
        var isInputClosed = false
        var signal: Signal?
        var hasEnded = false
        var pid: Int32?
        var waiter: CheckedContinuation<Event?, Never>?
        var deadline: ContinuousClock.Instant?
        var isNudged = false

        var isFull: Bool {
            events.count >= ChildProcess.inboundLines || eventBytes >= ChildProcess.inboundBytes
        }

        /// Hands the next event to whoever waits.
        mutating func settleWaiter() -> (CheckedContinuation<Event?, Never>, Event?)? {
            guard let waiting = waiter else { return nil }
            if let event = pop() {
                waiter = nil
                deadline = nil
                return (waiting, event)
            }
            guard isNudged || deadline.map({ $0 <= .now }) == true else { return nil }
            isNudged = false
            waiter = nil
            deadline = nil
            return (waiting, nil)
        }

        mutating func pop() -> Event? {
            guard !events.isEmpty else { return nil }
            let event = events.removeFirst()
            if case .line(let bytes) = event { eventBytes -= bytes.count }
            return event
        }
    }

    enum Signal: Equatable { case kill, stop, resume }

    /// Starts it; call once.
    package func start() {
        guard ChildThread.start(self) else {
            state.withLock { state in
                state.hasEnded = true
                state.events.append(.ended(.notStarted("the system has no thread to give")))
            }
            return
        }
    }

    /// The next event, in order; nil when `patience` ran out, or after `nudge`. One reader only. After `.ended` there is nothing
    /// more: nil at once.
    package func next(within patience: Duration) async -> Event? {
        let event = await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> (CheckedContinuation<Event?, Never>, Event?)? in
                if state.hasEnded, state.events.isEmpty { return (continuation, nil) }
                state.waiter = continuation
                state.deadline = .now + patience
                return state.settleWaiter()
            }
            if let answer { answer.0.resume(returning: answer.1) } else { wake.ring() }
        }
        wake.ring()
        return event
    }

    /// Makes `next` return: from any thread, before or while somebody waits.
    package func nudge() {
        state.withLock { $0.isNudged = true }
        wake.ring()
    }

    package enum Handover: Sendable, Equatable {
        /// Its number, for `hasTaken`.
        case accepted(Int)
        /// The child does not listen, or is gone; nothing was handed over.
        case refused
    }

    /// Hands over one line, without its end.
    package func write(_ line: [UInt8]) -> Handover {
        let result = state.withLock { state -> Handover in
            guard !state.hasEnded, !state.isInputClosed,
                state.outboundBytes + line.count < Self.outboundBytes
            else { return .refused }
            state.outbound.append(line + [0x0A])
            state.outboundBytes += line.count + 1
            state.handedOver += 1
            return .accepted(state.handedOver)
        }
        wake.ring()
        return result
    }

    /// Whether the pipe took the whole line: then the child may have read it.
    package func hasTaken(_ number: Int) -> Bool { state.withLock { $0.taken >= number } }

    /// Closes its stdin once all lines are taken.
    package func closeInput() {
        state.withLock { $0.isInputClosed = true }
        wake.ring()
    }

    /// Ends it and its process group with SIGKILL; `.ended` follows.
    package func kill() { send(.kill) }

    /// Stops and resumes it with its group (SIGSTOP, SIGCONT): for tests of patience.
    package func suspend() { send(.stop) }
    package func resume() { send(.resume) }

    private func send(_ signal: Signal) {
        state.withLock { $0.signal = signal }
        wake.ring()
    }

    package var hasEnded: Bool { state.withLock { $0.hasEnded } }
    /// Nil before it runs.
    package var pid: Int32? { state.withLock { $0.pid } }
    /// Whether lines wait to be asked for.
    package var isTalking: Bool { state.withLock { !$0.events.isEmpty } }
}
