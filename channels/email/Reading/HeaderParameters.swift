/// A header value with parameters, `type/subtype; name=value; …` (RFC 2045 section 5.1) with the extensions of RFC 2231
/// and what senders make of them: encoded words inside of quotes, raw bytes of an old charset, charsets under a wrong
/// name, continuations in any order. Linear; bounded by the number of parameters it keeps.
struct HeaderParameters {
    /// In front of the first semicolon, in lower case, without blanks and comments.
    private(set) var value: [UInt8] = []
    private var pieces: [Piece] = []

    /// Of one parameter: `name*2*=…` is segment 2, encoded.
    private struct Piece {
        let name: [UInt8]
        let segment: Int?
        let isEncoded: Bool
        let text: [UInt8]
    }

    static let most = 256

    init(_ bytes: [UInt8]) {
        let lastWordEnd =
            EncodedWords.appear(in: bytes[...]) ? EncodedWords.lastEnd(in: bytes) : 0
        var index = 0
        while index < bytes.count, bytes[index] != Ascii.semicolon {
            if bytes[index] == UInt8(ascii: "(") {
                index = Self.afterComment(bytes, at: index)
                continue
            }
            if Ascii.isBlank(bytes[index]), Self.beginsParameter(bytes, at: index &+ 1) { break }
            if !Ascii.isBlank(bytes[index]) { value.append(Ascii.lower(bytes[index])) }
            index &+= 1
        }
        while index < bytes.count, pieces.count < Self.most {
            index = take(bytes, from: index &+ 1, lastWordEnd: lastWordEnd)
        }
    }

    /// Names in order of appearance, in lower case.
    var names: [String] {
        var found: [[UInt8]] = []
        for piece in pieces where !found.contains(piece.name) { found.append(piece.name) }
        return found.map(\.asText)
    }

    /// The decoded value; of several the first. Nil where there is none.
    func text(_ name: String) -> String? {
        let mine = pieces.filter { $0.name.elementsEqual(name.utf8) }
        guard !mine.isEmpty else { return nil }
        // The extended form is the one meant for readers that know it (RFC 5987 section 4.2 for the same pair).
        if let whole = mine.first(where: { $0.segment == nil && $0.isEncoded }) {
            return Self.decoded([whole])
        }
        let segments = mine.filter { $0.segment != nil }
            .sorted { ($0.segment ?? 0) < ($1.segment ?? 0) }
        if !segments.isEmpty { return Self.decoded(segments) }
        return mine.first.map { HeaderDecoding.word($0.text) }
    }

    /// Reads one parameter and gives the place of the semicolon behind it.
    private mutating func take(
        _ bytes: [UInt8], from start: Int, lastWordEnd: Int
    ) -> Int {
        var index = start
        var name: [UInt8] = []
        while index < bytes.count, bytes[index] != Ascii.equals, bytes[index] != Ascii.semicolon {
            if bytes[index] == UInt8(ascii: "(") {
                index = Self.afterComment(bytes, at: index)
                continue
            }
            if !Ascii.isBlank(bytes[index]), name.count < 80 { name.append(Ascii.lower(bytes[index])) }
            index &+= 1
        }
        guard index < bytes.count, bytes[index] == Ascii.equals else { return index }
        index &+= 1
        while index < bytes.count, Ascii.isBlank(bytes[index]) { index &+= 1 }
        var text: [UInt8] = []
        if index < bytes.count, bytes[index] == Ascii.quote {
            index = Self.quoted(bytes, from: index &+ 1, into: &text)
            // What stands between the quote and the semicolon belongs to nobody.
            while index < bytes.count, bytes[index] != Ascii.semicolon {
                if Ascii.isBlank(bytes[index]), Self.beginsParameter(bytes, at: index &+ 1) { break }
                index &+= 1
            }
        } else {
            index = Self.bare(bytes, from: index, lastWordEnd: lastWordEnd, into: &text)
        }
        if !name.isEmpty { pieces.append(Self.piece(name, text)) }
        return index
    }

