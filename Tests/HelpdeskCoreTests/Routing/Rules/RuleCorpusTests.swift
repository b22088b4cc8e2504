import HelpdeskCore
import Testing

/// Libredesk's automation rules, translated, on its conversations.
@Suite(
    .enabled(
        if: Corpus.isPresent("routing-libredesk-rules"),
        "the routing-libredesk-rules corpus is not there"))
struct RuleCorpusTests {
    @Test("Rules want what they want at Libredesk")
    func rules() throws {
        var agreement = Agreement("routing-libredesk-rules")
        for one in try Corpus.cases(of: "routing-libredesk-rules", kinds: ["rule-evaluation"]) {
            let rules = one.input["rules"] as? [[String: Any]] ?? []
            let subject = PeerRules.subject(
                one.input["conversation"] as? [String: Any] ?? [:],
                previous: one.input["previous"] as? [String: Any] ?? [:])
            let expected = (one.expect["actions"] as? [[String: Any]] ?? []).map(
                PeerRules.Action.init)
            agreement.compare(
                one, ours: PeerRules.book(rules).run(on: subject).effects, theirs: expected,
                betterBecause: reason(rules, subject))
        }
        agreement.report(atLeast: 95, of: 20)
    }

    /// The peer cuts the fraction off a number before it compares: 98.5 is 98 there, and is not here.
    private func reason(_ rules: [[String: Any]], _ subject: RuleSubject) -> String? {
        let isAsked = rules.contains { rule in
            (rule["groups"] as? [[String: Any]] ?? []).contains { group in
                (group["rules"] as? [[String: Any]] ?? []).contains { one in
                    guard one["field_type"] as? String == "contact_custom_attribute",
                        let name = one["field"] as? String,
                        case .number(let number) = subject[.attribute(name)]
                    else { return false }
                    return number != number.rounded()
                }
            }
        }
        return isAsked ? "a number with a fraction is not the number without it" : nil
    }
}
