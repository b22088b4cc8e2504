/// Reads a message as an answer to a survey (DESIGN "Surveys"): a score only where the whole message is one. Linear in
/// the text, which comes from outside.
public enum RatingText {
    /// Longer messages say more than a score.
    static let longest = 64

    /// The score, or nil when the message is anything but a score of this scale: `5`, `۵`, `5/5`, `۴ از ۵`, `5 stars`,
    /// `4️⃣`, and on a scale of five also `⭐⭐⭐⭐` and `★★★★☆`.
    public static func score(_ text: String, on kind: SurveyKind) -> Int? {
        guard text.utf8.count <= 4 * longest else { return nil }
        let scalars = [Unicode.Scalar](text.unicodeScalars).filter { !isIgnored($0) }
        guard !scalars.isEmpty, scalars.count <= longest else { return nil }
        let score = stars(scalars, on: kind) ?? number(scalars, on: kind)
        return score.flatMap { kind.scores.contains($0) ? $0 : nil }
    }

    /// Blanks, direction marks, joiners and the selectors that make a character an emoji.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF, 0xFE0E, 0xFE0F,
            0x20E3:
            true
        default: scalar.properties.isWhitespace
        }
    }

    /// Only full stars count; empty ones may follow, up to five together.
    private static func stars(_ scalars: [Unicode.Scalar], on kind: SurveyKind) -> Int? {
        guard kind.scores == 1...5 else { return nil }
        let full = scalars.prefix { [0x2B50, 0x1F31F, 0x2605].contains($0.value) }.count
        let empty = scalars.dropFirst(full).prefix { $0.value == 0x2606 }.count
        guard full > 0, full + empty == scalars.count, full + empty <= 5 else { return nil }
        return full
    }

    private static func number(_ scalars: [Unicode.Scalar], on kind: SurveyKind) -> Int? {
        var rest = scalars[...]
        while let last = rest.last, isFullStop(last) { rest.removeLast() }
        let value: Int
        if rest.first?.value == 0x1F51F {
            // The key cap ten.
            value = 10
            rest = rest.dropFirst()
        } else {
            let digits = rest.prefix { PersianDigits.value(of: $0) != nil }
            guard let number = whole(digits) else { return nil }
            value = number
            rest = rest.dropFirst(digits.count)
        }
        return isScaleWord(rest, on: kind) ? value : nil
    }

    private static func isFullStop(_ scalar: Unicode.Scalar) -> Bool {
        [0x21, 0x2E, 0x06D4, 0x3002].contains(scalar.value)
    }

    /// One digit, or ten; "05" is no score that anybody gives.
    private static func whole(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
        let values = digits.compactMap { PersianDigits.value(of: $0) }
        if values.count == 1 { return values[0] }
        return values == [1, 0] ? 10 : nil
    }

    /// What may stand behind a number: nothing, the top of the scale, or stars.
    private static func isScaleWord(
        _ rest: ArraySlice<Unicode.Scalar>, on kind: SurveyKind
    ) -> Bool {
        if rest.isEmpty { return true }
        var folded = String.UnicodeScalarView()
        for scalar in rest {
            folded.append(
                PersianDigits.value(of: scalar).flatMap { Unicode.Scalar(UInt8(0x30 + $0)) }
                    ?? scalar)
        }
        let word = String(folded).lowercased()
        let top = "\(kind.scores.upperBound)"
        if ["/\(top)", "outof\(top)", "of\(top)", "از\(top)"].contains(word) { return true }
        return kind.scores == 1...5
            && ["star", "stars", "ستاره", "\u{2B50}", "\u{2605}", "\u{1F31F}"].contains(word)
    }
}
