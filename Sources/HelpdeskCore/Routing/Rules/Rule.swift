/// One rule of the configuration: when its condition holds for a ticket, its effects are wanted.
public struct Rule<Effect: Hashable & Sendable>: Hashable, Sendable {
    public var name: String
    public var condition: RuleCondition
    public var effects: [Effect]
    public var next: Next

    /// What follows when the rule applies.
    public enum Next: Hashable, Sendable {
        case goOn
        /// No later rule is asked.
        case stop
    }

    public init(
        name: String, condition: RuleCondition, effects: [Effect], next: Next = .goOn
    ) {
        self.name = name
        self.condition = condition
        self.effects = effects
        self.next = next
    }
}

/// All rules, in the order in which they are asked.
public struct RuleBook<Effect: Hashable & Sendable>: Hashable, Sendable {
    public let rules: [Rule<Effect>]

    public init(_ rules: [Rule<Effect>]) { self.rules = rules }

    /// What the rules want for a ticket, and what became of each. Pure, and linear in the lengths of the texts times
    /// the number of questions.
    public func run(on subject: RuleSubject) -> RuleRun<Effect> {
        var reading = RuleReading(subject)
        var run = RuleRun<Effect>()
        for rule in rules {
            let (answer, because) = reading.judge(rule.condition)
            switch answer {
            case .held:
                run.verdicts.append(RuleVerdict(rule: rule.name, result: .applied(because)))
                run.effects += rule.effects
                if rule.next == .stop { return run }
            case .failed:
                run.verdicts.append(RuleVerdict(rule: rule.name, result: .notApplied(because)))
            }
        }
        return run
    }
}

/// What came of asking the rules about one ticket.
public struct RuleRun<Effect: Hashable & Sendable>: Hashable, Sendable {
    /// Of all rules that applied, in their order.
    public var effects: [Effect] = []
    /// One for each rule that was asked, in order; rules after one that stops have none.
    public var verdicts: [RuleVerdict] = []

    /// In plain English, one line for each rule that was asked.
    public var explanation: [String] { verdicts.map(\.explanation) }
}

public struct RuleVerdict: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
        case applied([RuleFinding])
        case notApplied([RuleFinding])
    }

    public var rule: String
    public var result: Result

    public init(rule: String, result: Result) {
        self.rule = rule
        self.result = result
    }
}
