/// What a person typed into the search, ready for the index: folded terms that must all be found, and the ticket
/// number if that is what was typed.
///
/// Blanks separate terms. `"…"` and `«…»` hold a phrase together, a `*` at the end means "begins with", and signs
/// inside a term make it a phrase: `sara@example.ir` is three words in a row.
public struct SearchTerms: Hashable, Sendable {
    /// One thing to find: words that follow each other; the last may be only the beginning of a word.
    public struct Term: Hashable, Sendable {
        public var words: [String]
        public var lastWord: LastWord

        public init(words: [String], lastWord: LastWord = .whole) {
            self.words = words
            self.lastWord = lastWord
        }
    }

    public enum LastWord: Hashable, Sendable { case whole, beginning }

    public static let termLimit = 16
    public static let wordLimit = 12
    /// Longer words are cut: no index entry is longer.
    public static let wordLength = 64
    /// What is read of a query at all, in scalars.
    public static let queryLength = 1_000

    public let terms: [Term]
    /// Set when the query is one number, with or without `#`, in any digits.
    public let ticket: TicketNumber?

    public init(_ query: String) {
        let query = String(query.unicodeScalars.prefix(Self.queryLength))
        var terms: [Term] = []
        for chunk in Self.chunks(of: query) where terms.count < Self.termLimit {
            let words = TextFold.words(in: chunk, limit: Self.wordLimit)
                .map { String($0.unicodeScalars.prefix(Self.wordLength)) }
            guard !words.isEmpty else { continue }
            terms.append(
                Term(words: words, lastWord: chunk.utf8.last == 0x2A ? .beginning : .whole))
        }
        self.terms = terms
        ticket = Self.ticketNumber(query)
    }

    private static func ticketNumber(_ query: String) -> TicketNumber? {
        let digits = query.drop { $0 == "#" || $0 == " " }
        guard let number = PersianDigits.integer(String(digits)), number > 0 else { return nil }
        return TicketNumber(rawValue: Int64(number))
    }

    /// The query cut at blanks outside quotation marks; a quotation that is never closed runs to the end.
    private static func chunks(of query: String) -> [String] {
        var chunks: [String] = []
        var chunk = String.UnicodeScalarView()
        var closing: Unicode.Scalar?
        func finish() {
            if !chunk.isEmpty { chunks.append(String(chunk)) }
            chunk = .init()
        }
        for scalar in query.unicodeScalars {
            if let mark = closing {
                if scalar == mark {
                    closing = nil
                    finish()
                } else {
                    chunk.append(scalar)
                }
            } else if let mark = closingMark(of: scalar) {
                finish()
                closing = mark
            } else if scalar.properties.isWhitespace {
                finish()
            } else {
                chunk.append(scalar)
            }
        }
        finish()
        return chunks
    }

    private static func closingMark(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\"": "\""
        case "\u{AB}": "\u{BB}"
        case "\u{201C}": "\u{201D}"
        default: nil
        }
    }
}
