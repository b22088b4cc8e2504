/// Cuts a stream of bytes into lines ended by LF (a CR before it belongs to the end). Holds at most `limit` bytes of an unfinished
/// line.
struct LineFramer {
    enum Piece: Equatable {
        case line([UInt8])
        /// More than `limit` bytes without an end. Nothing after it is cut: the stream is over.
        case overlong
    }

    let limit: Int
    private var unfinished: [UInt8] = []
    private var isOver = false

    init(limit: Int) { self.limit = limit }

    /// What became complete. Empty lines are left out.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        var rest = bytes
        while !isOver, !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A)
            let part = rest[..<(end ?? rest.endIndex)]
            guard unfinished.count + part.count <= limit else {
                isOver = true
                unfinished = []
                return pieces + [.overlong]
            }
            unfinished += part
            guard let end else { return pieces }
            if unfinished.last == 0x0D { unfinished.removeLast() }
            if !unfinished.isEmpty { pieces.append(.line(unfinished)) }
            unfinished = []
            rest = rest[(end + 1)...]
        }
        return pieces
    }
}
