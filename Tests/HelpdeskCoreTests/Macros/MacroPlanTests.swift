import Testing

@testable import HelpdeskCore

@Suite("What a macro does")
struct MacroPlanTests {
    private static let refund = MacroID(rawValue: "refund")
    private static let persian = LanguageCode.persian
    private static let texts: [LanguageCode: String] = [
        .english: "Dear {customer|customer},\n{ticket} is done.\n{subject}\n{agent}, {brand}",
        .persian: "سلام {customer}",
    ]

    private func facts(
        _ status: TicketStatus = .open, assignee: AgentID? = Sample.nima, tags: [String] = [],
        language: LanguageCode? = .english, asked: LanguageCode? = nil, text: String? = nil,
        customer: String? = "Sara"
    ) -> MacroPlan.Facts {
        MacroPlan.Facts(
            ticket: Sample.ticket(status, assignee: assignee, tags: tags), applier: Sample.nima,
            language: language, inboxLanguage: .english, asked: asked,
            parameters: TextParameters(
                ticket: Sample.number, brand: "Shop", agent: "Nima", team: "support",
                customer: customer),
            text: text)
    }

    private func plan(_ macro: Macro, _ facts: MacroPlan.Facts) -> MacroPlan {
        MacroPlan.make(macro, for: facts, when: .utc(at: Sample.now))
    }

    @Test func `everything in order, the ending with the answer`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund", texts: Self.texts, addTags: ["refund"],
            removeTags: ["new"], priority: .high, transfer: TeamID(rawValue: "billing"),
            holder: .agent(Sample.leila), note: "by {agent}", ending: .pending, snooze: "2h")
        let made = plan(macro, facts(tags: ["new"]))
        #expect(
            made
                == MacroPlan(
                    language: .english,
                    steps: [
                        .init(step: .tag(add: ["refund"], remove: ["new"]), skipped: nil),
                        .init(step: .prioritise(.high), skipped: nil),
                        .init(step: .transfer(TeamID(rawValue: "billing")), skipped: nil),
                        .init(step: .assign(Sample.leila), skipped: nil),
                        .init(step: .note("by Nima"), skipped: nil),
                        .init(
                            step: .reply("Dear Sara,\n#7 is done.\nNima, Shop", then: .pending),
                            skipped: nil),
                        .init(step: .snooze(until: Sample.now + .hours(2)), skipped: nil),
                    ], warnings: [.empty(.subject)]))
    }

    @Test func `what is so already is left out, and said`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund", addTags: ["a"], priority: .normal,
            transfer: Sample.support, holder: .applier, ending: .closed(.solved))
        let made = plan(macro, facts(.closed, tags: ["a"]))
        #expect(
            made.steps.map(\.skipped) == [
                "they are so already", "it is so already", "it is there already",
                "it is theirs already", "it is closed already",
            ])
        #expect(made.text == nil && made.language == nil)
    }

    @Test func `a transfer frees the ticket, so that the same agent is given it again`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund", transfer: TeamID(rawValue: "billing"),
            holder: .applier)
        #expect(plan(macro, facts()).steps.map(\.skipped) == [nil, nil])
    }

    @Test(
        arguments: [
            (LanguageCode.persian, nil, "سلام \u{2068}Sara\u{2069}", []),
            (
                LanguageCode("de"), nil, nil,
                [.otherLanguage(wanted: LanguageCode("de") ?? .english, used: .english)]
            ),
            (.persian, LanguageCode.english, nil, []), (nil, nil, nil, []),
        ] as [(LanguageCode?, LanguageCode?, String?, [MacroPlan.Warning])])
    func `the customer's language, unless the agent asks for another`(
        language: LanguageCode?, asked: LanguageCode?, text: String?, warnings: [MacroPlan.Warning]
    ) throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund",
            texts: [.english: "Hello {customer}", .persian: "سلام {customer}"])
        let made = plan(macro, facts(language: language, asked: asked))
        #expect(made.text == text ?? "Hello Sara")
        #expect(made.warnings == warnings)
    }

    @Test func `a name with places in it is a name`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund", texts: [.english: "Hello {customer}"])
        #expect(plan(macro, facts(customer: "{agent}")).text == "Hello {agent}")
    }

    @Test func `nothing to fill a place: its own words, or a warning`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund",
            texts: [.english: "Hello {customer|there},", .persian: "سلام {customer}"])
        let english = plan(macro, facts(customer: nil))
        #expect(english.text == "Hello there," && english.warnings.isEmpty)
        let persian = plan(macro, facts(language: .persian, customer: nil))
        #expect(persian.warnings == [.empty(.customer)])
    }

    @Test func `the agent's own text goes out instead, and a blank one not at all`() throws {
        let macro = try Macro(
            name: Self.refund, title: "Refund", texts: [.english: "Hello"], ending: .closed(.solved)
        )
        #expect(
            plan(macro, facts(text: "Own")).steps.map(\.step)
                == [.reply("Own", then: .close(.solved))])
        #expect(plan(macro, facts(text: " \n")).steps.map(\.step) == [.close(.solved)])
    }

    @Test(arguments: [
        ("", "t", "name"), ("a b", "t", "name"), ("a/b", "t", "name"), ("a", " ", "title"),
    ])
    func `names and titles`(name: String, title: String, place: String) {
        #expect(throws: MacroFault.self) {
            try Macro(name: MacroID(rawValue: name), title: title, holder: .applier)
        }
    }

    @Test func `what cannot be carried out cannot be written`() {
        func fault(_ make: () throws(MacroFault) -> Macro) -> String? {
            do throws(MacroFault) {
                _ = try make()
                return nil
            } catch {
                return error.place
            }
        }
        #expect(
            fault { () throws(MacroFault) in try Macro(name: Self.refund, title: "t") } == "texts")
        #expect(
            fault { () throws(MacroFault) in
                try Macro(name: Self.refund, title: "t", texts: [.english: "{promise}"])
            } == "texts.en")
        #expect(
            fault { () throws(MacroFault) in
                try Macro(name: Self.refund, title: "t", addTags: ["a"], removeTags: ["a"])
            } == "actions.add_tags")
        #expect(
            fault { () throws(MacroFault) in
                try Macro(name: Self.refund, title: "t", snooze: "soon")
            } == "actions.snooze")
        #expect(
            fault { () throws(MacroFault) in
                try Macro(
                    name: Self.refund, title: "t", ending: .closed(.solved), snooze: "2h")
            } == "actions.snooze")
        #expect(
            fault { () throws(MacroFault) in
                try Macro(name: Self.refund, title: "t", note: "{who}")
            } == "actions.note")
    }
}
