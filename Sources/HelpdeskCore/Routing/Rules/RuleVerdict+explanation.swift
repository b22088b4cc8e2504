extension RuleVerdict {
    /// One sentence. It names what the rule asks and never what the customer wrote.
    public var explanation: String {
        let (word, findings) =
            switch result {
            case .applied(let findings): ("applies", findings)
            case .notApplied(let findings): ("does not apply", findings)
            }
        let reasons = findings.map(\.explanation)
        return "rule \(rule) \(word)"
            + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: ", "))
    }
}

extension RuleFinding {
    fileprivate var explanation: String {
        let field = test.field.name
        let isTrue = answer == .held
        func list(_ operands: [String]) -> String { operands.joined(separator: " or ") }
        return switch test.comparison {
        case .isOne(let operands): "\(field) is \(isTrue ? "" : "not ")\(list(operands))"
        case .isNone(let operands): "\(field) is \(isTrue ? "not " : "")\(list(operands))"
        case .contains(let operands):
            "\(field) \(isTrue ? "contains" : "does not contain") \(list(operands))"
        case .containsNone(let operands):
            "\(field) \(isTrue ? "does not contain" : "contains") \(list(operands))"
        case .mentions(let operands):
            "\(field) \(isTrue ? "mentions" : "does not mention") \(list(operands))"
        case .mentionsNone(let operands):
            "\(field) \(isTrue ? "does not mention" : "mentions") \(list(operands))"
        case .begins(let operands):
            "\(field) \(isTrue ? "begins" : "does not begin") with \(list(operands))"
        case .above(let bound): "\(field) is \(isTrue ? "" : "not ")above \(bound)"
        case .below(let bound): "\(field) is \(isTrue ? "" : "not ")below \(bound)"
        case .isSet: "\(field) is \(isTrue ? "" : "not ")set"
        case .isNotSet: "\(field) is \(isTrue ? "not " : "")set"
        }
    }
}
