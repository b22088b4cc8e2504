/// Signatures at the end of what a person wrote: behind “-- ”, a rule, or a line their device adds. Sign-offs (“Best,
/// Ann”) stay: they are the person's own words.
enum SignatureLines {
    /// A signature behind a mark weaker than “-- ” has at most this many lines with text.
    private static let most = 12

    /// The index behind the last line to keep of `kept` (indices into the lines, in order).
    static func end(of kept: [Int], in text: TextLines) -> Int {
        // Lines with text of the person from each place on: the marks are judged by what stands behind them.
        var behind = kept.map { text.lines[$0].isBlank || text.lines[$0].isQuoted ? 0 : 1 } + [0]
        for place in kept.indices.reversed() { behind[place] &+= behind[place &+ 1] }
        var hasText = false
        for (place, index) in kept.enumerated() {
            // A signature mark over everything would leave nothing: then it is none.
            if hasText, isMark(index, in: text, rest: behind[place &+ 1]) { return place }
            hasText = hasText || !text.lines[index].isBlank
        }
        return kept.count
    }

    private static func isMark(_ index: Int, in text: TextLines, rest: Int) -> Bool {
        let line = text[index]
        let whole = text.bytes[text.lines[index].whole]
        // RFC 3676 section 4.3.
        if whole.elementsEqual([Ascii.dash, Ascii.dash, Ascii.space]) { return true }
        guard rest <= most else { return false }
        if line.elementsEqual([Ascii.dash, Ascii.dash]) || line.elementsEqual(emDash) {
            return true
        }
        if line.count >= 5, line.allSatisfy({ $0 == UInt8(ascii: "_") }) { return true }
        if isDotted(line) { return true }
        if line.count >= 20, line.allSatisfy({ $0 == Ascii.dash }) { return true }
        return line.elementsEqual(stars)
    }

    /// “. . . . . .” and “**. . . .**”: a row of dots.
    private static func isDotted(_ line: ArraySlice<UInt8>) -> Bool {
        line.filter { $0 == Ascii.dot }.count >= 5
            && line.allSatisfy { $0 == Ascii.dot || $0 == Ascii.space || $0 == UInt8(ascii: "*") }
    }

    private static let emDash = Array("—".utf8)
    private static let stars = Array("* * *".utf8)

    /// “Sent from my iPhone”, in many languages: short, alone on its line, no sentence of the person.
    static func isDeviceLine(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= 8, line.count <= 120 else { return false }
        var line = line
        while let first = line.first, first == UInt8(ascii: "*") || first == UInt8(ascii: "[") {
            line = line.dropFirst()
        }
        guard
            QuoteWords.devices.contains(where: line.startsIgnoringCase)
                || deviceEnds.contains(where: { line.suffix($0.count).elementsEqual($0) })
        else { return false }
        // “Sent from my desk, is much easier …”: a person wrote that.
        let isSentence = line.containsIgnoringCase(commaSpace) && !line.contains(Ascii.less)
        return !isSentence
    }

    private static let commaSpace = Array(", ".utf8)
    private static let deviceEnds = QuoteWords.bytes([
        " gönderildi", "から送信", " gesendet.", "からの送信", "에서 보냄",
    ])

    /// “-Abhishek”: a name behind a dash as the last line.
    static func isDashedName(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= 3, line.count <= 40, line.first == Ascii.dash else { return false }
        let second = line[line.startIndex &+ 1]
        guard second >= 0x41, second <= 0x5A else { return false }
        return line.dropFirst().allSatisfy {
            $0 == Ascii.space || $0 == Ascii.dot || $0 >= 0x41 && $0 <= 0x5A
                || $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x80
        } && line.filter { $0 == Ascii.space }.count <= 2
    }
}
