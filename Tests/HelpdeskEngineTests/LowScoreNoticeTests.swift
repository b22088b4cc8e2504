import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Leads hear of a low score")
struct LowScoreNoticeTests {
    private static var plan: DeskPlan {
        var plan = DeskPlan.standard
        plan.notices.mail = .on
        plan.survey.recoveryOwner = .agent
        plan.change(.lead) { $0.email = "lead@staff.example" }
        plan.change(.nima) { $0.email = "nima@staff.example" }
        return plan
    }

    private func desk(_ plan: DeskPlan) async throws -> TestDesk {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        return desk
    }

    /// Asks about it and gives a score.
    private func give(
        _ score: Int, for request: SurveyRequest, _ desk: TestDesk, by caller: AgentID = .lead
    ) async throws {
        let outcome = try await desk.surveys.ask(
            request, by: TestDesk.caller(caller, .lead), command: nil)
        guard case .ask = outcome.decision else {
            throw TestDeskError(text: "not asked: \(outcome)")
        }
        try await desk.runTimers()
        try await answer(score, desk)
    }

    private func answer(_ score: Int, _ desk: TestDesk) async throws {
        let asked = try #require(
            desk.adapters.values.flatMap(\.prepared).filter { $0.purpose == .survey }
                .max { $0.delivery < $1.delivery })
        let link = try #require(
            asked.text.split(whereSeparator: \.isWhitespace).first { $0.contains("/s/") })
        let token = String(link.split(separator: "/").last ?? "")
        _ = try await desk.surveys.answer(token: token, score: score, comment: nil)
    }

    private func told(_ desk: TestDesk) throws -> [String] {
        try desk.events().compactMap { recorded in
            guard case .desk(.agentNoticed(let noticed)) = recorded.event,
                noticed.kind == .recovery || noticed.kind == .lowScore
            else { return nil }
            return
                ([noticed.agent.rawValue, noticed.kind.rawValue]
                + noticed.ways.map(\.rawValue)
                + [
                    recorded.ticket.map { "#\($0.rawValue)" } ?? "no ticket",
                    "\(noticed.score ?? -1)",
                ])
                .joined(separator: " ")
        }
    }

    private func mails(to address: String, _ desk: TestDesk) throws -> [OutboundMessage] {
        desk.adapters.values.flatMap(\.prepared).filter {
            $0.purpose == .notification && $0.to.map(\.address.value) == [address]
        }.sorted { $0.delivery < $1.delivery }
    }

    @Test("of a ticket whose agent makes it good, and once")
    func ofATicket() async throws {
        let desk = try await desk(Self.plan)
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.perform(.assign(.nima), on: number, by: .leila)
        try await desk.reply(to: number)
        try await give(1, for: SurveyRequest(customer: nil, ticket: number, kind: .csat), desk)
        #expect(
            try told(desk) == [
                "nima recovery mail screen #1 1", "lead low_score mail screen #1 1",
            ])
        let mail = try #require(try mails(to: "lead@staff.example", desk).first)
        #expect(mail.text.hasPrefix("The customer gave 1 of 5 (csat) for ticket #1. nima is to"))
        // Corrected downwards and with a comment: no second alarm.
        try await answer(2, desk)
        #expect(try told(desk).count == 2)
        try desk.verify()
    }

    @Test("that is nobody's, and of a second one while the first is to be made good")
    func ofNobodys() async throws {
        var plan = Self.plan
        plan.survey.cooldown = .zero
        // No lead who could be given it.
        plan.change(.lead) { $0.role = .admin }
        let desk = try await desk(plan)
        var numbers: [TicketNumber] = []
        for id in ["m1@e", "m2@e"] {
            let number = try await desk.ticket(.mail(from: "sara@example.ir", id: id)).ticket
            try await desk.reply(to: number)
            numbers.append(number)
        }
        try await desk.directory.disable(.nima)
        for number in numbers {
            try await give(
                1, for: SurveyRequest(customer: nil, ticket: number, kind: .csat), desk)
        }
        #expect(
            try told(desk) == [
                "lead low_score mail screen #1 1", "lead low_score mail screen #2 1",
            ])
        #expect(try desk.lines("SELECT owner, score FROM recoveries") == ["- 1"], "one at a time")
        let mails = try mails(to: "lead@staff.example", desk).map(\.text)
        #expect(mails.first?.contains("Nobody has it yet") == true)
        try desk.verify()
    }

    @Test("of no ticket: beside the customer's newest, or beside none")
    func ofNoTicket() async throws {
        var plan = Self.plan
        plan.survey.kind = .nps
        plan.survey.lowScore = 6
        plan.survey.trigger = .request
        let desk = try await desk(plan)
        try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e"))
        for address in ["sara@example.ir", "omid@example.ir"] {
            try await give(
                3,
                for: SurveyRequest(
                    customer: .address(.email(address)), ticket: nil, kind: .nps), desk)
        }
        // Nobody was rated, so that the lead is the one to make it good.
        #expect(
            try told(desk) == [
                "lead recovery mail screen #1 3", "lead recovery mail screen no ticket 3",
            ])
        let mails = try mails(to: "lead@staff.example", desk).map(\.text)
        #expect(mails.count == 2)
        #expect(mails.first?.hasPrefix("The customer of ticket #1 gave us 3 of 10 (nps)") == true)
        #expect(mails.last?.hasPrefix("A customer (customer 2) gave us 3 of 10 (nps)") == true)
        #expect(mails.last?.contains("goes to no ticket") == true)
        try desk.verify()
    }

    @Test("of no ticket in their quiet hours with the digest, even where nothing else waits")
    func quietly() async throws {
        var plan = Self.plan
        plan.survey.kind = .nps
        plan.survey.lowScore = 6
        plan.notices.quietHours = try QuietHours(["09:00-11:00"])
        let desk = try await desk(plan)
        try await give(
            0,
            for: SurveyRequest(
                customer: .address(.email("omid@example.ir")), ticket: nil, kind: .nps),
            desk)
        #expect(try told(desk) == ["lead recovery screen no ticket 0"])
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        let digest = try #require(
            desk.adapters.values.flatMap(\.prepared).last { $0.purpose == .notice })
        #expect(digest.text.contains("customer 1  a low score is yours to make good"))
        try desk.verify()
    }

    @Test("of a private team only where they may see it; without a lead, admins do")
    func ofPrivateTeams() async throws {
        var plan = Self.plan
        plan.agents.append(
            AgentProfile(
                login: AgentID(rawValue: "root"), role: .admin, capacity: 0, teams: [.people]))
        plan.agents.append(
            AgentProfile(login: AgentID(rawValue: "admin"), role: .admin, capacity: 0, teams: []))
        let desk = try await desk(plan)
        let number = try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m1@e"), to: .peopleMail
        ).ticket
        try await desk.reply(to: number, by: .hami)
        try await give(
            1, for: SurveyRequest(customer: nil, ticket: number, kind: .csat), desk, by: .hami)
        #expect(
            try told(desk) == ["hami recovery screen #1 1", "root low_score screen #1 1"])
        try desk.verify()
    }
}
