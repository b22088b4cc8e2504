/// What a child says on stderr, in lines cut at `limit` bytes; what is longer is left out up to its end.
struct ComplaintLines {
    let limit: Int
    private var unfinished: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    mutating func take(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            if byte == 0x0A {
                lines += finish()
            } else if unfinished.count < limit {
                unfinished.append(byte)
            }
        }
        return lines
    }

    /// The last line, when it was not ended.
    mutating func finish() -> [[UInt8]] {
        defer { unfinished = [] }
        return unfinished.isEmpty ? [] : [unfinished]
    }
}
