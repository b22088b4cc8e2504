/// The few ASCII bytes that mail is made of.
enum Ascii {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let dash: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let less: UInt8 = 0x3C
    static let equals: UInt8 = 0x3D
    static let greater: UInt8 = 0x3E
    static let at: UInt8 = 0x40

    /// ASCII capitals to small letters; every other byte stays.
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab || byte == carriageReturn || byte == lineFeed
    }
}

/// Linear scanning of mail bytes. CRLF and LF both end a line here: mail reaches us from pipes and files too.
extension [UInt8] {
    struct Line {
        /// Without its line end.
        let content: Range<Int>
        /// Where the next line begins; `count` at the end.
        let next: Int
    }

    func lineRange(from position: Int) -> Line {
        guard position < count else { return Line(content: count..<count, next: count) }
        let end = firstIndex(of: Ascii.lineFeed, from: position) ?? count
        var contentEnd = end
        if contentEnd > position, self[contentEnd &- 1] == Ascii.carriageReturn { contentEnd &-= 1 }
        return Line(content: position..<contentEnd, next: Swift.min(end &+ 1, count))
    }

    func firstIndex(of byte: UInt8, from position: Int) -> Int? {
        withUnsafeBufferPointer { buffer in
            var index = Swift.max(position, 0)
            while index < buffer.count {
                if buffer[index] == byte { return index }
                index &+= 1
            }
            return nil
        }
    }

    /// `pattern` (lower case ASCII) stands at `position`, in any case.
    func matches(_ pattern: String, at position: Int) -> Bool {
        let pattern = pattern.utf8
        guard position >= 0, pattern.count <= count &- position else { return false }
        var index = position
        for byte in pattern {
            if Ascii.lower(self[index]) != byte { return false }
            index &+= 1
        }
        return true
    }

    func equalsIgnoringCase(_ range: Range<Int>, _ lowercase: String) -> Bool {
        range.count == lowercase.utf8.count && matches(lowercase, at: range.lowerBound)
    }

    /// Where `pattern` (lower case ASCII, not empty) stands first, in any case. The work is the length of the bytes
    /// times that of the pattern, and patterns are ours and short.
    func firstMatch(of pattern: String, from position: Int = 0) -> Int? {
        guard let head = pattern.utf8.first, pattern.utf8.count <= count else { return nil }
        var index = Swift.max(position, 0)
        let last = count &- pattern.utf8.count
        while index <= last {
            if Ascii.lower(self[index]) == head, matches(pattern, at: index) { return index }
            index &+= 1
        }
        return nil
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, Ascii.isBlank(self[low]) { low &+= 1 }
        while high > low, Ascii.isBlank(self[high &- 1]) { high &-= 1 }
        return low..<high
    }

    /// A header value on one line: line ends go, the blanks of the folding stay (RFC 5322 section 2.2.3).
    func unfolded(_ range: Range<Int>) -> [UInt8] {
        let range = trimmed(range)
        let value = self[range]
        guard value.contains(Ascii.lineFeed) || value.contains(Ascii.carriageReturn) else {
            return [UInt8](value)
        }
        return value.filter { $0 != Ascii.lineFeed && $0 != Ascii.carriageReturn }
    }

    func lowercasedASCII() -> [UInt8] { map(Ascii.lower) }

    var isBlank: Bool { allSatisfy(Ascii.isBlank) }

    var asText: String { String(decoding: self, as: UTF8.self) }
}
