import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Routing rules")
struct RuleRoutingTests {
    private static let two = AgentID(rawValue: "two")
    private static let refunds = SkillName(rawValue: "refunds")

    private static func rule(
        _ name: String, _ tests: [RuleTest], _ effects: [RoutingEffect],
        next: Rule<RoutingEffect>.Next = .goOn
    ) -> Rule<RoutingEffect> {
        Rule(name: name, condition: .all(tests.map { .test($0) }), effects: effects, next: next)
    }

    /// Leila knows refunds, nima knows something else.
    private static func plan(_ rules: [Rule<RoutingEffect>]) -> DeskPlan {
        var plan = DeskPlan.standard
        plan.change(.leila) {
            $0.skills = ["refunds": 3]
            $0.languages = ["fa", "en"]
        }
        plan.change(.nima) {
            $0.skills = ["shipping": 1]
            $0.languages = ["en"]
        }
        plan.rules = rules
        return plan
    }

    private func matches(_ desk: TestDesk, _ number: TicketNumber) throws -> [String] {
        let material = try #require(
            try desk.read { reader throws(StoreError) in
                try reader.explainMaterial(number, viewer: .system)
            })
        return material.routing.flatMap { item -> [String] in
            if case .ruled(_, let matches) = item.step { matches } else { [] }
        }
    }

    @Test("by the text decide skill, priority and tags; each is an event, and the reason is kept")
    func words() async throws {
        let desk = try await TestDesk(
            Self.plan([
                Self.rule(
                    "refunds", [RuleTest(.text, .mentions(["refund", "بازپرداخت"]))],
                    [.skill(Self.refunds, level: 2), .priority(.high), .tag("money")]),
                Self.rule("other", [RuleTest(.subject, .contains(["parcel"]))], [.tag("parcel")]),
            ]))
        let money = try await desk.ticket(
            .mail(from: "a@example.ir", id: "1@e", text: "Please REFUND my order.")
        ).ticket
        let row = try desk.row(money)
        #expect(row.ticket.assignee == .leila)
        #expect(row.ticket.priority == .high && row.ticket.tags == ["money"])
        #expect(row.requirements.skills == [Self.refunds: 2])
        #expect(
            try desk.types(of: money).filter { $0 != "delivery_queued" } == [
                "ticket_opened", "message_received", "rules_applied", "ticket_prioritised",
                "ticket_tagged", "ticket_assigned",
            ])
        #expect(
            try matches(desk, money) == [
                "rule refunds applies: text mentions refund or بازپرداخت"
            ])
        // The skill is why leila got it, and nima did not.
        let assigned = try desk.events().compactMap { recorded -> RoutingDecision? in
            if case .ticket(.assigned(let assigned)) = recorded.event {
                assigned.decision
            } else {
                nil
            }
        }
        #expect(
            assigned.last?.candidates.contains {
                $0.agent == .nima
                    && $0.standing
                        == .passedOver(.lacksSkill(Self.refunds, level: nil, needed: 2))
            } == true)
        let plain = try await desk.ticket(
            .mail(from: "b@example.ir", id: "2@e", subject: "My parcel")
        ).ticket
        #expect(try desk.row(plain).ticket.tags == ["parcel"])
        #expect(try desk.row(plain).requirements == .none)
        try desk.verify()
    }

    @Test("hand a ticket to another team, also a private one, before anybody has it")
    func team() async throws {
        let desk = try await TestDesk(
            Self.plan([
                Self.rule(
                    "salary", [RuleTest(.sender, .contains(["@staff.example"]))], [.team(.people)])
            ]))
        let number = try await desk.ticket(.mail(from: "x@staff.example", id: "1@e")).ticket
        let row = try desk.row(number)
        #expect(row.ticket.team == .people && row.isHidden && row.ticket.assignee == .hami)
        #expect(
            try desk.read { reader throws(StoreError) in
                try reader.ticket(number, viewer: .agent(.nima))
            } == nil)
        try desk.verify()
    }

    @Test("ask for a language; without one the team's own counts for what nobody can read")
    func language() async throws {
        var plan = Self.plan([
            Self.rule("chats", [RuleTest(.inbox, .isOne(["site-chat"]))], [.language(.persian)])
        ])
        plan.change(.support) { $0.language = .english }
        let desk = try await TestDesk(plan)
        let chat = try await desk.ticket(
            .chat(from: "v", conversation: "c", id: "1", text: "Hello there, good morning to you"),
            to: .siteChat
        ).ticket
        #expect(try desk.row(chat).ticket.assignee == .leila)
        let mail = try await desk.ticket(.mail(from: "b@example.ir", id: "2@e", text: "12345"))
            .ticket
        #expect(try desk.row(mail).language == nil)
        #expect(try desk.row(mail).ticket.assignee == .nima)
    }

    @Test("are asked again when a person hands it on, but for those that name another team")
    func transfer() async throws {
        var plan = Self.plan([
            Self.rule(
                "refunds", [RuleTest(.text, .mentions(["refund"]))],
                [.team(.support), .skill(Self.refunds, level: 2)])
        ])
        plan.agents.append(AgentProfile(login: Self.two, skills: ["cables": 1]).in(.secondLine))
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(
            .mail(from: "a@example.ir", id: "1@e", text: "A refund, please.")
        ).ticket
        #expect(try desk.row(number).ticket.assignee == .leila)
        try await desk.perform(
            .transfer(.secondLine, brief: "Needs a cable."), on: number, by: .leila)
        let row = try desk.row(number)
        #expect(row.requirements == .none, "what the rule asked was meant for support")
        #expect(row.ticket.assignee == Self.two)
        try await desk.perform(.transfer(.support, brief: nil), on: number, by: Self.two)
        #expect(try desk.row(number).requirements.skills == [Self.refunds: 2])
        #expect(try desk.row(number).ticket.assignee == .leila)
        try desk.verify()
    }

    @Test(
        "say nothing about spam, history and calls that were answered; what is taken out of the spam they are asked about"
    )
    func others() async throws {
        let desk = try await TestDesk(Self.plan([Self.rule("all", [], [.tag("seen")])]))
        let bulk = try await desk.ticket(
            .mail(from: "a@example.ir", id: "1@e", ticketClass: .spam)
        ).ticket
        let old = try await desk.ticket(.mail(from: "b@example.ir", id: "2@e", origin: .history))
            .ticket
        let call = try await desk.ticket(
            .call(from: "+989121234567", id: "3", outcome: .answered, seconds: 60, inner: "101"),
            to: .phones
        ).ticket
        for ticket in [bulk, old, call] { #expect(try desk.row(ticket).ticket.tags == []) }
        try await desk.perform(.notSpam, on: bulk)
        #expect(try desk.row(bulk).ticket.tags == ["seen"])
        try desk.verify()
    }

    @Test("erased with the customer leave their names in the stream and nothing of what was said")
    func erased() async throws {
        let desk = try await TestDesk(
            Self.plan([Self.rule("x", [RuleTest(.text, .contains(["secret"]))], [.tag("t")])]))
        let number = try await desk.ticket(
            .mail(from: "a@example.ir", id: "1@e", text: "my secret")
        ).ticket
        let data = try desk.lines(
            "SELECT data FROM events WHERE type = 'rules_applied' AND ticket = $1", [number])
        #expect(data.count == 1 && !data[0].contains("secret"))
        #expect(
            try desk.count("SELECT COUNT(*) FROM contents WHERE kind = 'rule_matches'") == 1)
    }
}

extension AgentProfile {
    fileprivate func `in`(_ team: TeamID) -> AgentProfile {
        var profile = self
        profile.teams = [team]
        return profile
    }
}
