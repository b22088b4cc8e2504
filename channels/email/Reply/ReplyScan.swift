/// The lines of one mail, sorted into what was written now and what was quoted.
struct ReplyScan {
    let text: TextLines
    /// Lines whose front belongs to the reply and whose rest is an attribution: where the front ends.
    private(set) var sharedEnds: [Int: Int] = [:]
    private var attributions: [Attribution] = []
    private var isAttribution: Set<Int> = []

    init(_ text: TextLines) { self.text = text }

    /// Every line is an attribution or marked as quoted, and there is an attribution.
    var isOnlyQuotation: Bool {
        attributions.contains { $0.introducesMarkedQuote }
            && text.lines.indices.allSatisfy {
                text.lines[$0].isBlank || text.lines[$0].isQuoted || isAttribution.contains($0)
            }
    }

    mutating func keptLines() -> [Int] {
        findAttributions()
        var cut = firstUnmarkedQuote() ?? text.lines.count
        if cut > 0, cut < text.lines.count, Attribution.looksBroken(text[cut &- 1]) { cut &-= 1 }
        let signed = Array(0..<cut)
        let unsigned = Array(signed[..<SignatureLines.end(of: signed, in: text)])
        return withoutSignature(withoutTail(withoutMarkedQuotes(unsigned)))
    }

    /// Device lines, disclaimers and sign-offs stand in any order at the end; a company's warning stands at the front.
    private func withoutSignature(_ kept: [Int]) -> [Int] {
        var kept = kept.withoutDeviceLines(in: text)
        kept.removeFirst(Disclaimer.bannerEnd(in: kept, of: text))
        // Each round takes lines away or is the last; more than a few have never been seen.
        for _ in 0..<4 {
            let before = kept.count
            if let start = Disclaimer.start(in: kept, of: text) { kept = Array(kept[..<start]) }
            kept = withoutTail(kept).withoutDeviceLines(in: text)
            if let start = SignOff.start(in: kept, of: text) { kept = Array(kept[..<start]) }
            kept = withoutTail(kept).withoutDeviceLines(in: text)
            if kept.count == before { break }
        }
        return kept
    }

    /// Attributions, each looked at from its last line; a bounded number of candidates.
    private mutating func findAttributions() {
        var candidates = 0
        var index = 0
        while index < text.lines.count, candidates < Attribution.mostCandidates {
            defer { index &+= 1 }
            let line = text.lines[index]
            guard !line.isBlank, !line.isQuoted, mayEndAttribution(index) else { continue }
            candidates &+= 1
            guard let found = Attribution.ending(at: index, in: text) else { continue }
            attributions.append(found)
            for line in found.lines { isAttribution.insert(line) }
            let first = text.lines[found.lines.lowerBound]
            if found.start > first.content.lowerBound {
                sharedEnds[found.lines.lowerBound] = found.start
            }
        }
    }

    private func mayEndAttribution(_ index: Int) -> Bool {
        let line = text[index]
        guard let last = line.last, let first = line.first else { return false }
        return last == Ascii.colon || last >= 0x80 || first == Ascii.colon
            || Ascii.isDigit(first) || text.isQuoted(index &+ 1) || text.isQuoted(index &+ 2)
            || last == UInt8(ascii: "e") || last == UInt8(ascii: "*") || last == Ascii.greater
            || last == Ascii.dash
    }

    /// Where an unmarked quotation begins that reaches to the end of the mail.
    private func firstUnmarkedQuote() -> Int? {
        var candidates = 0
        let introductions = attributions.filter { !$0.introducesMarkedQuote }
        var introduction = introductions.makeIterator()
        var next = introduction.next()
        var hasText = false
        var leadingBlock = 0
        for (index, line) in text.lines.enumerated() {
            if line.isBlank { continue }
            // Header lines above everything are an answer below its quotation: they end nothing.
            if !hasText, index < 20, QuotedHeaders.begin(at: index, in: text) {
                leadingBlock = index &+ 8
            }
            if index < leadingBlock, QuotedHeaders.isLabelled(index, in: text) { continue }
            while let found = next, found.lines.lowerBound < index {
                next = introduction.next()
            }
            if let found = next, found.lines.lowerBound == index {
                if sharedEnds[index] != nil { return index &+ 1 }
                if hasText { return index }
                continue
            }
            if line.isQuoted { continue }
            if hasText, candidates < 2_000, text[index].count <= 400 {
                candidates &+= 1
                if QuotedHeaders.isRuler(text[index]) || QuotedHeaders.begin(at: index, in: text) {
                    return index
                }
            }
            if !isAttribution.contains(index), !QuotedHeaders.isRule(text[index], atLeast: 1) {
                hasText = true
            }
        }
        return nil
    }

