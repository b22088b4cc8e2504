import HelpdeskCore
import Testing

@Suite struct RuleTests {
    private func holds(
        _ field: RuleField, _ comparison: RuleComparison, _ value: RuleSubject.Value?,
        matching: RuleTest.Matching = .folded
    ) -> Bool {
        var subject = RuleSubject()
        subject[field] = value
        let test = RuleCondition.test(RuleTest(field, comparison, matching: matching))
        let book = RuleBook([Rule(name: "one", condition: test, effects: ["it"])])
        return book.run(on: subject).effects == ["it"]
    }

    @Test(
        "A question is answered by what the field holds, as people take texts for the same",
        arguments: [
            (RuleComparison.isOne(["Support"]), RuleSubject.Value.text("support"), true),
            (.isOne(["sales", "support"]), .text("support"), true),
            (.isOne(["sales"]), .text("support"), false),
            (.isOne(["sup"]), .text("support"), false),
            (.isOne([]), .text("support"), false),
            (.isOne(["گلي"]), .texts(["x", "گلی"]), true),
            (.isOne(["7"]), .number(7), true), (.isOne(["7.0"]), .number(7), true),
            (.isOne(["۷"]), .number(7), true), (.isOne(["7"]), .number(7.5), false),
            (.isOne(["07"]), .text("7"), false),
            (.contains(["فاکتور"]), .text("درباره‌ي فاكتورها"), true),
            (.contains(["invoice", "bill"]), .text("My BILL is wrong"), true),
            (.contains(["bill"]), .text("The pill"), false), (.contains([""]), .text("x"), false),
            (.contains(["aab"]), .text("aaab"), true),
            (.mentions(["rma"]), .text("What a charm"), false),
            (.mentions(["rma"]), .text("About RMA-12"), true),
            (.mentions(["refund policy"]), .text("Your refund policy?"), true),
            (.mentions(["refund policy"]), .text("refund the policy"), false),
            (.mentions(["refund policy"]), .text("refund refund policy"), true),
            (.begins(["urgent"]), .text("URGENT: down"), true),
            (.begins(["urgent"]), .text("not urgent"), false),
            (.above(24), .number(25), true), (.above(25), .number(25), false),
            (.below(25), .text("24.5"), true), (.above(5), .text("hello"), false),
            (.above(5), .texts(["6"]), false), (.isSet, .text("x"), true),
            (.isSet, .text(""), false),
            (.isSet, .texts([]), false), (.isNotSet, .number(0), false),
        ])
    func answers(comparison: RuleComparison, value: RuleSubject.Value, answer: Bool) {
        #expect(holds(.subject, comparison, value) == answer)
    }

    @Test("Exact matching tells case and letter forms apart")
    func exact() {
        #expect(!holds(.subject, .begins(["urgent"]), .text("URGENT"), matching: .exact))
        #expect(holds(.subject, .contains(["GEN"]), .text("URGENT"), matching: .exact))
        #expect(!holds(.subject, .isOne(["گلي"]), .text("گلی"), matching: .exact))
    }

