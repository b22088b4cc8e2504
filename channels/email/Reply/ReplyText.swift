/// What the person wrote now. Linear scanners over bytes; every bound is stated where it is used. Where a person answered
/// between the quoted lines, all of it is kept: the answers mean nothing without the questions.
public enum ReplyText {
    /// The text without quoted history and signature; all of it where nothing else would be left, and nothing where
    /// somebody sent back a quotation under its attribution without a word. `text` is UTF-8 with LF line ends.
    public static func visible(in text: [UInt8]) -> [UInt8] {
        let lines = TextLines(text)
        var scan = ReplyScan(lines)
        let kept = scan.keptLines()
        let result = joined(kept, of: scan)
        if !result.isBlank || scan.isOnlyQuotation { return result.isBlank ? [] : result }
        return trimmedEnd(text)
    }

    private static func joined(_ kept: [Int], of scan: ReplyScan) -> [UInt8] {
        let text = scan.text
        var result: [UInt8] = []
        result.reserveCapacity(text.bytes.count)
        var kept = kept[...]
        while let first = kept.first, text.lines[first].isBlank { kept = kept.dropFirst() }
        while let last = kept.last, text.lines[last].isBlank { kept = kept.dropLast() }
        for (place, index) in kept.enumerated() {
            if place > 0 { result.append(Ascii.lineFeed) }
            if let end = scan.sharedEnds[index] {
                result += text.bytes[text.lines[index].whole.lowerBound..<end]
            } else {
                result += text.bytes[text.lines[index].whole]
            }
        }
        return trimmedEnd(result)
    }

    private static func trimmedEnd(_ text: [UInt8]) -> [UInt8] {
        var end = text.count
        while end > 0, Ascii.isBlank(text[end &- 1]) { end &-= 1 }
        return Array(text[..<end])
    }
}
