internal import Glibc

/// The open terminal: a descriptor of our own, so that making it non-blocking does not touch the
/// shell's.
struct TerminalDevice {
    enum ReadOutcome {
        case bytes([UInt8])
        case nothing
        case gone
    }

    let descriptor: Int32
    /// The settings found, to be put back.
    let original: termios

    /// - Parameter path: of a terminal; without one the process's own is opened.
    init(path: String?) throws(TerminalError) {
        if path == nil, isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1 {
            throw .notATerminal
        }
        let flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
        var opened = open(path ?? "/dev/tty", flags)
        if opened < 0, path == nil {
            // No controlling terminal, yet standard input is one: open it again by name.
            opened = open("/proc/self/fd/0", flags)
        }
        guard opened >= 0 else { throw .system(operation: "open", code: errno) }
        var settings = termios()
        guard tcgetattr(opened, &settings) == 0 else {
            let code = errno
            close(opened)
            throw code == ENOTTY ? .notATerminal : .system(operation: "tcgetattr", code: code)
        }
        descriptor = opened
        original = settings
    }

    /// No echo, no lines, no signals from keys, no changes to what is sent and received.
    func makeRaw() {
        var settings = original
        cfmakeraw(&settings)
        tcsetattr(descriptor, TCSANOW, &settings)
    }

    func restore() {
        var settings = original
        tcsetattr(descriptor, TCSANOW, &settings)
    }

    /// The size it says it has; 80 × 24 when it does not know.
    var size: Size {
        var window = winsize()
        let known = ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0
        guard known, window.ws_col > 0, window.ws_row > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    func read(atMost count: Int) -> ReadOutcome {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = Glibc.read(descriptor, &buffer, count)
        if got > 0 { return .bytes(Array(buffer[..<got])) }
        if got < 0, errno == EAGAIN || errno == EINTR { return .nothing }
        return .gone
    }

    /// Writes what the terminal takes now, and removes that much from the front.
    func write(_ pending: inout ArraySlice<UInt8>) {
        while !pending.isEmpty {
            let sent = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard sent > 0 else { return }
            pending = pending.dropFirst(sent)
        }
    }

    /// Writes all, waiting at most a second in all for a terminal that does not take it.
    func writeAll(_ bytes: [UInt8]) {
        var pending = bytes[...]
        for _ in 0..<10 {
            write(&pending)
            if pending.isEmpty { return }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&waiting, 1, 100)
        }
    }
}

/// The environment variables that say something about a terminal.
public enum TerminalEnvironment {
    private static let names = [
        "TERM", "COLORTERM", "NO_COLOR", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "VTE_VERSION",
        "MLTERM",
        "TERM_PROGRAM",
    ]

    /// Their values in this process.
    public static func current() -> [String: String] {
        var found: [String: String] = [:]
        for name in names {
            if let value = getenv(name) { found[name] = String(cString: value) }
        }
        return found
    }
}
