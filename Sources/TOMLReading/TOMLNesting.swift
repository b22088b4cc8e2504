/// Refuses keys of very many parts (`a.a.a.…`) before toml++ sees them: it bounds how deep values nest, but not
/// this, and a key of 20,000 parts overruns the stack when the tables are freed.
package enum TOMLNesting {
    package static let mostPartsOfAKey = 16

    /// The first key with too many parts. Scans like a TOML lexer; where the document is malformed the two may part,
    /// but by then toml++ has stopped at the fault.
    package static func fault(in bytes: [UInt8], file: String) -> TOMLSyntaxError? {
        var scanner = Scanner(bytes: bytes)
        guard let offset = scanner.firstDotTooMany() else { return nil }
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return TOMLSyntaxError(
            place: SourcePlace(file: file, line: line, column: column),
            message: "expected a key of at most \(mostPartsOfAKey) parts, saw more")
    }

    private struct Scanner {
        let bytes: [UInt8]
        var offset = 0

        mutating func firstDotTooMany() -> Int? {
            var dots = 0
            while let byte = byte(at: offset) {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(quote: byte)
                case UInt8(ascii: "#"): skipComment()
                case UInt8(ascii: "."):
                    dots += 1
                    if dots >= mostPartsOfAKey { return offset }
                    offset += 1
                // What ends a key or begins another one. Spaces may stand inside a dotted key.
                case UInt8(ascii: "\n"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "["),
                    UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                    dots = 0
                    offset += 1
                default: offset += 1
                }
            }
            return nil
        }

        private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

        private mutating func skipComment() {
            while let byte = byte(at: offset), byte != UInt8(ascii: "\n") { offset += 1 }
        }

        /// A string of one line ends at its quote or at the end of the line, one of three quotes at three quotes.
        private mutating func skipString(quote: UInt8) {
            let tripled = byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
            offset += tripled ? 3 : 1
            while let byte = byte(at: offset) {
                if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    offset += 2
                } else if byte == quote, !tripled {
                    offset += 1
                    return
                } else if byte == quote, self.byte(at: offset + 1) == quote,
                    self.byte(at: offset + 2) == quote
                {
                    offset += 3
                    return
                } else if byte == UInt8(ascii: "\n"), !tripled {
                    return
                } else {
                    offset += 1
                }
            }
        }
    }
}
