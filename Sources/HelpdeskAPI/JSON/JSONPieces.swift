/// Where the elements of a list stand in a document (RFC 8259), found without reading them: so a document with a long
/// list can be read in pieces. Whether it is JSON at all is for whoever reads the pieces to say.
public struct JSONPieces: Sendable {
    /// The document with that list empty.
    public let head: [UInt8]
    private let bytes: [UInt8]
    private let runs: [Range<Int>]

    /// A list of elements that follow one another, as a document of its own. Each but the last has at least `size`
    /// bytes, and as many more as its last element needs.
    public var pieces: some Sequence<[UInt8]> {
        runs.lazy.map { run in
            var piece = [UInt8(ascii: "[")]
            piece.reserveCapacity(run.count + 2)
            piece += bytes[run]
            piece.append(UInt8(ascii: "]"))
            return piece
        }
    }

    /// Nil when the document is no object with such a list at its top.
    public init?(_ bytes: [UInt8], list name: String, size: Int = 64 << 10) {
        var scanner = JSONScanner(bytes)
        guard let open = scanner.list(named: Array(name.utf8)) else { return nil }
        var runs: [Range<Int>] = []
        var start: Int?
        var end = open + 1
        while let element = scanner.element() {
            let first = start ?? element.lowerBound
            end = element.upperBound
            start = first
            if end - first >= size {
                runs.append(first..<end)
                start = nil
            }
        }
        guard let close = scanner.closed() else { return nil }
        if let start { runs.append(start..<end) }
        self.bytes = bytes
        self.runs = runs
        head = Array(bytes[...open]) + bytes[close...]
    }
}

/// Passes over values by their brackets and quotes.
private struct JSONScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard peek == byte else { return false }
        index += 1
        return true
    }

    /// Goes into the list; where its bracket stands.
    mutating func list(named name: [UInt8]) -> Int? {
        guard take(UInt8(ascii: "{")) else { return nil }
        // Each turn passes over a member.
        repeat {
            skipBlanks()
            let start = index
            guard pass(), take(UInt8(ascii: ":")) else { return nil }
            let quoted = bytes[start..<index].dropFirst()
            let isWanted = quoted.starts(with: name + [UInt8(ascii: "\"")])
            skipBlanks()
            if isWanted {
                guard peek == UInt8(ascii: "[") else { return nil }
                index += 1
                return index - 1
            }
            guard pass() else { return nil }
        } while take(UInt8(ascii: ","))
        return nil
    }

    /// The next element; nil at the end of the list, and where this is no JSON.
    mutating func element() -> Range<Int>? {
        skipBlanks()
        if peek == UInt8(ascii: ",") { index += 1 }
        skipBlanks()
        let start = index
        guard peek != UInt8(ascii: "]"), pass(), index > start else { return nil }
        return start..<index
    }

    /// Where the bracket stands that closes the list.
    mutating func closed() -> Int? {
        skipBlanks()
        return peek == UInt8(ascii: "]") ? index : nil
    }

    /// Passes over one value; false when it does not end.
    private mutating func pass() -> Bool {
        var depth = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard passString() else { return false }
                if depth == 0 { return true }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of what this value stands in.
                if depth == 0 { return true }
                depth -= 1
                if depth == 0 {
                    index += 1
                    return true
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return true }
            default: break
            }
            index += 1
        }
        return false
    }

    private mutating func passString() -> Bool {
        index += 1
        while let byte = peek {
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { index += 1 }
        }
        return false
    }
}
