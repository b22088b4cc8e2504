/// The header lines (“From: … Sent: … To: … Subject: …”) and rulers (“-----Original Message-----”) that mail programs put
/// above an unmarked quotation.
enum QuotedHeaders {
    /// Lines after the first in which the others have to be.
    private static let reach = 8

    /// Whether a block of header lines begins here.
    static func begin(at index: Int, in text: TextLines) -> Bool {
        guard let first = label(index, in: text), first != .other else { return false }
        if first == .from, isWholeBlock(text[index]) { return true }
        var seen: Set<QuoteWords.Label> = [first]
        var blanks = 0
        var next = index &+ 1
        while next < text.lines.count, next <= index &+ reach {
            defer { next &+= 1 }
            if text.lines[next].isBlank {
                blanks &+= 1
                if blanks > 4 { break }
                continue
            }
            guard let label = label(next, in: text) else { continue }
            if label != .other { seen.insert(label) }
            if seen.contains(.from), seen.count >= 3 { return true }
        }
        // Two lines are enough where they are Date and To, one below the other, with what belongs in them.
        if first == .date, seen.contains(.to), index &+ 1 < text.lines.count {
            return label(index &+ 1, in: text) == .to && Attribution.hasDate(text[index])
                && Attribution.hasAddress(text[index &+ 1])
        }
        // A From with one more of the others is a block only where From comes first, directly followed.
        return first == .from && seen.count >= 2 && index &+ 1 < text.lines.count
            && label(index &+ 1, in: text) != nil && Attribution.hasAddress(text[index])
    }

    /// “From: Ali <ali@example.org> Date: Thu, 24 Mar 2016 …” on one line.
    private static func isWholeBlock(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 400, Attribution.hasAddress(line), Attribution.hasDate(line) else {
            return false
        }
        var words = line.split(separator: Ascii.space).dropFirst().prefix(40)
        while let word = words.popFirst() {
            let name = word.drop { $0 == UInt8(ascii: "*") }.dropLast()
            if word.last == Ascii.colon, QuoteWords.labels[name.lowercasedText] == .date {
                return true
            }
        }
        return false
    }

    /// “-----Original Message-----” and its kin in other languages.
    static func isRuler(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 200 else { return false }
        // “## Please reply above this line ##” of helpdesks, in any language.
        if line.count >= 12, line.prefix(2).elementsEqual(hashes),
            line.suffix(2).elementsEqual(hashes)
        {
            return line.contains {
                !isRulerByte($0) && $0 != UInt8(ascii: "#") && $0 != Ascii.space
            }
        }
        let dashes = line.prefix { isRulerByte($0) || $0 == UInt8(ascii: "#") }.count
        let lower = line.lowercasedText
        if dashes < 2 {
            return QuoteWords.forwards.contains { lower.starts(with: $0) }
                && line.last == Ascii.colon
        }
        return QuoteWords.separators.contains(where: lower[...].containsIgnoringCase)
    }

    private static let hashes = Array("##".utf8)

    /// Dashes, underscores, stars and blanks only: a rule between texts.
    static func isRule(_ line: ArraySlice<UInt8>, atLeast count: Int) -> Bool {
        guard line.allSatisfy({ isRulerByte($0) || $0 == Ascii.space }) else { return false }
        return line.count >= count
    }

    /// “---- Something ----”: words between dashes, whatever the language.
    static func isDashed(_ line: ArraySlice<UInt8>) -> Bool {
        line.count <= 120 && line.prefix(3).count == 3 && line.prefix(3).allSatisfy(isRulerByte)
            && line.suffix(3).allSatisfy(isRulerByte)
    }

    static func isRulerByte(_ byte: UInt8) -> Bool {
        byte == Ascii.dash || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "*")
            || byte == Ascii.equals
    }

    /// The label of “*From:* …”; stars and blanks around it do not count.
    private static func label(_ index: Int, in text: TextLines) -> QuoteWords.Label? {
        let line = text[index]
        let head = line.prefix(48)
        guard let colon = head.firstIndex(of: Ascii.colon) ?? wideColon(head) else { return nil }
        var low = line.startIndex
        while low < colon, isOrnament(line[low]) { low &+= 1 }
        var high = colon
        while high > low, isOrnament(line[high &- 1]) { high &-= 1 }
        let name = TextLines.visible(low..<high, in: text.bytes)
        return name.isEmpty ? nil : QuoteWords.labels[line[name].lowercasedText]
    }

    /// Whether the line is one of a block's, for blocks with nothing in front of them.
    static func isLabelled(_ index: Int, in text: TextLines) -> Bool {
        label(index, in: text) != nil
    }

    private static func wideColon(_ head: ArraySlice<UInt8>) -> Int? {
        var index = head.startIndex
        while index &+ 2 < head.endIndex {
            if head[index] == 0xEF, head[index &+ 1] == 0xBC, head[index &+ 2] == 0x9A {
                return index
            }
            index &+= 1
        }
        return nil
    }

    private static func isOrnament(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == Ascii.space || byte == Ascii.tab
            || byte == UInt8(ascii: "_")
    }
}
