/// One question about one field.
///
/// A question in the negative is exactly the contrary of its positive: it holds for a field that is not set. The
/// size of what is not set, or is no number, is neither above nor below anything.
public struct RuleTest: Hashable, Sendable {
    public var field: RuleField
    public var comparison: RuleComparison
    public var matching: Matching

    public enum Matching: Hashable, Sendable {
        /// As people take texts for the same: without case, diacritics, and letter forms (`TextFold`).
        case folded
        case exact
    }

    public init(_ field: RuleField, _ comparison: RuleComparison, matching: Matching = .folded) {
        self.field = field
        self.comparison = comparison
        self.matching = matching
    }
}

/// What is asked. Of several operands one is enough; none at all are never met.
public enum RuleComparison: Hashable, Sendable {
    case isOne([String])
    case isNone([String])
    /// Somewhere in it, also within a word.
    case contains([String])
    case containsNone([String])
    /// As whole words, in a row.
    case mentions([String])
    case mentionsNone([String])
    case begins([String])
    case above(Double)
    case below(Double)
    case isSet
    case isNotSet

    /// Reads a comparison of the configuration: `is`, `is_not`, `contains`, `contains_not`, `mentions`,
    /// `mentions_not`, `begins_with`, `above`, `below`, `set`, `not_set`.
    ///
    /// Nil for an unknown word, operands that are missing or too many, and `above` or `below` of what is no number.
    public init?(word: String, operands: [String]) {
        let texts = operands.isEmpty ? nil : operands
        let number = operands.count == 1 ? RuleNumber.read(operands[0]) : nil
        let comparison: RuleComparison? =
            switch word {
            case "is": texts.map { .isOne($0) }
            case "is_not": texts.map { .isNone($0) }
            case "contains": texts.map { .contains($0) }
            case "contains_not": texts.map { .containsNone($0) }
            case "mentions": texts.map { .mentions($0) }
            case "mentions_not": texts.map { .mentionsNone($0) }
            case "begins_with": texts.map { .begins($0) }
            case "above": number.map { .above($0) }
            case "below": number.map { .below($0) }
            case "set": operands.isEmpty ? .isSet : nil
            case "not_set": operands.isEmpty ? .isNotSet : nil
            default: nil
            }
        guard let comparison else { return nil }
        self = comparison
    }
}

/// Numbers as people and CRMs write them in a field.
enum RuleNumber {
    /// Decimal digits of any script, with a sign and a point if any; nil for everything else, `nan` and `1e9` too.
    static func read(_ text: String) -> Double? {
        let ascii = PersianDigits.ascii(text)
        guard ascii.utf8.count <= 32,
            ascii.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D })
        else { return nil }
        return Double(ascii)
    }
}
