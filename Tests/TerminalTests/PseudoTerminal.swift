import Glibc

/// The far end of a terminal that a session under test uses.
final class PseudoTerminal {
    let path: String
    private let descriptor: Int32
    private var isOpen = true

    init?() {
        // What posix_openpt(3) and its kin do; glibc shows those only to programs that ask for X/Open.
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var locked: Int32 = 0
        var number: Int32 = 0
        path =
            ioctl(descriptor, UInt(0x4004_5431), &locked) == 0
                && ioctl(descriptor, UInt(0x8004_5430), &number) == 0
            ? "/dev/pts/\(number)" : ""
        guard !path.isEmpty else { return nil }
        resize(columns: 40, rows: 10)
    }

    deinit { hangUp() }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
        var bytes = Array(text.utf8)
        _ = write(descriptor, &bytes, bytes.count)
    }

    /// What arrived, up to and with `end`; nothing when it does not come within 10 seconds.
    func output(through end: String) -> String? {
        var bytes: [UInt8] = []
        let mark = Array(end.utf8)
        while !bytes.suffix(mark.count).elementsEqual(mark) {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            var byte: UInt8 = 0
            guard poll(&waiting, 1, 10_000) > 0, read(descriptor, &byte, 1) == 1 else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the terminal echoes, as it does while no session has it.
    var echoes: Bool {
        var settings = termios()
        tcgetattr(descriptor, &settings)
        return settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func hangUp() {
        if isOpen { close(descriptor) }
        isOpen = false
    }
}
