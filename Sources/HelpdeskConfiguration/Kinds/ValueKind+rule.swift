import HelpdeskCore
import TOMLReading

/// The keys of one question of a `[[rule]]`.
enum QuestionKeys {
    private static let texts = ValueKind<[String]>.texts(atMost: 100)

    static let field = RequiredKey<RuleField>(
        "field", .ruleField, "What is asked about.", example: "\"subject\"")
    static let exact = DefaultedKey<Bool>(
        "exact", .flag, default: false, written: "false",
        "Whether case, diacritics and forms of letters matter.", example: "true")
    static let above = OptionalKey<Double>(
        "above", .decimal, absent: "not asked", "Whether it is a number above this one.",
        example: "100")
    static let below = OptionalKey<Double>(
        "below", .decimal, absent: "not asked", "Whether it is a number below this one.",
        example: "10")
    static let set = OptionalKey<Bool>(
        "set", .flag, absent: "not asked", "Whether there is anything in it at all.",
        example: "true")

    /// Comparisons with texts, of which one is enough.
    static let textual: [OptionalKey<[String]>] = [
        key("is", "Whether it is one of these."), key("is_not", "Whether it is none of these."),
        key("contains", "Whether one of these is in it, also within a word."),
        key("contains_not", "Whether none of these is in it."),
        key("mentions", "Whether it has one of these as whole words."),
        key("mentions_not", "Whether it has none of these as whole words."),
        key("begins_with", "Whether it begins with one of these."),
    ]

    private static func key(_ name: String, _ meaning: String) -> OptionalKey<[String]> {
        OptionalKey(
            name, texts, absent: "not asked", meaning, example: "[\"refund\", \"بازپرداخت\"]")
    }

    static let section = SectionDescription(
        "question", .value,
        "One question about a ticket: a field, and one of the comparisons. A question in the negative also holds for a field that is not set.",
        keys: [field.description, exact.description] + textual.map(\.description)
            + [above.description, below.description, set.description])
}

extension ValueKind where Value == RuleCondition {
    /// `{ field = "subject", mentions = ["refund"] }`
    static var question: Self {
        .table("question", QuestionKeys.section) { table, reader in
            let field = reader.read(QuestionKeys.field, table)
            let matching: RuleTest.Matching =
                reader.read(QuestionKeys.exact, table) ? .exact : .folded
            let comparisons = reader.comparisons(table)
            guard comparisons.count == 1, let comparison = comparisons.first else {
                let known =
                    (QuestionKeys.textual.map(\.description.name) + ["above", "below", "set"])
                reader.record(
                    ConfigurationProblem(
                        place: table.place, key: "rule.question",
                        expected: "one comparison of: \(known.joined(separator: ", "))",
                        got: comparisons.isEmpty ? "none" : "\(comparisons.count)",
                        hint: comparisons.isEmpty
                            ? nil : "write a question of its own for each of them"))
                return nil
            }
            guard let field else { return nil }
            return .test(RuleTest(field, comparison, matching: matching))
        }
    }
}

extension ConfigurationReader {
    fileprivate mutating func comparisons(_ table: SectionTable) -> [RuleComparison] {
        var found: [RuleComparison] = []
        for key in QuestionKeys.textual {
            let operands = read(key, table) ?? []
            // What is wrong there is a problem already; it still was a comparison.
            guard table.table.entry(key.description.name) != nil else { continue }
            found.append(
                RuleComparison(word: key.description.name, operands: operands) ?? .isOne(operands))
        }
        let above = read(QuestionKeys.above, table)
        let below = read(QuestionKeys.below, table)
        let set = read(QuestionKeys.set, table)
        if table.table.entry("above") != nil { found.append(.above(above ?? 0)) }
        if table.table.entry("below") != nil { found.append(.below(below ?? 0)) }
        if table.table.entry("set") != nil { found.append(set == false ? .isNotSet : .isSet) }
        return found
    }
}

extension ValueKind where Value == RuleField {
    /// A field that is known when a ticket is routed.
    static var ruleField: Self {
        let known = RuleField.namesAtRouting.map(TOMLText.quoted).joined(separator: ", ")
        return Self("field", expectation: "a field: one of \(known)") { value throws(Mismatch) in
            let text = try value.text()
            guard text.utf8.count <= 200, !text.unicodeScalars.contains(where: isUnprintable),
                let field = RuleField(name: text)
            else {
                throw Mismatch(
                    hint: SpellingSuggestion.nearest(to: text, among: RuleField.namesAtRouting)
                        .map { "did you mean \(TOMLText.quoted($0))?" })
            }
            guard field.isKnownAtRouting else {
                throw Mismatch(hint: "a ticket that is being routed has none yet")
            }
            return field
        }
    }
}

extension ValueKind where Value == [String] {
    /// One text, or a list of them, each one line of at most 500 characters.
    static func texts(atMost limit: Int) -> Self {
        let expectation = "a text, or a list of 1 to \(limit) texts of at most 500 characters"
        return Self("text or list of texts", expectation: expectation) { node, key, reader in
            let nodes: [TOMLNode]
            if case .array(let elements) = node.value { nodes = elements } else { nodes = [node] }
            let texts = nodes.compactMap { element -> String? in
                guard case .string(let text) = element.value, !text.isEmpty,
                    text.unicodeScalars.count <= 500,
                    !text.unicodeScalars.contains(where: isUnprintable)
                else {
                    reader.refuse(element, key: key, expected: expectation)
                    return nil
                }
                return text
            }
            guard (1...limit).contains(nodes.count) else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            return texts.count == nodes.count ? texts : nil
        }
    }
}

extension ValueKind where Value == Double {
    static var decimal: Self {
        Self("number", expectation: "a number such as 12 or 0.5") { value throws(Mismatch) in
            switch value {
            case .integer(let number): return Double(number)
            case .float(let number) where number.isFinite: return number
            default: throw Mismatch()
            }
        }
    }
}

extension ValueKind where Value == [String: Int] {
    /// `{ refunds = 2, vat = 1 }`
    static var levels: Self {
        let expectation =
            "a table of at most 20 skills with levels from 1 to 100, such as { refunds = 2 }"
        return Self("table of levels", expectation: expectation) { node, key, reader in
            guard case .table(let table) = node.value, table.entries.count <= 20 else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            var levels: [String: Int] = [:]
            for entry in table.entries {
                guard !entry.key.isEmpty, entry.key.utf8.count <= 64,
                    !entry.key.unicodeScalars.contains(where: isUnprintable),
                    case .integer(let level) = entry.node.value, (1...100).contains(level)
                else {
                    reader.refuse(
                        entry.node, key: "\(key).\(printable(entry.key))",
                        expected: "a level from 1 to 100")
                    return nil
                }
                levels[entry.key] = Int(level)
            }
            return levels
        }
    }
}

extension ValueKind where Value == LanguageCode {
    static var language: Self {
        Self("language", expectation: "a language as a code such as \"fa\" or \"en\"") {
            value throws(Mismatch) in
            guard let code = LanguageCode(try value.text()) else { throw Mismatch() }
            return code
        }
    }
}

extension ValueKind where Value == String {
    /// As `hamdel ticket tag` takes them.
    static var tag: Self {
        Self("tag", expectation: "a word of 1 to 64 bytes without blanks") {
            value throws(Mismatch) in
            let text = try value.text()
            guard (1...64).contains(text.utf8.count),
                !text.unicodeScalars.contains(where: { $0.value <= 0x20 || isUnprintable($0) })
            else { throw Mismatch() }
            return text
        }
    }
}
