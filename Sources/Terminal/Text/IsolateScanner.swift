/// Finds what must be read left to right as one piece inside right-to-left text: numbers with
/// separators, telephone numbers, ticket and order codes, addresses, URLs, paths, options.
///
/// Without an isolate the groups of `0912-345-6789` are shown in reverse order inside Persian text,
/// and the # of `#1234` on the wrong side. Linear; looks at code points only.
enum IsolateScanner {
    /// Ascending, not overlapping ranges of code points.
    static func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < scalars.count {
            guard isPart(at: index, in: scalars) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < scalars.count, isPart(at: end, in: scalars) { end += 1 }
            let token = trimmed(index..<end, in: scalars)
            if isToken(scalars[token]) {
                found.append(telephone(from: index..<end, in: scalars) ?? token)
            }
            index = max(end, found.last?.upperBound ?? 0)
        }
        return found
    }

    /// Printable ASCII, digits of both Arabic kinds and their own separators; the Arabic comma only
    /// between digits.
    private static func isPart(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let scalar = scalars[index]
        switch scalar.value {
        case 0x21...0x7E, 0x66A...0x66C: return true
        case 0x60C:
            return index > 0 && index + 1 < scalars.count && scalars[index - 1].isAnyDigit
                && scalars[index + 1].isAnyDigit
        default: return scalar.isAnyDigit
        }
    }

    /// Without the brackets, quotes and sentence punctuation around it.
    private static func trimmed(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, "([{<\"'.,;:!?".unicodeScalars.contains(scalars[low]) { low += 1 }
        while high > low, ")]}>\"'.,;:!?".unicodeScalars.contains(scalars[high - 1]) { high -= 1 }
        return low..<high
    }

    private static func isToken(_ token: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = token.first else { return false }
        if token.contains(where: \.isAnyDigit) { return true }
        if token.count > 1, "#@/-+~$".unicodeScalars.contains(first) { return true }
        // An address, a URL, an option with a value: punctuation that a word does not have inside.
        return token.dropFirst().dropLast().contains { "@/:=&_".unicodeScalars.contains($0) }
    }

    /// A telephone number written in groups, `0912 345 6789` or `+98 (21) 88 99 00 11`: begins with
    /// + or 0 and has 7 to 15 digits (E.164) in all.
    private static func telephone(
        from first: Range<Int>, in scalars: [Unicode.Scalar]
    ) -> Range<Int>? {
        guard isGroup(scalars[first]),
            let lead = scalars[first].first(where: { $0 != "(" }),
            lead == "+" || lead.isZeroDigit
        else { return nil }
        var end = first.upperBound
        while end + 1 < scalars.count, scalars[end] == " " || scalars[end] == "\u{A0}" {
            var stop = end + 1
            while stop < scalars.count, isGroupPart(scalars[stop]) { stop += 1 }
            let followedByLetter =
                stop < scalars.count && isPart(at: stop, in: scalars)
                && !".,;:!?".unicodeScalars.contains(scalars[stop])
            guard isGroup(scalars[(end + 1)..<stop]), !followedByLetter else { break }
            end = stop
        }
        let digits = scalars[first.lowerBound..<end].count(where: \.isAnyDigit)
        return end > first.upperBound && (7...15).contains(digits)
            ? first.lowerBound..<end : nil
    }

    private static func isGroup(_ group: ArraySlice<Unicode.Scalar>) -> Bool {
        group.contains(where: \.isAnyDigit) && group.allSatisfy(isGroupPart)
    }

    private static func isGroupPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isAnyDigit || "+-()".unicodeScalars.contains(scalar)
    }
}

extension Unicode.Scalar {
    /// ASCII, Persian (Extended Arabic-Indic) or Arabic-Indic.
    var isAnyDigit: Bool {
        (0x30...0x39).contains(value) || (0x6F0...0x6F9).contains(value)
            || (0x660...0x669).contains(value)
    }

    var isZeroDigit: Bool { value == 0x30 || value == 0x6F0 || value == 0x660 }
}
