import ChannelKit
import Foundation
import HelpdeskCore
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskEngine

@Suite("A dry run over the store")
struct RoutingTrialTests {
    private func administration(
        _ desk: TestDesk, _ policy: DeskPolicy? = nil
    ) -> Administration {
        Administration(
            desk.desk, reread: { _, _ in .failure(QuarantineReason(code: "none", detail: "none")) },
            tryPolicy: { _ in
                policy.map { .success($0) } ?? .failure(.init(text: "trial.toml:1:1: wrong"))
            })
    }

    private func past() async throws -> TestDesk {
        var plan = DeskPlan.standard
        plan.agents = [
            AgentProfile(login: .nima, capacity: 2, teams: [.support]),
            AgentProfile(login: .leila, teams: [.secondLine]),
        ]
        let desk = try await TestDesk(plan)
        desk.clock.advance(by: .days(-8))
        try await desk.ticket(.mail(from: "old@example.ir", id: "old@e"))
        try await desk.perform(.close(.solved), on: TicketNumber(rawValue: 1))
        desk.clock.advance(by: .days(8))
        for index in 0..<4 {
            try await desk.ticket(
                .mail(
                    from: "c\(index)@example.ir", id: "m\(index)@e",
                    text: index % 2 == 0 ? "A refund, please." : "It broke."))
            desk.clock.advance(by: .minutes(10))
        }
        // Nima had 2 and 3 in hand, and when 2 was done 4; 5 still waits.
        try await desk.perform(.close(.solved), on: TicketNumber(rawValue: 2))
        desk.clock.advance(by: .hours(1))
        return desk
    }

    @Test(
        "retells what happened, and what another policy would have done, without writing anything")
    func compared() async throws {
        let desk = try await past()
        var plan = desk.plan
        plan.rules = [
            Rule(
                name: "refunds", condition: .test(RuleTest(.text, .mentions(["refund"]))),
                effects: [.team(.secondLine)])
        ]
        let before = desk.position
        let result = try await RoutingTrial(desk: desk.desk, policy: plan.policy).run(days: 7)
        #expect(desk.position == before)
        func who(_ run: DryRun) -> [String] {
            run.placements.map { "\($0.ticket.rawValue) \($0.agent?.rawValue ?? "-")" }
        }
        #expect(who(result.happened) == ["2 nima", "3 nima", "4 nima", "5 -"])
        #expect(who(result.replayed) == ["2 leila", "3 nima", "4 leila", "5 nima"])
        #expect(!result.isCut)
        #expect(result.comparison.before.unassigned == 1)
        #expect(result.comparison.after.unassigned == 0)
        // 40 minutes of ticket 2, 90 of 3 and 60 of 4.
        #expect((3_160...3_167).contains(result.comparison.before.unitHours[.nima] ?? 0))
        let same = try await RoutingTrial(desk: desk.desk, policy: desk.desk.policy).run(days: 7)
        #expect(who(same.replayed) == who(same.happened))
    }

    @Test("is a table for people and a document for programs; a wrong trial says where it is wrong")
    func told() async throws {
        let desk = try await past()
        let reply = await administration(desk).perform(.dryRunRouting(days: 7, trial: nil))
        #expect(reply.ending == .done)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data((reply.document ?? "").utf8))
                as? [String: Any])
        #expect(document["moved"] as? Int == 0 && document["cut"] as? Bool == false)
        #expect(
            Set(document.keys) == [
                "days", "cut", "happened", "replayed", "agents", "moved", "moves",
            ])
        #expect(reply.text.contains("4 tickets of the last 7 days"))
        let wrong = await administration(desk).perform(
            .dryRunRouting(days: 7, trial: PolicyTrial(file: "trial.toml", text: "x")))
        #expect(wrong.ending == .misconfigured && wrong.text == "trial.toml:1:1: wrong")
        let never = await administration(desk).perform(.dryRunRouting(days: 0, trial: nil))
        #expect(never.ending == .invalid)
    }

    @Test("finds where a moment is in the stream")
    func position() async throws {
        let desk = try await past()
        let events = try desk.events()
        for moment in events.map(\.at) + [.distantPast, .distantFuture] {
            let expected = events.last { $0.at < moment }?.position ?? .start
            #expect(
                try desk.read { reader throws(StoreError) in try reader.position(before: moment) }
                    == expected)
        }
    }
}
