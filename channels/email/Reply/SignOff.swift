/// “Best regards”, a name, and what stands below it: the signature of everybody whose program writes no “-- ”. A closing
/// formula alone stays, and “Thanks, Ann” does: those are words to the reader. What follows the name has to look like a
/// signature too: short lines, telephone numbers, links, never a question or a postscript.
enum SignOff {
    /// Lines with text below a formula, the name among them.
    private static let mostLines = 24
    /// Formulas and names are short.
    private static let longestFormula = 60
    private static let longestName = 60
    private static let longestLine = 100
    /// Of a longer line, with a link or an address in it, so much is looked at.
    private static let longestLink = 1_000

    /// The place in `kept` (indices into the lines, in order) where the sign-off at the end begins; nil where there is none.
    static func start(in kept: [Int], of text: TextLines) -> Int? {
        var below: [Int] = []
        var place = kept.count
        while place > 0, below.count <= mostLines {
            place &-= 1
            let index = kept[place]
            let line = text.lines[index]
            if line.isBlank { continue }
            if line.isQuoted { return nil }
            if isFormula(text[index]), isSignature(below, in: text, strength: strength(text[index]))
            {
                return hasText(before: place, in: kept, of: text) ? place : nil
            }
            below.insert(index, at: 0)
        }
        return nil
    }

    private static func hasText(before place: Int, in kept: [Int], of text: TextLines) -> Bool {
        kept[..<place].contains { !text.lines[$0].isBlank && !text.lines[$0].isQuoted }
    }

    // MARK: Formulas

    /// “Thanks” may be said to somebody; “Regards” is only ever the end.
    private enum Strength { case thanks, regards }

    private static func strength(_ line: ArraySlice<UInt8>) -> Strength {
        SignOffWords.regards.contains(core(line)) ? .regards : .thanks
    }

    private static func isFormula(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= longestFormula else { return false }
        let core = core(line)
        return SignOffWords.regards.contains(core) || SignOffWords.thanks.contains(core)
    }

    /// Without the marks around it, in small letters.
    private static func core(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var line = line
        while let first = line.first, isMark(first) { line = line.dropFirst() }
        while let last = line.last, isMark(last) { line = line.dropLast() }
        // The Persian and the full-width comma.
        for comma in commas where line.suffix(comma.count).elementsEqual(comma) {
            line = line.dropLast(comma.count)
        }
        return line.count <= longestFormula ? line.lowercasedText : []
    }

    private static let commas = QuoteWords.bytes(["،", "，", "。"])

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == Ascii.space || byte == UInt8(ascii: ",") || byte == Ascii.dot
            || byte == UInt8(ascii: "!")
            || byte == Ascii.dash || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_")
            || byte == Ascii.tab || byte == Ascii.semicolon || byte == Ascii.colon
    }

    /// A formula, alone or with a name behind it: nobody answers with one.
    static func isOnlyFormula(_ line: ArraySlice<UInt8>) -> Bool {
        isFormula(line) || isFormulaWithName(line)
    }

    /// “Best, Ann” on one line.
    private static func isFormulaWithName(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= longestFormula,
            let comma = line.firstIndex(of: UInt8(ascii: ",")), isFormula(line[..<comma])
        else { return false }
        return strength(line[..<comma]) == .regards
            && isName(TextLines.visible((comma &+ 1)..<line.endIndex, of: line), strength: .thanks)
    }

    // MARK: What stands below

    private static func isSignature(_ below: [Int], in text: TextLines, strength: Strength) -> Bool
    {
        guard let first = below.first, below.count <= mostLines else { return false }
        guard isName(text[first], strength: strength) || isRule(text[first]) else { return false }
        // “Thanks, Ann” is said to somebody; with a telephone number below it is a signature.
        guard strength == .regards || below.count > 2 else { return false }
        return below.dropFirst().allSatisfy { isDetail(text[$0]) }
    }

    private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        QuotedHeaders.isRule(line, atLeast: 3)
    }

    /// Up to five words of letters, each with a capital or of a script without capitals. After “Regards” two small words
    /// are a name as well.
    private static func isName(_ line: ArraySlice<UInt8>, strength: Strength) -> Bool {
        var line = line
        while let first = line.first, isMark(first) { line = line.dropFirst() }
        while let last = line.last, isMark(last) { line = line.dropLast() }
        guard line.count >= 2, line.count <= longestName else { return false }
        guard line.allSatisfy(isNameByte) else { return false }
        let words = line.split(separator: Ascii.space)
        guard words.count <= 5 else { return false }
        let isAllNamed = words.allSatisfy { word in
            guard let first = word.first else { return false }
            return first >= 0x80 || first >= 0x41 && first <= 0x5A
                || SignOffWords.particles.contains(Array(word))
        }
        return isAllNamed || strength == .regards && words.count <= 2
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        let lower = Ascii.lower(byte)
        return byte >= 0x80 || lower >= 0x61 && lower <= 0x7A || byte == Ascii.space
            || byte == Ascii.dot
            || byte == Ascii.dash || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ",")
            || byte == UInt8(ascii: "&")
    }

    /// A line of a signature: short, no question, no postscript; long ones only with a link or a picture in them.
    private static func isDetail(_ line: ArraySlice<UInt8>) -> Bool {
        if line.last == UInt8(ascii: "?") || line.suffix(2).elementsEqual(persianQuestion) {
            return false
        }
        let lower = line.prefix(12).lowercasedText
        if SignOffWords.postscripts.contains(where: { lower.starts(with: $0) }) { return false }
        if line.count <= longestLine { return line.last != UInt8(ascii: "!") || line.count < 40 }
        let head = line.prefix(longestLink)
        return head.containsIgnoringCase(http) || line.first == UInt8(ascii: "[")
            || line.first == UInt8(ascii: "!") || Attribution.hasAddress(head)
    }

    private static let persianQuestion = Array("؟".utf8)
    private static let http = Array("http".utf8)
}
