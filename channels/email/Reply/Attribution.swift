/// “On Monday, Sara wrote:”: finds the line or lines that introduce a quotation. With the quotation marked by “>”, the
/// shape is enough in any language; without, a word for “wrote” and a date or an address have to be there.
struct Attribution {
    /// Lines of the attribution.
    let lines: ClosedRange<Int>
    /// Where it begins, when words of the reply share its first line.
    let start: Int
    let introducesMarkedQuote: Bool

    /// An attribution spans at most this many lines and bytes.
    private static let mostLines = 4
    private static let mostBytes = 600
    /// Lines looked at closely; a text has few that end like one.
    static let mostCandidates = 400

    /// The attribution whose last line is `last`; nil when there is none.
    static func ending(at last: Int, in text: TextLines) -> Attribution? {
        let line = text.lines[last]
        guard !line.isBlank, !line.isQuoted, line.content.count <= mostBytes else { return nil }
        let followed = isFollowedByQuote(last, in: text)
        let end = closing(of: text[last])
        guard end != .none || followed || startsLikeStamp(text[last]) else { return nil }
        if startsLikeStamp(text[last]) {
            return Attribution(
                lines: last...last, start: line.content.lowerBound, introducesMarkedQuote: followed)
        }
        guard let first = firstLine(of: last, in: text) else { return nil }
        let range = text.lines[first].content.lowerBound..<line.content.upperBound
        guard range.count <= mostBytes else { return nil }
        let whole = text.bytes[range]
        guard accepted(mended(whole), end: end, followed: followed) else { return nil }
        let start = first == last ? sharedStart(whole) : range.lowerBound
        return Attribution(lines: first...last, start: start, introducesMarkedQuote: followed)
    }

    /// Without the “=” and line ends that a program left when it did not decode quoted-printable: “w=⏎rote:”.
    private static func mended(_ whole: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = whole.firstIndex(of: Ascii.equals),
            whole[first...].dropFirst().first == Ascii.lineFeed
        else { return whole }
        var result: [UInt8] = []
        var rest = whole
        while let byte = rest.popFirst() {
            if byte == Ascii.equals, rest.first == Ascii.lineFeed {
                rest = rest.dropFirst()
            } else {
                result.append(byte)
            }
        }
        return result[...]
    }

    private enum Closing { case colon, none }

    private static func closing(of line: ArraySlice<UInt8>) -> Closing {
        if line.last == Ascii.colon || line.first == Ascii.colon { return .colon }
        // “：”, “՝”, and the verbs of languages that write no colon.
        for end in closings
        where line.count >= end.count && line.suffix(end.count).elementsEqual(end) {
            return .colon
        }
        return .none
    }

    private static let closings = QuoteWords.bytes([
        "：", "՝", "എഴുതി", ":>", "wrote", ":*", "wrote ----", "a écrit", ":**", ": ,",
    ])

    private static func accepted(
        _ whole: ArraySlice<UInt8>, end: Closing, followed: Bool
    ) -> Bool {
        let address = hasAddress(whole)
        let date = hasDate(whole)
        if followed, end == .colon, address || date { return true }
        if followed, end == .colon, QuoteWords.verbs.contains(where: whole.containsIgnoringCase) {
            return true
        }
        guard address || date, end == .colon || followed else { return false }
        // “17.11.2021, 11:00, "John" <john@example.org>:”: no verb in any language, but nothing else looks so.
        if address, date, whole.suffix(2).elementsEqual([Ascii.greater, Ascii.colon]) {
            return true
        }
        return QuoteWords.verbs.contains(where: whole.containsIgnoringCase)
    }

    private static func isFollowedByQuote(_ index: Int, in text: TextLines) -> Bool {
        // One empty line between is common; two are still the same shape.
        for next in (index &+ 1)..<(index &+ 4) {
            guard text.lines.indices.contains(next) else { return false }
            if text.lines[next].isBlank { continue }
            return text.lines[next].isQuoted
        }
        return false
    }

