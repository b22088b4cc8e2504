import Foundation
import HelpdeskCore

/// A peer's automation rules, translated into ours.
enum PeerRules {
    struct Action: Hashable, Sendable {
        let type: String
        let value: [String]

        init(_ fields: [String: Any]) {
            type = fields["type"] as? String ?? ""
            value = fields["value"] as? [String] ?? []
        }
    }

    static func book(_ rules: [[String: Any]]) -> RuleBook<Action> {
        RuleBook(rules.enumerated().map { number, fields in rule(fields, number) })
    }

    private static func rule(_ fields: [String: Any], _ number: Int) -> Rule<Action> {
        let groups = (fields["groups"] as? [[String: Any]] ?? []).filter {
            !($0["rules"] as? [Any] ?? []).isEmpty
        }
        let written = fields["groups"] as? [Any] ?? []
        // The peer's format has two groups at most; like every other rule that it does not understand, a longer one is
        // never met.
        let condition =
            written.count > 2
            ? never : joined(fields["group_operator"] as? String, groups.map(group))
        return Rule(
            name: "\(number + 1)", condition: condition,
            effects: (fields["actions"] as? [[String: Any]] ?? []).map(Action.init),
            next: fields["execution_mode"] as? String == "first_match" ? .stop : .goOn)
    }

    private static let never = RuleCondition.any([])

    private static func joined(_ word: String?, _ conditions: [RuleCondition]) -> RuleCondition {
        switch word {
        case "AND": .all(conditions)
        case "OR": .any(conditions)
        default: never
        }
    }

    private static func group(_ fields: [String: Any]) -> RuleCondition {
        joined(
            fields["logical_op"] as? String,
            (fields["rules"] as? [[String: Any]] ?? []).map(condition))
    }

    private static func condition(_ fields: [String: Any]) -> RuleCondition {
        let value = fields["value"] as? String ?? ""
        guard let field = field(fields), let comparison = comparison(fields, value) else {
            return never
        }
        let matching: RuleTest.Matching =
            fields["case_sensitive_match"] as? Bool == true ? .exact : .folded
        let test = RuleCondition.test(RuleTest(field, comparison, matching: matching))
        // The peer answers no to every question about hours since something that never was.
        if case .hoursSince = field { return .all([.test(RuleTest(field, .isSet)), test]) }
        return test
    }

    private static func field(_ fields: [String: Any]) -> RuleField? {
        let name = fields["field"] as? String ?? ""
        switch fields["field_type"] as? String {
        case "conversation":
            if let plain = names[name] { return plain }
            if name.hasPrefix("previous_") {
                return names[String(name.dropFirst("previous_".count))].map { .previous($0) }
            }
            return nil
        case "contact_custom_attribute": return .attribute(name)
        case "conversation_custom_attribute": return .attribute("conversation." + name)
        default: return nil
        }
    }

    private static let names: [String: RuleField] = [
        "status": .status, "priority": .priority, "inbox": .inbox, "assigned_user": .agent,
        "assigned_team": .team, "contact_email": .sender, "subject": .subject, "content": .text,
        "hours_since_created": .hoursSince(.opened),
        "hours_since_first_reply": .hoursSince(.firstAnswer),
        "hours_since_last_reply": .hoursSince(.lastAnswer),
        "hours_since_resolved": .hoursSince(.closed),
    ]

    private static func comparison(_ fields: [String: Any], _ value: String) -> RuleComparison? {
        let list = value.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return switch fields["operator"] as? String {
        case "equals": RuleComparison(word: "is", operands: [value])
        case "not equals": RuleComparison(word: "is_not", operands: [value])
        case "contains": RuleComparison(word: "contains", operands: list)
        case "not contains": RuleComparison(word: "contains_not", operands: list)
        case "starts with": RuleComparison(word: "begins_with", operands: [value])
        case "greater than": RuleComparison(word: "above", operands: [value])
        case "less than": RuleComparison(word: "below", operands: [value])
        case "set": RuleComparison(word: "set", operands: [])
        case "not set": RuleComparison(word: "not_set", operands: [])
        default: nil
        }
    }

    static func subject(_ conversation: [String: Any], previous: [String: Any]) -> RuleSubject {
        var subject = RuleSubject()
        let places: [(String, RuleField)] = [
            ("status_id", .status), ("priority_id", .priority), ("inbox_id", .inbox),
            ("assigned_user_id", .agent), ("assigned_team_id", .team), ("subject", .subject),
            ("last_message", .text),
        ]
        for (key, field) in places { subject[field] = value(conversation[key]) }
        let contact = conversation["contact"] as? [String: Any] ?? [:]
        subject[.sender] = value(contact["email"])
        for (key, one) in contact["custom_attributes"] as? [String: Any] ?? [:] {
            subject[.attribute(key)] = value(one)
        }
        for (key, one) in conversation["custom_attributes"] as? [String: Any] ?? [:] {
            subject[.attribute("conversation." + key)] = value(one)
        }
        let moments: [(String, RuleMoment)] = [
            ("created", .opened), ("first_reply", .firstAnswer), ("last_reply", .lastAnswer),
            ("resolved", .closed),
        ]
        let hours = conversation["hours_since"] as? [String: Any] ?? [:]
        for (key, moment) in moments {
            subject[.hoursSince(moment)] = (hours[key] as? NSNumber).map { .number($0.doubleValue) }
        }
        for (key, one) in previous {
            let name = key.hasPrefix("previous_") ? String(key.dropFirst("previous_".count)) : key
            if let field = names[name] { subject[.previous(field)] = value(one) }
        }
        return subject
    }

    /// JSON's truth values are words, its numbers numbers.
    private static func value(_ one: Any?) -> RuleSubject.Value? {
        switch one {
        case let text as String: .text(text)
        case let number as NSNumber where isTruth(number):
            .text(number.boolValue ? "true" : "false")
        case let number as NSNumber: .number(number.doubleValue)
        default: nil
        }
    }

    private static func isTruth(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}
