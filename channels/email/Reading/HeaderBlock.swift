/// The header lines at the top of a mail, found by one linear pass over bytes (RFC 5322 section 2.2). Positions are
/// offsets into the bytes that were scanned.
struct HeaderBlock {
    struct Field {
        let name: Range<Int>
        /// Behind the colon up to the line end, foldings included.
        let value: Range<Int>
    }

    private(set) var fields: [Field] = []
    /// Where the first header line begins: behind a mbox “From ” line, a byte order mark, or lines that are none.
    private(set) var start = 0
    /// Where the body begins.
    private(set) var bodyStart = 0
    /// Some byte is above ASCII.
    private(set) var isEightBit = false
    /// Set when the block is longer or has more lines than the limits: where the first line too many begins.
    private(set) var excess: Int?

    init(_ bytes: [UInt8], limits: MailLimits) {
        start = Self.firstHeader(in: bytes)
        var position = start
        var lines = 0
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            if line.content.isEmpty {
                position = line.next
                break
            }
            lines &+= 1
            if excess == nil,
                lines > limits.headerLines || line.next - start > limits.headerBytes
            {
                excess = max(position, min(line.content.upperBound, start &+ limits.headerBytes))
            }
            if excess == nil { take(line.content, in: bytes) }
            position = line.next
        }
        bodyStart = position
        let end = Swift.min(position, start &+ limits.headerBytes)
        isEightBit = bytes.withUnsafeBufferPointer { buffer in
            buffer[start..<Swift.max(start, end)].reduce(0) { $0 | $1 } >= 0x80
        }
    }

    private static func firstHeader(in bytes: [UInt8]) -> Int {
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // Bounded: more junk than this in front of a mail is no accident of transport.
        for _ in 0..<16 {
            while position < bytes.count,
                bytes[position] == Ascii.space || bytes[position] == Ascii.tab
            { position &+= 1 }
            let line = bytes.lineRange(from: position)
            guard line.next < bytes.count, !isField(line.content, in: bytes) else { break }
            position = line.next
        }
        return position
    }

    private static func isField(_ line: Range<Int>, in bytes: [UInt8]) -> Bool {
        guard let colon = bytes[line].firstIndex(of: Ascii.colon) else { return false }
        let name = bytes.trimmed(line.lowerBound..<colon)
        return !name.isEmpty && bytes[name].allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private mutating func take(_ line: Range<Int>, in bytes: [UInt8]) {
        let first = bytes[line.lowerBound]
        if first == Ascii.space || first == Ascii.tab {
            guard let last = fields.popLast() else { return }
            fields.append(
                Field(name: last.name, value: last.value.lowerBound..<line.upperBound))
            return
        }
        guard let colon = bytes[line].firstIndex(of: Ascii.colon) else { return }
        let name = bytes.trimmed(line.lowerBound..<colon)
        guard !name.isEmpty, bytes[name].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return }
        fields.append(Field(name: name, value: (colon &+ 1)..<line.upperBound))
    }

    /// Values of every field of this name (lower case), topmost first.
    func values(_ name: String, in bytes: [UInt8]) -> [[UInt8]] {
        fields.compactMap { field in
            bytes.equalsIgnoringCase(field.name, name)
                ? bytes.unfolded(field.value) : nil
        }
    }

    func first(_ name: String, in bytes: [UInt8]) -> [UInt8]? {
        for field in fields where bytes.equalsIgnoringCase(field.name, name) {
            return bytes.unfolded(field.value)
        }
        return nil
    }

    func has(_ name: String, in bytes: [UInt8]) -> Bool {
        fields.contains { bytes.equalsIgnoringCase($0.name, name) }
    }
}
