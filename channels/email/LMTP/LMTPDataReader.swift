/// Reads the content after DATA: undoes dot-stuffing and finds the end. Only CRLF.CRLF ends a mail; a bare CR or LF is
/// content, and so is a dot between them (SMTP smuggling, reliability E10).
struct LMTPDataReader: Sendable {
    private enum State { case lineStart, text, carriageReturn, dot, dotCarriageReturn }

    /// What one chunk did.
    enum Progress: Equatable {
        case more
        /// The end was found; the next command begins at this index.
        case finished(next: Int)
    }

    private(set) var content: [UInt8] = []
    /// More came than the limit: the rest is read to its end and forgotten.
    private(set) var isTooLarge = false
    /// The rest is read to its end and forgotten: the peer is to come again.
    private(set) var isPutOff = false
    private var state = State.lineStart
    private let limit: Int

    init(limit: Int, expected: Int) {
        self.limit = limit
        content.reserveCapacity(min(max(expected, 4_096), limit, 1 << 20))
    }

    mutating func take(_ bytes: ArraySlice<UInt8>) -> Progress {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if state == .text {
                index = takeText(bytes, from: index)
                continue
            }
            let byte = bytes[index]
            index &+= 1
            switch state {
            case .lineStart:
                if byte == Ascii.dot { state = .dot } else { content(byte) }
            case .dot:
                if byte == Ascii.carriageReturn {
                    state = .dotCarriageReturn
                } else {
                    content(byte)
                }
            case .dotCarriageReturn:
                if byte == Ascii.lineFeed { return .finished(next: index) }
                append(Ascii.carriageReturn)
                content(byte)
            case .carriageReturn:
                append(byte)
                state =
                    byte == Ascii.lineFeed
                    ? .lineStart : byte == Ascii.carriageReturn ? .carriageReturn : .text
            case .text: break
            }
        }
        return .more
    }

    /// Up to the next CR in one piece.
    private mutating func takeText(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.endIndex, bytes[end] != Ascii.carriageReturn { end &+= 1 }
        append(bytes[start..<end])
        guard end < bytes.endIndex else { return end }
        append(Ascii.carriageReturn)
        state = .carriageReturn
        return end &+ 1
    }

    private mutating func content(_ byte: UInt8) {
        append(byte)
        state = byte == Ascii.carriageReturn ? .carriageReturn : .text
    }

    /// Gives back the memory of what was read so far.
    mutating func putOff() {
        isPutOff = true
        content = []
    }

    private mutating func append(_ byte: UInt8) {
        guard !isPutOff else { return }
        if content.count < limit { content.append(byte) } else { overflow() }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isPutOff else { return }
        if content.count &+ bytes.count <= limit { content += bytes } else { overflow() }
    }

    private mutating func overflow() {
        isTooLarge = true
        content = []
    }
}
