internal import Glibc
internal import Synchronization

/// Signals, and the terminal's rescue when the process dies.
///
/// A signal's handler may do next to nothing: no allocation, no locks, no Swift objects. So all that
/// a handler needs lies in memory that is set up once and never freed, its addresses in constants
/// that `prepare` has touched before any handler is installed. The handlers write bytes with
/// write(2), set the terminal with tcsetattr(3) (both async-signal-safe, signal-safety(7)), and use
/// lock-free atomics.
enum SignalGuard {
    private static let capacity = 512
    // Safe without a lock, which a handler may not take: the address never changes, and the memory is written only while
    // `armed` is false, before the handlers may read it.
    private nonisolated(unsafe) static let farewell =
        UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    // Safe for the same reason: a fixed address, written only while `armed` is false.
    private nonisolated(unsafe) static let settings =
        UnsafeMutablePointer<termios>.allocate(capacity: 1)
    /// The actions found, by signal number.
    // Safe: a fixed address, written once by `install` before the handlers are installed, only read after.
    private nonisolated(unsafe) static let found: UnsafeMutablePointer<sigaction> = {
        let memory = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
        memory.initialize(repeating: sigaction(), count: 65)
        return memory
    }()
    private static let length = Atomic<Int>(0)
    private static let terminal = Atomic<Int32>(-1)
    private static let pipe = Atomic<Int32>(-1)
    /// Whether the terminal is in our hands and must be given back.
    private static let armed = Atomic<Bool>(false)
    /// How often somebody asked us to end.
    private static let requests = Atomic<Int>(0)
    private static let isInstalled = Atomic<Bool>(false)

    private static let passedOn = [SIGWINCH, SIGCONT, SIGTSTP]
    private static let endings = [SIGINT, SIGTERM, SIGHUP]
    private static let fatal = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS, SIGQUIT]

    /// Says how to give the terminal back from now on, whatever happens.
    static func arm(_ device: TerminalDevice, farewell bytes: [UInt8]) {
        armed.store(false, ordering: .sequentiallyConsistent)
        let count = min(bytes.count, capacity)
        for index in 0..<count { farewell[index] = bytes[index] }
        settings.initialize(to: device.original)
        length.store(count, ordering: .sequentiallyConsistent)
        terminal.store(device.descriptor, ordering: .sequentiallyConsistent)
        armed.store(true, ordering: .sequentiallyConsistent)
    }

    /// The terminal has been given back.
    static func disarm() {
        armed.store(false, ordering: .sequentiallyConsistent)
    }

    /// Requests to end so far were meant for another program that had the terminal.
    static func forgetRequests() {
        requests.store(0, ordering: .sequentiallyConsistent)
    }

    /// Takes the signals over. `writer` is the end of a non-blocking pipe that is told of them.
    static func install(writer: Int32) {
        pipe.store(writer, ordering: .sequentiallyConsistent)
        requests.store(0, ordering: .sequentiallyConsistent)
        _ = (farewell, settings, found, terminal.load(ordering: .relaxed))
        _ = (armed.load(ordering: .relaxed), length.load(ordering: .relaxed))
        _ = onExit
        guard !isInstalled.exchange(true, ordering: .sequentiallyConsistent) else { return }
        for signal in passedOn { take(signal, passOn) }
        for signal in endings { take(signal, askToEnd) }
        for signal in fatal { take(signal, rescue) }
    }

    /// Puts every signal's former action back.
    static func uninstall() {
        guard isInstalled.exchange(false, ordering: .sequentiallyConsistent) else { return }
        for signal in passedOn + endings + fatal { sigaction(signal, found + Int(signal), nil) }
        pipe.store(-1, ordering: .sequentiallyConsistent)
    }

    /// Stops the process as the shell's Ctrl-Z would; returns when it goes on. Returns at once where
    /// nobody could wake it again (an orphaned process group).
    static func stopProcess() {
        sigaction(SIGTSTP, found + Int(SIGTSTP), nil)
        raise(SIGTSTP)
        take(SIGTSTP, passOn)
    }

    /// Once per process: gives the terminal back when it exits without `close()`.
    private static let onExit: Void = {
        atexit { SignalGuard.giveBack() }
    }()

    private static func take(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = SA_RESTART | SA_ONSTACK
        sigemptyset(&action.sa_mask)
        var former = sigaction()
        sigaction(signal, &action, &former)
        found[Int(signal)] = former
    }

    private static let passOn: @convention(c) (Int32) -> Void = { SignalGuard.tell($0) }

    private static let askToEnd: @convention(c) (Int32) -> Void = { signal in
        let before = SignalGuard.requests.add(1, ordering: .sequentiallyConsistent).oldValue
        if before == 0 {
            SignalGuard.tell(signal)
        } else {
            SignalGuard.die(signal)
        }
    }

    private static let rescue: @convention(c) (Int32) -> Void = { SignalGuard.die($0) }

    private static func tell(_ signal: Int32) {
        var byte = UInt8(truncatingIfNeeded: signal)
        let kept = errno
        _ = write(pipe.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = kept
    }

    /// Gives the terminal back, then lets the signal do what it would have done without us.
    private static func die(_ signal: Int32) {
        giveBack()
        sigaction(signal, found + Int(signal), nil)
        raise(signal)
    }

    private static func giveBack() {
        guard armed.exchange(false, ordering: .sequentiallyConsistent) else { return }
        let descriptor = terminal.load(ordering: .sequentiallyConsistent)
        let count = length.load(ordering: .sequentiallyConsistent)
        var sent = 0
        for _ in 0..<10 where sent < count {
            let more = write(descriptor, farewell + sent, count - sent)
            if more > 0 {
                sent += more
            } else {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, 50)
            }
        }
        tcsetattr(descriptor, TCSANOW, settings)
    }
}