    @Test(
        "A question in the negative is the contrary of its positive, also of a field that is not set"
    )
    func negatives() {
        for value in [nil, RuleSubject.Value.text("one two"), .texts(["two"]), .number(2)] {
            for operands in [["two"], ["one", "2"], []] {
                #expect(
                    holds(.tag, .isOne(operands), value) != holds(.tag, .isNone(operands), value))
                #expect(
                    holds(.tag, .contains(operands), value)
                        != holds(.tag, .containsNone(operands), value))
                #expect(
                    holds(.tag, .mentions(operands), value)
                        != holds(.tag, .mentionsNone(operands), value))
            }
            #expect(holds(.tag, .isSet, value) != holds(.tag, .isNotSet, value))
        }
    }

    @Test("Conditions are put together, and the questions that decided are named")
    func together() {
        let vip = RuleCondition.test(RuleTest(.segment, .isOne(["vip"])))
        let inbox = RuleCondition.test(RuleTest(.inbox, .isOne(["support"])))
        let bill = RuleCondition.test(RuleTest(.text, .contains(["invoice", "bill"])))
        let known = RuleCondition.test(RuleTest(.attribute("tier"), .isSet))
        let rules = [
            Rule(name: "a", condition: .all([inbox, .any([vip, bill])]), effects: [1]),
            Rule(name: "b", condition: .all([inbox, vip]), effects: [2]),
            Rule(name: "c", condition: .any([vip, known]), effects: [3]),
            Rule(name: "d", condition: .none([vip, known]), effects: [4, 5]),
            Rule(name: "e", condition: .none([inbox]), effects: [6]),
            Rule(name: "f", condition: .always, effects: [7], next: .stop),
            Rule(name: "g", condition: .always, effects: [8]),
        ]
        let subject = RuleSubject([.inbox: .text("support"), .text: .text("the bill")])
        let run = RuleBook(rules).run(on: subject)
        #expect(run.effects == [1, 4, 5, 7])
        #expect(
            run.explanation == [
                "rule a applies: inbox is support, text contains invoice or bill",
                "rule b does not apply: segment is not vip",
                "rule c does not apply: segment is not vip, customer.tier is not set",
                "rule d applies: segment is not vip, customer.tier is not set",
                "rule e does not apply: inbox is support",
                "rule f applies",
            ])
        #expect(
            RuleBook([Rule(name: "n", condition: .any([]), effects: [1])]).run(on: subject).effects
                == [])
    }

    @Test("Routing rules add up: the highest level and priority, the first team and language")
    func demands() {
        let demands = RoutingDemands([
            .skill(Desk.billing, level: 2), .skill(Desk.billing, level: 1), .tag("x"), .tag("y"),
            .tag("x"), .team(Desk.secondLine), .team(Desk.support), .priority(.low),
            .priority(.high), .language(.persian), .language(.english),
        ])
        #expect(demands.tags == ["x", "y"])
        let request = RoutingRequest(
            team: Desk.support, work: .mail,
            requiredSkills: [Desk.billing: 3, Desk.technical: 1], language: .english
        ).demanding(demands)
        #expect(
            request
                == RoutingRequest(
                    team: Desk.secondLine, work: .mail, priority: .high,
                    requiredSkills: [Desk.billing: 3, Desk.technical: 1], language: .persian))
        let plain = RoutingRequest(team: Desk.support, work: .chat, priority: .urgent)
        #expect(plain.demanding(RoutingDemands([])) == plain)
    }

    @Test("Fields and comparisons are read by name, and nothing else is")
    func names() {
        for name in [
            "inbox", "channel", "team", "agent", "status", "priority", "language", "subject",
            "text", "sender", "tag", "segment", "standing", "customer.tier", "hours_since.opened",
            "hours_since.first_answer", "previous.status",
        ] {
            #expect(RuleField(name: name)?.name == name)
        }
        for name in [
            "", "Inbox", "customer.", "hours_since.never", "previous.previous.status", "x",
        ] {
            #expect(RuleField(name: name) == nil)
        }
        #expect(RuleComparison(word: "is", operands: ["a"]) == .isOne(["a"]))
        #expect(RuleComparison(word: "is", operands: []) == nil)
        #expect(RuleComparison(word: "above", operands: ["2.5"]) == .above(2.5))
        for operand in ["nan", "inf", "1e9", "0x10", "", "1.2.3", "--1"] {
            #expect(RuleComparison(word: "above", operands: [operand]) == nil)
        }
        #expect(RuleComparison(word: "set", operands: ["x"]) == nil)
        #expect(RuleComparison(word: "equals", operands: ["x"]) == nil)
    }

    @Test("A long text is read to its limit, and a cruel one in no time")
    func long() {
        let text = String(repeating: "a", count: RuleSubject.textLimit) + "needle"
        #expect(!holds(.text, .contains(["needle"]), .text(text)))
        let pattern = String(repeating: "a", count: 20_000) + "b"
        #expect(!holds(.text, .contains([pattern]), .text(text)))
        #expect(holds(.text, .contains([String(repeating: "a", count: 20_000)]), .text(text)))
    }
}
