internal import Glibc
internal import Synchronization

/// The terminal, taken over for a full-screen program until `close()`.
///
/// A thread of its own reads and writes; nothing here blocks the caller. However the process ends
/// (a signal, a crash, `exit`), the terminal is given back as it was found. One session per process.
public final class TerminalSession: Sendable {
    public struct Options: Sendable {
        public enum Mouse: Sendable {
            /// Clicks and the wheel are events.
            case reported
            /// The mouse stays the terminal's own, for selecting.
            case untouched
        }

        public enum Signals: Sendable {
            /// The session handles SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH and crashes.
            case handled
            /// The program does. For tests.
            case untouched
        }

        public var bidi: BidiSetting
        public var mouse: Mouse
        public var colours: ColourDepth
        public var signals: Signals
        /// What the terminal's kind is judged by.
        public var environment: [String: String]
        /// The path of a terminal to use instead of the process's own; for tests.
        public var devicePath: String?

        public init(
            bidi: BidiSetting = .auto, colours: ColourSetting = .auto, mouse: Mouse = .untouched,
            environment: [String: String] = TerminalEnvironment.current(),
            signals: Signals = .handled, devicePath: String? = nil
        ) {
            self.bidi = bidi
            self.mouse = mouse
            self.colours = colours.depth(environment: environment)
            self.signals = signals
            self.environment = environment
            self.devicePath = devicePath
        }
    }

    /// What happens, in order. Bounded: while nobody takes events, the terminal is not read. For
    /// one consumer. Ends after `close()` and when the terminal is gone.
    public let events: AsyncStream<TerminalEvent>
    public let capabilities: TerminalCapabilities
    /// For laying out text on this terminal, unless `TerminalEvent.learned` says otherwise.
    public let layout: FieldLayout
    /// The size at the start; `TerminalEvent.resized` tells of changes.
    public let initialSize: Size
    private let mailbox: Mailbox
    private let wake: Wake

    private static let isOpen = Atomic<Bool>(false)

    /// Takes the terminal over; waits at most 150 ms for its answers, on a thread of its own.
    public static func open(
        _ options: Options = Options()
    ) async throws(TerminalError) -> TerminalSession {
        let term = options.environment["TERM"] ?? ""
        if term.isEmpty || term == "dumb" || term == "unknown" { throw .tooSimple(term: term) }
        guard !isOpen.exchange(true, ordering: .sequentiallyConsistent) else { throw .alreadyOpen }
        let outcome = await withCheckedContinuation { waiter in
            do throws(TerminalError) {
                try TerminalThread.start { start(options) { waiter.resume(returning: $0) } }
            } catch {
                isOpen.store(false, ordering: .sequentiallyConsistent)
                waiter.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }

    /// Shows a frame, now or as soon as the terminal has taken the one before; frames that come
    /// faster than that are skipped. Returns at once.
    public func present(_ frame: CellGrid) {
        mailbox.put(frame: frame)
        wake.call()
    }

    /// Rings, copies, names the window. Returns at once.
    public func perform(_ command: TerminalCommand) {
        mailbox.put(.send(command.bytes))
        wake.call()
    }

    /// Gives the terminal back to the shell and stops, as Ctrl-Z does; `.resumed` follows when the
    /// user comes back. Returns at once.
    public func suspend() {
        mailbox.put(.stop)
        wake.call()
    }

    /// Lends the terminal to another program, such as an editor, while `body` runs.
    public func lend<Result: Sendable>(
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        await ask { .release($0) }
        do {
            let result = try await body()
            await ask { .reclaim($0) }
            return result
        } catch {
            await ask { .reclaim($0) }
            throw error
        }
    }

    /// Gives the terminal back; returns when that is done. The session is of no use afterwards.
    public func close() async {
        await ask { .close($0) }
    }

    private func ask(
        _ request: (CheckedContinuation<Void, Never>) -> Mailbox.Request
    ) async {
        await withCheckedContinuation { waiter in
            mailbox.put(request(waiter))
            wake.call()
        }
    }

    private init(_ loop: TerminalLoop) {
        let queue = loop.queue
        events = AsyncStream { await queue.next() }
        capabilities = loop.capabilities
        layout = loop.layout
        initialSize = loop.size
        mailbox = loop.mailbox
        wake = loop.wake
    }

    deinit {
        mailbox.put(.close(nil))
        wake.call()
    }

    /// The thread's whole life.
    private static func start(
        _ options: Options, ready: (Result<TerminalSession, TerminalError>) -> Void
    ) {
        do throws(TerminalError) {
            let device = try TerminalDevice(path: options.devicePath)
            let wake = try Wake.taken()
            var loop = TerminalLoop(
                device: device, wake: wake, queue: EventQueue(roomAppeared: wake.call),
                mailbox: Mailbox(), options: options)
            loop.begin()
            ready(.success(TerminalSession(loop)))
            loop.run()
            isOpen.store(false, ordering: .sequentiallyConsistent)
            loop.end()
        } catch {
            isOpen.store(false, ordering: .sequentiallyConsistent)
            ready(.failure(error))
        }
    }
}
