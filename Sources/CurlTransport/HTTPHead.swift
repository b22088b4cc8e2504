/// Reads the lines of response heads as libcurl hands them over (RFC 9112 §4 and §5): status line,
/// fields, blank line. Interim answers (1xx) are passed over; a new status line starts anew, as after a
/// redirect; fields after the blank line are trailers and dropped.
struct HTTPHead {
    private(set) var status = 0
    private(set) var headers: [HTTPTransfer.Header] = []
    /// The blank line of a final answer was seen.
    private(set) var isComplete = false
    private var bytes = 0

    /// All lines of one answer together.
    static let maximumBytes = 256 * 1024

    enum Fault: Error {
        case tooLong
    }

    mutating func read(_ line: UnsafeRawBufferPointer) throws(Fault) {
        if line.starts(with: "HTTP/".utf8) {
            self = HTTPHead()
            status = Self.status(in: line)
        }
        bytes += line.count
        guard bytes <= Self.maximumBytes else { throw .tooLong }
        guard !isComplete else { return }
        var end = line.count
        while end > 0, line[end - 1] == 0x0D || line[end - 1] == 0x0A { end -= 1 }
        if end == 0 {
            isComplete = status >= 200
            return
        }
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        var start = colon + 1
        while start < text.count, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
        while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
        headers.append(
            HTTPTransfer.Header(
                String(decoding: text[..<colon], as: UTF8.self),
                String(decoding: text[start..<end], as: UTF8.self)))
    }

    private static func status(in line: UnsafeRawBufferPointer) -> Int {
        guard let space = line.firstIndex(of: 0x20) else { return 0 }
        var value = 0
        for byte in line[(space + 1)...].prefix(3) {
            guard byte >= 0x30, byte <= 0x39 else { return 0 }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}