    /// The nearest line upward, within the same paragraph, that begins like an attribution.
    private static func firstLine(of last: Int, in text: TextLines) -> Int? {
        var index = last
        while index >= 0, last &- index < mostLines {
            let line = text.lines[index]
            if line.isBlank || line.isQuoted { break }
            if beginsLikeOne(text[index]) { return index }
            if index < last, isUnfinished(text[index]) { return index }
            index &-= 1
        }
        return last
    }

    /// A line that a program broke in the middle: before an address, or behind the name and the verb.
    private static func isUnfinished(_ line: ArraySlice<UInt8>) -> Bool {
        if line.last == Ascii.less, hasDate(line) { return true }
        return hasAddress(line) && QuoteWords.verbs.contains(where: line.containsIgnoringCase)
    }

    /// “Am 20.06.24 schrieb Ali” without its colon, above a block of header lines.
    static func looksBroken(_ line: ArraySlice<UInt8>) -> Bool {
        line.count <= 200 && hasDate(line) && beginsLikeOne(line)
            && QuoteWords.verbs.contains(where: line.containsIgnoringCase)
    }

    private static func beginsLikeOne(_ line: ArraySlice<UInt8>) -> Bool {
        let head = line.prefix(40).lowercasedText
        if QuoteWords.starters.contains(where: { head.starts(with: $0) }) {
            return hasDate(line) || hasAddress(line)
        }
        return startsLikeDate(line)
    }

    /// “2016-03-03 17:21 GMT+01:00 Some One”: Gmail's short form carries no verb.
    private static func startsLikeStamp(_ line: ArraySlice<UInt8>) -> Bool {
        startsLikeDate(line) && line.count < 200
            && (line.containsIgnoringCase(gmt) || line.containsIgnoringCase(utc))
            && line.prefix(5).last == Ascii.dash
    }

    private static let gmt = Array(" gmt".utf8)
    private static let utc = Array(" utc".utf8)

    private static func startsLikeDate(_ line: ArraySlice<UInt8>) -> Bool {
        let head = line.prefix(10)
        guard head.count == 10, let first = head.first, Ascii.isDigit(first) else { return false }
        let digits = head.filter(Ascii.isDigit).count
        let marks = head.filter { $0 == Ascii.dash || $0 == Ascii.dot || $0 == UInt8(ascii: "/") }
        return digits >= 6 && marks.count >= 2
    }

    /// “reply On Wed, Apr 4, 2012 … wrote:”: the words in front belong to the reply.
    private static func sharedStart(_ line: ArraySlice<UInt8>) -> Int {
        var index = line.startIndex &+ 1
        while index < line.endIndex &- 8 {
            let before = line[index &- 1]
            if before == Ascii.space || before == Ascii.dash,
                line[index] == UInt8(ascii: "O"), line[index &+ 1] == UInt8(ascii: "n"),
                line[index &+ 2] == Ascii.space,
                days.contains(where: line[(index &+ 3)...].startsIgnoringCase)
            {
                var start = index
                while start > line.startIndex,
                    line[start &- 1] == Ascii.dash || line[start &- 1] == Ascii.space
                { start &-= 1 }
                return start
            }
            index &+= 1
        }
        return line.startIndex
    }

    private static let days = QuoteWords.bytes([
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun",
        "jul", "aug", "sep", "oct", "nov", "dec",
    ])

    static func hasAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        var index = bytes.startIndex &+ 1
        while index < bytes.endIndex &- 1 {
            if bytes[index] == Ascii.at, bytes[index &- 1] > Ascii.space,
                bytes[index &+ 1] > Ascii.space
            {
                return true
            }
            index &+= 1
        }
        return false
    }

    /// Four digits and more, Persian and Arabic ones too: a day, a time or a year.
    static func hasDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        var digits = 0
        var previous: UInt8 = 0
        for byte in bytes {
            let isEastern =
                (previous == 0xDB && byte >= 0xB0 && byte <= 0xB9)
                || (previous == 0xD9 && byte >= 0xA0 && byte <= 0xA9)
            if Ascii.isDigit(byte) || isEastern { digits &+= 1 }
            if digits == 4 { return true }
            previous = byte
        }
        return false
    }
}
