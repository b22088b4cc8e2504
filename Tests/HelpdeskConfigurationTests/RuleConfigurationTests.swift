import HelpdeskConfiguration
import HelpdeskCore
import Testing

@Suite struct RuleConfigurationTests {
    private static let team = "\n[[team]]\nname = \"billing\"\n"

    @Test func aRuleSaysWhatItAsksAndWhatItWants() throws {
        let text =
            smallest + Self.team + """
                [[rule]]
                name = "refunds"
                all = [
                  { field = "subject", mentions = ["refund", "بازپرداخت"] },
                  { field = "customer.plan", is_not = "free", exact = true },
                ]
                any = [{ field = "customer.orders", above = 3 }, { field = "tag", set = false }]
                none = [{ field = "sender", begins_with = "no-reply@" }]
                team = "billing"
                skills = { refunds = 2, vat = 1 }
                language = "fa"
                priority = "high"
                tags = ["money"]
                stop = true
                [[rule]]
                name = "rest"
                tags = ["rest"]
                """
        func test(
            _ field: RuleField, _ comparison: RuleComparison,
            _ matching: RuleTest.Matching = .folded
        ) -> RuleCondition { .test(RuleTest(field, comparison, matching: matching)) }
        let rules = try configuration(text).rules
        #expect(rules.map(\.name) == ["refunds", "rest"])
        #expect(
            rules[0].condition
                == .all([
                    test(.subject, .mentions(["refund", "بازپرداخت"])),
                    test(.attribute("plan"), .isNone(["free"]), .exact),
                    .any([test(.attribute("orders"), .above(3)), test(.tag, .isNotSet)]),
                    .none([test(.sender, .begins(["no-reply@"]))]),
                ]))
        #expect(rules[0].team == "billing" && rules[0].skills == ["refunds": 2, "vat": 1])
        #expect(rules[0].language == .persian && rules[0].priority == .high)
        #expect(rules[0].tags == ["money"] && rules[0].next == .stop)
        #expect(rules[1].condition == .always && rules[1].next == .goOn)
    }

    @Test(arguments: [
        ("team = \"nowhere\"", "rule.team: expected the name of a [[team]]"),
        ("all = [{ field = \"subjekt\", is = \"x\" }]", "did you mean \"subject\"?"),
        ("all = [{ field = \"status\", is = \"open\" }]", "that is being routed has none yet"),
        ("all = [{ field = \"subject\" }]", "expected one comparison of: is, is_not"),
        ("all = [{ field = \"text\", is = \"a\", contains = \"b\" }]", "got 2"),
        ("all = [{ field = \"text\", is = [] }]", "expected a text, or a list of 1 to 100 texts"),
        ("all = [{ field = \"text\", is = [\"a\", 3] }]", "expected a text, or a list"),
        ("all = [{ is = \"a\" }]", "question.field: expected a field"),
        ("all = [{ field = \"text\", like = \"a\" }]", "expected a key of question"),
        ("all = { field = \"text\", is = \"a\" }", "expected a list of at most 50 questions"),
        ("any = [{ field = \"text\", above = \"much\" }]", "expected a number such as 12 or 0.5"),
        ("skills = { a = 0 }", "rule.skills.a: expected a level from 1 to 100"),
        ("skills = [\"a\"]", "rule.skills: expected a table of at most 20 skills"),
        ("tags = [\"two words\"]", "expected a word of 1 to 64 bytes"),
        ("priority = \"asap\"", "rule.priority: expected a priority"),
        ("language = \"1\"", "rule.language: expected a language"),
        ("name = \"x\"\n[[rule]]\nname = \"x\"", "rule.name: expected"),
    ])
    func whatIsWrongIsSaidWithItsPlace(_ line: String, _ words: String) {
        let isNamed = line.hasPrefix("name")
        let text = smallest + "\n[[rule]]\n" + (isNamed ? "" : "name = \"r\"\n") + line + "\n"
        let said = complaints(text)
        #expect(said.contains { $0.contains(words) }, "\(said)")
        #expect(said.allSatisfy { $0.hasPrefix("hamdel.toml:") }, "\(said)")
    }

    @Test func aRuleThatWantsNothingIsWarnedOf() throws {
        let loaded = try loaded(smallest + "\n[[rule]]\nname = \"r\"\n")
        #expect(loaded.warnings.contains { "\($0)".contains("the rule wants nothing") })
    }

    @Test func aTrialStandsInForWhatItNames() throws {
        let main =
            smallest + Self.team + """
                [routing]
                stickiness = "1d"
                vip_reserve = 3
                [[rule]]
                name = "a"
                tags = ["a"]
                """
        let trial = """
            [routing]
            stickiness = "2d"
            [[rule]]
            name = "b"
            team = "billing"
            [[rule]]
            name = "c"
            tags = ["c"]
            """
        let result = ConfigurationFile.load(
            path: "hamdel.toml", trial: "trial.toml",
            files: files(["hamdel.toml": main, "trial.toml": trial]),
            isKnownTimeZone: { _ in true })
        let configuration = try result.get().configuration
        #expect(configuration.routing.stickiness == .days(2))
        #expect(configuration.routing.vipReserve == 3)
        #expect(configuration.rules.map(\.name) == ["b", "c"])
        let wrong = ConfigurationFile.load(
            path: "hamdel.toml", trial: "trial.toml",
            files: files(["hamdel.toml": main, "trial.toml": "[routing]\nx = 1\n"]),
            isKnownTimeZone: { _ in true })
        guard case .failure(let problems) = wrong else {
            Issue.record("a wrong trial was taken")
            return
        }
        #expect(problems.list.map(\.description).allSatisfy { $0.hasPrefix("trial.toml:2:1: ") })
    }
}
