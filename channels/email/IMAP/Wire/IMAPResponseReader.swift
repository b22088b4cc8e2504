/// Cuts the bytes of a server into responses. Literals are counted, never looked into, so nothing that stands in a mail
/// can be taken for a line of the protocol. Linear in the bytes; everything it holds is bounded by `Limits`.
struct IMAPResponseReader {
    struct Limits: Sendable, Equatable {
        /// Bytes of one response without its literals.
        var lineBytes = 256 << 10
        /// Bytes of a response's literals that are kept; longer ones are read past.
        var literalBytes = 32 << 20
        /// A literal that announces more than this ends the session.
        var skippedBytes = 4 << 30
        var literals = 64
        /// Lists within lists.
        var nesting = 16
    }

    enum Piece: Equatable {
        case text([UInt8])
        case literal([UInt8])
        case skipped(Int)
    }

    private enum Place {
        case line
        case literal(left: Int)
        case skipping(left: Int)
    }

    private let limits: Limits
    private var place = Place.line
    private var line: [UInt8] = []
    private var literal: [UInt8] = []
    private var pieces: [Piece] = []
    /// Of the response so far.
    private var lineBytes = 0
    private var literalBytes = 0
    private var literals = 0

    init(limits: Limits = Limits()) { self.limits = limits }

    /// The responses that end within this chunk, in order.
    mutating func read(_ chunk: [UInt8]) throws(IMAPFault) -> [IMAPResponse] {
        var responses: [IMAPResponse] = []
        var rest = chunk[...]
        while !rest.isEmpty {
            switch place {
            case .literal(let left):
                let part = rest.prefix(left)
                literal += part
                rest = rest.dropFirst(part.count)
                endLiteral(left: left - part.count)
            case .skipping(let left):
                let count = min(left, rest.count)
                rest = rest.dropFirst(count)
                place = left == count ? .line : .skipping(left: left - count)
            case .line:
                guard let end = rest.firstIndex(of: Ascii.lineFeed) else {
                    try extend(rest)
                    return responses
                }
                try extend(rest[..<end])
                rest = rest[(end + 1)...]
                if let response = try endLine() { responses.append(response) }
            }
        }
        return responses
    }

    private mutating func extend(_ bytes: ArraySlice<UInt8>) throws(IMAPFault) {
        lineBytes += bytes.count
        guard lineBytes <= limits.lineBytes else {
            throw .malformed("a line is longer than \(limits.lineBytes) bytes")
        }
        line += bytes
    }

    private mutating func endLiteral(left: Int) {
        guard left == 0 else { return place = .literal(left: left) }
        pieces.append(.literal(literal))
        literal = []
        place = .line
    }

    /// Nil when the line goes on behind a literal, or says nothing.
    private mutating func endLine() throws(IMAPFault) -> IMAPResponse? {
        if line.last == Ascii.carriageReturn { line.removeLast() }
        if let announced = try announcedLiteral() {
            pieces.append(.text(line))
            line = []
            try beginLiteral(announced)
            return nil
        }
        pieces.append(.text(line))
        defer {
            line = []
            pieces = []
            lineBytes = 0
            literalBytes = 0
            literals = 0
        }
        if pieces.count == 1, line.isEmpty { return nil }
        return try IMAPResponse(pieces, nesting: limits.nesting)
    }

    private mutating func beginLiteral(_ count: Int) throws(IMAPFault) {
        literals += 1
        guard literals <= limits.literals else { throw .malformed("too many literals") }
        guard count <= limits.skippedBytes else {
            throw .malformed("a literal of \(count) bytes")
        }
        if count > limits.literalBytes - literalBytes {
            pieces.append(.skipped(count))
            place = .skipping(left: count)
        } else {
            literalBytes += count
            literal.reserveCapacity(count)
            place = .literal(left: count)
            endLiteral(left: count)
        }
    }

    /// `{12}` at the end of a line outside of a quoted string. The text of a status response is for people and never
    /// ends in a literal, whatever it looks like.
    private func announcedLiteral() throws(IMAPFault) -> Int? {
        guard line.last == UInt8(ascii: "}") else { return nil }
        if pieces.isEmpty, IMAPTokens.isStatusLine(line) { return nil }
        guard !Self.endsWithinQuotes(line) else { throw .malformed("a quoted string has no end") }
        var digits = line.dropLast()
        if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
        guard let open = digits.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        guard let count = IMAPTokens.number(digits[(open + 1)...]) else {
            throw .malformed("a literal without a length")
        }
        return count
    }

    private static func endsWithinQuotes(_ line: [UInt8]) -> Bool {
        var isInside = false
        var isEscaped = false
        for byte in line {
            if isEscaped {
                isEscaped = false
            } else if byte == Ascii.quote {
                isInside.toggle()
            } else if isInside, byte == UInt8(ascii: "\\") {
                isEscaped = true
            }
        }
        return isInside
    }
}