    /// Takes out what is marked with “>”: at the end always, in front or between only when it is one block with its
    /// attribution; several blocks with answers between stay.
    private func withoutMarkedQuotes(_ kept: [Int]) -> [Int] {
        var kept = withoutTail(kept)
        while let last = kept.last, text.lines[last].isQuoted || isAttribution.contains(last) {
            guard sharedEnds[last] == nil else { break }
            kept.removeLast()
            while let blank = kept.last, text.lines[blank].isBlank { kept.removeLast() }
        }
        let blocks = quotedBlocks(in: kept)
        let introduced = blocks.filter { block in
            attributions.contains {
                $0.introducesMarkedQuote && $0.lines.upperBound < block.lowerBound
                    && text.nextText(from: $0.lines.upperBound &+ 1) == block.lowerBound
            }
        }
        let dropped: Range<Int>? =
            blocks.count == 1 && introduced.count == 1 && !isBetween(blocks[0], kept)
            ? blocks[0] : nil
        return kept.filter { index in
            if let dropped, dropped.contains(index) { return false }
            return !isAttribution.contains(index) || sharedEnds[index] != nil
        }
    }

    /// Words stand in front of the block and behind it: it is answered where it stands. A sign-off is no answer.
    private func isBetween(_ block: Range<Int>, _ kept: [Int]) -> Bool {
        let isText = { (index: Int) in
            !text.lines[index].isBlank && !text.lines[index].isQuoted
                && !isAttribution.contains(index)
        }
        guard kept.contains(where: { $0 < block.lowerBound && isText($0) }) else { return false }
        let behind = kept.filter { $0 >= block.upperBound && isText($0) }
        guard let first = behind.first, let end = SignOff.start(in: kept, of: text) else {
            return !behind.allSatisfy { SignOff.isOnlyFormula(text[$0]) }
        }
        return first < kept[end] && !SignOff.isOnlyFormula(text[first])
    }

    /// Runs of marked lines; empty lines between two of them belong to the run.
    private func quotedBlocks(in kept: [Int]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        for index in kept where text.lines[index].isQuoted {
            if let last = blocks.last,
                text.nextText(from: last.upperBound) == index
            {
                blocks[blocks.count &- 1] = last.lowerBound..<(index &+ 1)
            } else {
                blocks.append(index..<(index &+ 1))
            }
        }
        return blocks
    }

    /// Blank lines and rules at the end.
    private func withoutTail(_ kept: [Int]) -> [Int] {
        var kept = kept
        while let last = kept.last,
            text.lines[last].isBlank || QuotedHeaders.isRule(text[last], atLeast: 3)
                || kept.count < text.lines.count && QuotedHeaders.isDashed(text[last])
        {
            kept.removeLast()
        }
        return kept
    }
}

extension [Int] {
    /// Device lines standing at the front or the end of what was kept.
    func withoutDeviceLines(in text: TextLines) -> [Int] {
        var kept = self[...]
        func trim() {
            while let last = kept.last, text.lines[last].isBlank { kept = kept.dropLast() }
            while let first = kept.first, text.lines[first].isBlank { kept = kept.dropFirst() }
        }
        trim()
        while let last = kept.last, kept.count > 1,
            SignatureLines.isDeviceLine(text[last]) || SignatureLines.isDashedName(text[last])
        {
            kept = kept.dropLast()
            trim()
        }
        while let first = kept.first, kept.count > 1, SignatureLines.isDeviceLine(text[first]) {
            kept = kept.dropFirst()
            trim()
        }
        return Array(kept)
    }
}
