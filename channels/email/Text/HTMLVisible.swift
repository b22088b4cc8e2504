/// What the person wrote now, for a mail that has only HTML: the marks of their mail program first, then the scanners
/// for text.
enum HTMLVisible {
    static func text(_ rendered: HTMLText.Rendered) -> [UInt8] {
        var end = rendered.text.count
        if let start = rendered.historyStart, !rendered.text[..<start].allSatisfy(Ascii.isBlank) {
            end = start
        }
        var removed: [Range<Int>] = []
        for range in rendered.quoted where range.lowerBound < end {
            let clamped = range.lowerBound..<min(range.upperBound, end)
            if !isInterleaved(rendered.text, in: clamped) { removed.append(clamped) }
        }
        for range in rendered.signatures where range.lowerBound < end {
            removed.append(range.lowerBound..<min(range.upperBound, end))
        }
        let kept = without(removed, in: rendered.text, end: end)
        if kept.isBlank { return ReplyText.visible(in: rendered.text) }
        return ReplyText.visible(in: kept)
    }

    /// Answers stand between quoted lines: text that is not marked, behind a line that is.
    private static func isInterleaved(_ text: [UInt8], in range: Range<Int>) -> Bool {
        var seenMark = false
        var position = range.lowerBound
        while position < range.upperBound {
            let line = text.lineRange(from: position)
            let content = line.content.clamped(to: range)
            if text[content].first == Ascii.greater {
                seenMark = true
            } else if seenMark, !text[content].allSatisfy(Ascii.isBlank) {
                return true
            }
            position = line.next
        }
        return false
    }

    private static func without(
        _ removed: [Range<Int>], in text: [UInt8], end: Int
    ) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > position { result += text[position..<range.lowerBound] }
            if range.upperBound > position {
                position = range.upperBound
                if result.last != Ascii.lineFeed { result.append(Ascii.lineFeed) }
            }
        }
        if position < end { result += text[position..<end] }
        return result
    }
}
