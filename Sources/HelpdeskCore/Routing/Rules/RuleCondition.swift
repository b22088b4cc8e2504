/// Questions put together. None of nothing is missing from `all`, and nothing of nothing is enough for `any`.
public indirect enum RuleCondition: Hashable, Sendable {
    case test(RuleTest)
    case all([RuleCondition])
    case any([RuleCondition])
    case none([RuleCondition])

    public static let always = RuleCondition.all([])
}

/// How one question was answered, where that decided something.
public struct RuleFinding: Hashable, Sendable {
    public enum Answer: Hashable, Sendable { case held, failed }

    public var test: RuleTest
    public var answer: Answer

    public init(test: RuleTest, answer: Answer) {
        self.test = test
        self.answer = answer
    }
}

extension RuleReading {
    /// The answer, and the questions that decided it: the first that failed of `all`, the first that held of `any`,
    /// otherwise every one.
    mutating func judge(
        _ condition: RuleCondition
    ) -> (answer: RuleFinding.Answer, because: [RuleFinding]) {
        switch condition {
        case .test(let test):
            let answer: RuleFinding.Answer = holds(test) ? .held : .failed
            return (answer, [RuleFinding(test: test, answer: answer)])
        case .all(let conditions): return judge(conditions, until: .failed)
        case .any(let conditions): return judge(conditions, until: .held)
        case .none(let conditions):
            let (answer, because) = judge(conditions, until: .held)
            return (answer == .held ? .failed : .held, because)
        }
    }

    /// Asks until one answer settles it; else it is the contrary.
    private mutating func judge(
        _ conditions: [RuleCondition], until settling: RuleFinding.Answer
    ) -> (answer: RuleFinding.Answer, because: [RuleFinding]) {
        var findings: [RuleFinding] = []
        for condition in conditions {
            let (answer, because) = judge(condition)
            if answer == settling { return (answer, because) }
            findings += because
        }
        return (settling == .held ? .failed : .held, findings)
    }
}
