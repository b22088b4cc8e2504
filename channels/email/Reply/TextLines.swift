/// A text as lines over bytes, with what the quote scanners ask of each line. One pass; LF line ends.
struct TextLines {
    struct Line {
        /// Without blanks and invisible direction marks at both ends.
        let content: Range<Int>
        let whole: Range<Int>
        /// A quotation mark stands at the front.
        var isQuoted: Bool

        var isBlank: Bool { content.isEmpty }
    }

    let bytes: [UInt8]
    private(set) var lines: [Line] = []

    /// Lines after this many count as one with the last: a text has at most 1 MiB, and no reply has as many lines.
    static let most = 100_000

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var position = 0
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            let whole = lines.count < Self.most ? line.content : position..<bytes.count
            let content = Self.visible(whole, in: bytes)
            lines.append(
                Line(
                    content: content, whole: whole,
                    isQuoted: bytes[content].first == Ascii.greater
                        || Self.hasInitials(content, in: bytes)))
            position = lines.count <= Self.most ? line.next : bytes.count
        }
        mendBrokenLines()
    }

    /// What a program broke out of a quoted line belongs to the quotation: the rest of a link, and what stands behind the
    /// “=” of quoted-printable that nobody decoded.
    private mutating func mendBrokenLines() {
        guard lines.count > 1 else { return }
        for index in 1..<lines.count where !lines[index].isBlank && !lines[index].isQuoted {
            guard lines[index &- 1].isQuoted else { continue }
            if self[index &- 1].last == Ascii.equals {
                lines[index].isQuoted = true
            } else if index &+ 1 < lines.count, lines[index &+ 1].isQuoted,
                lines[index].content.count <= 1_000, !self[index].contains(Ascii.space),
                endsInLink(self[index &- 1].suffix(1_000))
            {
                lines[index].isQuoted = true
            }
        }
    }

    private func endsInLink(_ line: ArraySlice<UInt8>) -> Bool {
        let word = line.suffix(from: line.lastIndex(of: Ascii.space) ?? line.startIndex)
        return word.containsIgnoringCase(Self.scheme) && word.last != UInt8(ascii: ")")
            && word.last != Ascii.greater
    }

    private static let scheme = Array("://".utf8)

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[lines[index].content] }

    /// The first line from `index` on that is not blank.
    func nextText(from index: Int) -> Int? {
        var index = index
        while index < lines.count {
            if !lines[index].isBlank { return index }
            index &+= 1
        }
        return nil
    }

    func isQuoted(_ index: Int) -> Bool { lines.indices.contains(index) && lines[index].isQuoted }

    /// “C> …”, the initials of an old mailer: one or two capitals and the mark.
    private static func hasInitials(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        guard range.count >= 2 else { return false }
        let first = bytes[range.lowerBound]
        guard first >= 0x41, first <= 0x5A else { return false }
        if bytes[range.lowerBound &+ 1] == Ascii.greater { return true }
        let second = bytes[range.lowerBound &+ 1]
        return range.count >= 3 && second >= 0x41 && second <= 0x5A
            && bytes[range.lowerBound &+ 2] == Ascii.greater
    }

    /// The same for a slice.
    static func visible(_ range: Range<Int>, of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var piece = bytes[range]
        while let first = piece.first, Ascii.isBlank(first) { piece = piece.dropFirst() }
        while let last = piece.last, Ascii.isBlank(last) { piece = piece.dropLast() }
        return piece
    }

    /// Blanks, no-break spaces, zero-width and direction marks at the ends do not count.
    static func visible(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let width = invisible(bytes, at: low, before: high)
            guard width > 0 else { break }
            low &+= width
        }
        while high > low {
            if Ascii.isBlank(bytes[high &- 1]) {
                high &-= 1
            } else if high &- low >= 2, invisible(bytes, at: high &- 2, before: high) == 2 {
                high &-= 2
            } else if high &- low >= 3, invisible(bytes, at: high &- 3, before: high) == 3 {
                high &-= 3
            } else {
                break
            }
        }
        return low..<high
    }

    /// How many bytes of an invisible character begin here; 0 when none.
    private static func invisible(_ bytes: [UInt8], at index: Int, before end: Int) -> Int {
        let byte = bytes[index]
        if Ascii.isBlank(byte) { return 1 }
        if byte == 0xC2, index &+ 1 < end, bytes[index &+ 1] == 0xA0 { return 2 }
        guard index &+ 2 < end else { return 0 }
        if byte == 0xE2 {
            let second = bytes[index &+ 1]
            let third = bytes[index &+ 2]
            // U+200B…U+200F, U+202A…U+202E, U+2060, U+2066…U+2069.
            if second == 0x80, third >= 0x8B && third <= 0x8F || third >= 0xAA && third <= 0xAE {
                return 3
            }
            if second == 0x81, third == 0xA0 || third >= 0xA6 && third <= 0xA9 { return 3 }
        }
        return byte == 0xEF && bytes[index &+ 1] == 0xBB && bytes[index &+ 2] == 0xBF ? 3 : 0
    }
}

extension ArraySlice<UInt8> {
    /// Small letters of every script; for short pieces only.
    var lowercasedText: [UInt8] {
        PrefixTable.lowered(Array(self))
    }

    /// Whether `word` (lower case) stands in here; ASCII letters in any case.
    func containsIgnoringCase(_ word: [UInt8]) -> Bool {
        guard let head = word.first, word.count <= count else { return false }
        var index = startIndex
        let last = endIndex &- word.count
        while index <= last {
            if Ascii.lower(self[index]) == head, startsIgnoringCase(word, at: index) { return true }
            index &+= 1
        }
        return false
    }

    func startsIgnoringCase(_ word: [UInt8]) -> Bool { startsIgnoringCase(word, at: startIndex) }

    private func startsIgnoringCase(_ word: [UInt8], at start: Int) -> Bool {
        guard endIndex &- start >= word.count else { return false }
        var index = start
        for byte in word {
            if Ascii.lower(self[index]) != byte { return false }
            index &+= 1
        }
        return true
    }
}
