internal import Glibc

/// A pipe that wakes the terminal's thread: each byte is a signal's number, or 0 for "look".
///
/// There is one for the whole life of the process, never closed: a signal's handler or a late caller
/// could otherwise write into a descriptor that has become somebody else's.
struct Wake: Sendable {
    let reader: Int32
    let writer: Int32

    private static let only = Result<Wake, TerminalError> { () throws(TerminalError) in
        try Wake()
    }

    /// The process's wake pipe, emptied.
    static func taken() throws(TerminalError) -> Wake {
        let wake = try only.get()
        while !wake.isEmptied {}
        return wake
    }

    private init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(operation: "pipe", code: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        reader = ends[0]
        writer = ends[1]
    }

    /// When the pipe is full it wakes already.
    func call() {
        var byte: UInt8 = 0
        _ = write(writer, &byte, 1)
    }

    /// The signals that came since; bounded by the buffer, the rest is for the next turn.
    func signals() -> [Int32] {
        var buffer = [UInt8](repeating: 0, count: 256)
        let got = read(reader, &buffer, buffer.count)
        return got > 0 ? buffer[..<got].filter { $0 > 0 }.map(Int32.init) : []
    }

    /// Whether nothing is left after one more read. A pipe holds 64 KiB: a bounded number of reads.
    private var isEmptied: Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        return read(reader, &buffer, buffer.count) <= 0
    }
}