    private static func quoted(
        _ bytes: [UInt8], from start: Int, into text: inout [UInt8]
    ) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != Ascii.quote {
            if bytes[index] == UInt8(ascii: "\\"), index &+ 1 < bytes.count { index &+= 1 }
            text.append(bytes[index])
            index &+= 1
        }
        return Swift.min(index &+ 1, bytes.count)
    }

    /// Up to the semicolon: blanks inside are kept, because senders forget the quotes of file names.
    private static func bare(
        _ bytes: [UInt8], from start: Int, lastWordEnd: Int, into text: inout [UInt8]
    ) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != Ascii.semicolon {
            if bytes[index] == UInt8(ascii: "("), let last = text.last, Ascii.isBlank(last) {
                index = afterComment(bytes, at: index)
                continue
            }
            if bytes[index] == Ascii.equals,
                let end = EncodedWords.end(in: bytes, at: index, last: lastWordEnd)
            {
                text += bytes[index..<end]
                index = end
                continue
            }
            if Ascii.isBlank(bytes[index]), beginsParameter(bytes, at: index &+ 1, segment: .needed) {
                break
            }
            text.append(bytes[index])
            index &+= 1
        }
        text = text.trimmedBlanks
        return index
    }

    private enum Segment { case needed, optional }

    /// Semicolons get lost where a value is folded. Within a value only `name*0=` is plain enough to be a new parameter.
    private static func beginsParameter(
        _ bytes: [UInt8], at start: Int, segment: Segment = .optional
    ) -> Bool {
        var index = start
        var stars = 0
        while index < bytes.count, index &- start < 40 {
            let byte = bytes[index]
            if byte == Ascii.equals {
                return index > start && (stars > 0 || segment == .optional)
            }
            if byte == UInt8(ascii: "*"), index > start { stars &+= 1 }
            let lower = Ascii.lower(byte)
            guard byte == UInt8(ascii: "*") || byte == Ascii.dash || Ascii.isDigit(byte)
                || (lower >= 0x61 && lower <= 0x7A)
            else { return false }
            index &+= 1
        }
        return false
    }

    /// Behind the comment; an open one ends with the value.
    private static func afterComment(_ bytes: [UInt8], at start: Int) -> Int {
        var depth = 0
        var index = start
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "(") { depth &+= 1 }
            if bytes[index] == UInt8(ascii: ")") { depth &-= 1 }
            index &+= 1
            if depth == 0 { break }
        }
        return index
    }

    private static func piece(_ name: [UInt8], _ text: [UInt8]) -> Piece {
        let star = UInt8(ascii: "*")
        var fields = name.split(separator: star, omittingEmptySubsequences: false)
        guard fields.count > 1 else {
            return Piece(name: name, segment: nil, isEncoded: false, text: text)
        }
        let isEncoded = fields.last?.isEmpty ?? false
        if isEncoded { fields.removeLast() }
        let segment = fields.count > 1 ? Int(Array(fields[1]).asText) : nil
        return Piece(
            name: Array(fields.first ?? []), segment: segment, isEncoded: isEncoded, text: text)
    }

    /// Segments of one value: `charset'language'` stands in front of the first (RFC 2231 section 4).
    private static func decoded(_ segments: [Piece]) -> String {
        var charset: String?
        var bytes: [UInt8] = []
        for (place, segment) in segments.enumerated() {
            var text = segment.text[...]
            if segment.isEncoded, place == 0 {
                let fields = text.split(
                    separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
                if fields.count == 3 {
                    charset = Array(fields[0]).asText
                    text = fields[2]
                }
            }
            if segment.isEncoded, place > 0, let charset {
                // Some repeat the charset in front of every segment.
                let repeated = Array("\(charset)'".utf8)
                if text.starts(with: repeated) { text = text.dropFirst(repeated.count) }
            }
            bytes += segment.isEncoded ? percentDecoded(text) : Array(text)
        }
        if EncodedWords.appear(in: bytes[...]) { return HeaderDecoding.word(bytes) }
        return TextDecoding.visibleNulls(TextDecoding.utf8(bytes, declared: charset)).asText
    }

    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index &+ 2 < text.endIndex,
                let high = EncodedWords.digit(text[index &+ 1]),
                let low = EncodedWords.digit(text[index &+ 2])
            {
                result.append(high << 4 | low)
                index &+= 3
            } else {
                result.append(text[index])
                index &+= 1
            }
        }
        return result
    }
}
