/// Walks over the pieces of one response. Every step takes at least a byte or a piece, so it ends.
struct IMAPTokens {
    indirect enum Value: Equatable {
        case atom([UInt8])
        case string(IMAPFetched.Content)
        case list([Value])
    }

    private let pieces: [IMAPResponseReader.Piece]
    private let nesting: Int
    private var piece = 0
    private var offset = 0

    init(_ pieces: [IMAPResponseReader.Piece], nesting: Int) {
        self.pieces = pieces
        self.nesting = nesting
    }

    var isAtEnd: Bool {
        var index = piece
        var offset = offset
        while index < pieces.count {
            guard case .text(let bytes) = pieces[index], offset >= bytes.count else { return false }
            index += 1
            offset = 0
        }
        return true
    }

    /// The next byte of a text; nil at its end.
    private var byte: UInt8? {
        guard piece < pieces.count, case .text(let bytes) = pieces[piece], offset < bytes.count
        else { return nil }
        return bytes[offset]
    }

    mutating func skipSpaces() {
        while byte == Ascii.space { offset += 1 }
    }

    /// What is left of the line, as it stands.
    mutating func restOfText() -> [UInt8] {
        guard piece < pieces.count, case .text(let bytes) = pieces[piece] else { return [] }
        let rest = bytes[min(offset, bytes.count)...]
        offset = bytes.count
        return Array(rest)
    }

    /// Bytes up to a space, a bracket of a list or the end; brackets `[…]` are taken whole, with what is in them.
    mutating func atom() -> [UInt8] {
        var taken: [UInt8] = []
        var isInBrackets = false
        while let next = byte {
            if !isInBrackets,
                [Ascii.space, UInt8(ascii: "("), UInt8(ascii: ")"), Ascii.quote].contains(next)
            {
                break
            }
            if next == UInt8(ascii: "[") { isInBrackets = true }
            if next == UInt8(ascii: "]") { isInBrackets = false }
            taken.append(next)
            offset += 1
        }
        return taken
    }

    mutating func value(depth: Int = 0) throws(IMAPFault) -> Value {
        skipSpaces()
        if let string = try literal() { return .string(string) }
        switch byte {
        case UInt8(ascii: "("):
            guard depth < nesting else { throw .malformed("lists are nested too deeply") }
            offset += 1
            return .list(try list(depth: depth))
        case Ascii.quote: return .string(.bytes(try quoted()))
        case UInt8(ascii: ")"), nil: throw .malformed("a value is missing")
        default:
            let atom = atom()
            return IMAPTokens.isWord(atom, "NIL") ? .string(.missing) : .atom(atom)
        }
    }

    private mutating func list(depth: Int) throws(IMAPFault) -> [Value] {
        var values: [Value] = []
        while true {
            skipSpaces()
            if byte == UInt8(ascii: ")") {
                offset += 1
                return values
            }
            values.append(try value(depth: depth + 1))
        }
    }

    private mutating func quoted() throws(IMAPFault) -> [UInt8] {
        var taken: [UInt8] = []
        offset += 1
        while let next = byte {
            offset += 1
            if next == Ascii.quote { return taken }
            if next == UInt8(ascii: "\\") {
                guard let escaped = byte else { break }
                taken.append(escaped)
                offset += 1
            } else {
                taken.append(next)
            }
        }
        throw .malformed("a quoted string has no end")
    }

    /// The literal that is announced here: `{12}` or `~{12}` at the end of a text, and the piece behind it.
    private mutating func literal() throws(IMAPFault) -> IMAPFetched.Content? {
        guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "~") else { return nil }
        guard piece + 1 < pieces.count, case .text(let bytes) = pieces[piece] else { return nil }
        let announced = bytes[offset...].drop { $0 == UInt8(ascii: "~") }
        guard announced.first == UInt8(ascii: "{"),
            announced.firstIndex(of: UInt8(ascii: "}")) == bytes.count - 1
        else { return nil }
        let found: IMAPFetched.Content
        switch pieces[piece + 1] {
        case .literal(let content): found = .bytes(content)
        case .skipped(let count): found = .skipped(bytes: count)
        case .text: throw .malformed("a literal is missing")
        }
        piece += 2
        offset = 0
        return found
    }

    // MARK: Words

    /// `* OK …`, `a1 NO …`, `+ …`: the rest of such a line is text for people.
    static func isStatusLine(_ line: [UInt8]) -> Bool {
        if line.first == UInt8(ascii: "+") { return true }
        guard let space = line.firstIndex(of: Ascii.space) else { return false }
        let word = line[(space + 1)...].prefix { $0 != Ascii.space }
        return ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains { isWord(Array(word), $0) }
    }

    static func isWord(_ bytes: [UInt8], _ word: String) -> Bool {
        bytes.count == word.utf8.count && capitals(bytes).elementsEqual(word.utf8)
    }

    static func capitals(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    }

    /// Digits alone, without overflow.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }
}
