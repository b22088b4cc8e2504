import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("Surveys that no closing asks for")
struct SurveyCampaignTests {
    private static let admin = TestDesk.caller(.lead, .admin)

    private func desk(_ change: (inout DeskPlan) -> Void = { _ in }) async throws -> TestDesk {
        var plan = DeskPlan.standard
        change(&plan)
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        return desk
    }

    private func served(_ address: String, _ id: String, on desk: TestDesk) async throws {
        let number = try await desk.ticket(.mail(from: address, id: id)).ticket
        try await desk.reply(to: number, then: .close(.noAnswer))
    }

    @Test("a request is scheduled under the policy, and sent to somebody we never heard of")
    func request() async throws {
        let desk = try await desk()
        let asked = try await desk.surveys.ask(
            SurveyRequest(customer: .address(.email("new@example.ir")), ticket: nil, kind: .nps),
            by: Self.admin, command: nil)
        #expect(asked.decision == .ask(at: desk.now))
        try await desk.runTimers()
        try await desk.runOutbox()
        let mail = try #require(desk.adapters.values.flatMap(\.prepared).last)
        #expect(mail.ticket == nil && mail.purpose == .survey)
        #expect(mail.to.map(\.address.value) == ["new@example.ir"])
        #expect(mail.choices.count == 11)
        let token = String(try #require(mail.stopLink?.split(separator: "/").last))
        let page = try await desk.surveys.answer(token: token, score: 3, comment: nil)
        #expect(page.kind == .nps && page.isLow)
        #expect(try desk.count("SELECT COUNT(*) FROM recoveries WHERE ticket IS NULL") == 1)
        let again = try await desk.surveys.ask(
            SurveyRequest(customer: .address(.email("new@example.ir")), ticket: nil, kind: .csat),
            by: Self.admin, command: nil)
        #expect(again.decision == .skip(.cooldown), "over all surveys")
        try desk.verify()
    }

    @Test("a request about a ticket obeys what every survey about a ticket obeys")
    func requestAboutTicket() async throws {
        let desk = try await desk()
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        let asked = try await desk.surveys.ask(
            SurveyRequest(customer: nil, ticket: number, kind: .ces), by: Self.admin, command: nil)
        #expect(asked.decision == .skip(.notAnswered))
        await #expect(throws: DeskFailure.self) {
            try await desk.surveys.ask(
                SurveyRequest(
                    customer: nil, ticket: TicketNumber(rawValue: 99), kind: .ces),
                by: Self.admin, command: nil)
        }
        await #expect(throws: DeskFailure.self) {
            try await desk.surveys.ask(
                SurveyRequest(
                    customer: nil, ticket: number, kind: .ces, policy: "nothing of the kind"),
                by: Self.admin, command: nil)
        }
        try desk.verify()
    }

    @Test("NPS comes when the relationship is of age, again when the policy says, bounded and once")
    func relationship() async throws {
        let desk = try await desk { plan in
            plan.surveyPolicies = [
                SurveyPolicy(
                    name: "nps", kind: .nps,
                    trigger: .relationship(after: .days(90), every: .days(180)),
                    cooldown: .days(30), lowScore: 6)
            ]
        }
        for index in 0..<60 { try await served("c\(index)@example.ir", "m\(index)@e", on: desk) }
        // Never served: not a relationship yet.
        _ = try await desk.ticket(.mail(from: "quiet@example.ir", id: "q@e"))
        desk.clock.advance(by: .days(90) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        let count =
            "SELECT COUNT(*) FROM invitations WHERE occasion = 'relationship' AND state = 'sent'"
        #expect(try desk.count(count) == 0)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(try desk.count(count) == 60)
        try await desk.runTimers()
        desk.clock.advance(by: .days(100))
        try await desk.runTimers()
        #expect(try desk.count(count) == 60, "once")
        desk.clock.advance(by: .days(80))
        try await desk.runTimers()
        #expect(try desk.count(count) == 120, "and again half a year later")
        try desk.verify()
    }

    @Test("who fits no campaign is passed over with that reason, once")
    func noPolicy() async throws {
        let desk = try await desk { plan in
            plan.surveyPolicies = [
                SurveyPolicy(
                    name: "nps", kind: .nps, trigger: .relationship(after: .days(1), every: nil),
                    conditions: SurveyConditions(segments: ["gold"]))
            ]
        }
        try await served("sara@example.ir", "m1@e", on: desk)
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        try await desk.runTimers()
        #expect(
            try desk.lines("SELECT skip_reason FROM invitations WHERE occasion = 'relationship'")
                == ["no_policy"])
        try desk.verify()
    }

    @Test("a repair is asked about once, in spite of the cooldown, and its answer is kept with it")
    func secondAsk() async throws {
        let desk = try await desk { plan in
            plan.survey.secondAsk = .days(2)
            plan.survey.recoveryOwner = .agent
        }
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.reply(to: number, then: .close(.solved))
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        func token() throws -> String {
            let mail = try #require(
                try desk.adapter(.supportMail).prepared.last { $0.purpose == .survey })
            return String(try #require(mail.stopLink?.split(separator: "/").last))
        }
        _ = try await desk.surveys.answer(token: try token(), score: 1, comment: "rude")
        let id = RecoveryID(rawValue: 1)
        #expect(try desk.lines("SELECT owner FROM recoveries") == ["nima"])
        try await desk.surveys.finishRecovery(
            id, outcome: "Rang her.", by: TestDesk.caller(.nima))
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        let before = try desk.adapter(.supportMail).prepared.filter { $0.purpose == .survey }
        #expect(before.count == 2)
        _ = try await desk.surveys.answer(token: try token(), score: 5, comment: nil)
        #expect(try desk.lines("SELECT state, second_score FROM recoveries") == ["done 5"])
        let figures = try desk.read { [now = desk.now] reader throws(StoreError) in
            try reader.recoveryFigures(
                ReportFilter(period: ReportPeriod(from: .distantPast, to: .distantFuture)),
                at: now, viewer: .system)
        }
        #expect(figures.opened == 1 && figures.done == 1 && figures.recovered == 1)
        try desk.verify()
    }
}
