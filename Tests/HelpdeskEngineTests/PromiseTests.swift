import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("What is promised")
struct PromiseTests {
    private static func plan(_ hours: BusinessHours = .always) -> DeskPlan {
        var plan = DeskPlan.standard
        plan.sla = [
            SLAPolicy(
                name: "urgent", conditions: SLAConditions(priorities: [.urgent]),
                allowances: [.firstResponse: .hours(1), .resolution: .hours(8)],
                warningPercent: nil, hours: hours),
            SLAPolicy(
                name: "standard", conditions: SLAConditions(teams: [.support]),
                allowances: [
                    .firstResponse: .hours(4), .response: .hours(6), .resolution: .days(2),
                ],
                warningPercent: 75, hours: hours),
        ]
        return plan
    }

    /// Whatever is sent arrives.
    private static func desk(_ plan: DeskPlan) async throws -> TestDesk {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values {
            adapter.otherwise { _, _ in .sent(externalID: nil) }
        }
        return desk
    }

    private func clocks(_ desk: TestDesk, _ ticket: TicketNumber) throws -> [String] {
        try desk.lines(
            """
            SELECT target, policy, phase, used, COALESCE(breached_at, '-') FROM sla_clocks
            WHERE ticket = $1 ORDER BY target
            """, [ticket])
    }

    @Test("A mail starts the clocks, its delivered answer stops them, and all of it replays")
    func answered() async throws {
        let desk = try await Self.desk(Self.plan())
        let (_, ticket) = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        #expect(
            try clocks(desk, ticket) == [
                "first_response standard running 0 -", "resolution standard running 0 -",
                "response standard running 0 -",
            ])
        desk.clock.advance(by: .hours(1))
        try await desk.reply(to: ticket)
        // Written is not delivered.
        #expect(try clocks(desk, ticket).first == "first_response standard running 0 -")
        desk.clock.advance(by: .minutes(30))
        try await desk.runOutbox()
        #expect(
            try clocks(desk, ticket) == [
                "first_response standard met 5400000 -", "resolution standard running 0 -",
                "response standard met 5400000 -",
            ])
        desk.clock.advance(by: .hours(1))
        try await desk.perform(.pending, on: ticket)
        desk.clock.advance(by: .days(5))
        try await desk.ticket(
            .mail(from: "sara@example.ir", id: "m2@e", references: ["m@e"]))
        desk.clock.advance(by: .hours(2))
        try await desk.perform(.close(.solved), on: ticket)
        #expect(
            try clocks(desk, ticket) == [
                "first_response standard met 5400000 -",
                "resolution standard met \((5_400 + 3_600 + 7_200) * 1_000) -",
                "response standard cancelled 7200000 -",
            ])
        try desk.verify()
    }

    @Test(
        "Warning and breach are events of their moments, once each; the acknowledgement's time is broken with them"
    )
    func breached() async throws {
        let desk = try await Self.desk(Self.plan())
        let start = desk.now
        let (_, ticket) = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        desk.clock.advance(by: .hours(3) + TimeSpan(milliseconds: -1))
        try await desk.runTimers()
        #expect(try !desk.types(of: ticket).contains("sla_warned"))
        desk.clock.advance(by: TimeSpan(milliseconds: 1))
        try await desk.runTimers()
        #expect(try desk.types(of: ticket).filter { $0 == "sla_warned" }.count == 1)
        desk.clock.advance(by: .hours(3))
        try await desk.runTimers()
        try await desk.runTimers()
        let types = try desk.types(of: ticket)
        #expect(types.filter { $0 == "sla_breached" }.count == 1)
        #expect(types.filter { $0 == "promise_broken" }.count == 1)
        let row = "first_response standard running 0 \((start + .hours(4)).milliseconds)"
        #expect(try clocks(desk, ticket).first == row)
        try await desk.reply(to: ticket)
        try await desk.runOutbox()
        #expect(
            try clocks(desk, ticket).first
                == "first_response standard missed 21600000 \((start + .hours(4)).milliseconds)")
        try desk.verify()
    }

    @Test(
        "The acknowledgement tells the time in the customer's language and calendar; kept is an event"
    )
    func told() async throws {
        let tehran = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)
        var plan = Self.plan()
        plan.change(.supportMail) { $0.zone = tehran }
        let desk = try await Self.desk(plan)
        let (_, ticket) = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "m@e", subject: "خراب شد",
                text: "سلام، دستگاه من خراب شده است. لطفاً کمک کنید."))
        let mail = try #require(try desk.adapter(.supportMail).prepared.first)
        let told = TextParameters.Promise(desk.now + .hours(4), in: tehran)
        let text = CustomerTexts.standard.text(
            .acknowledgementWithPromise, in: .persian,
            TextParameters(ticket: ticket, promise: told))
        let sentence = try #require(
            text.split(separator: "\n").first { $0.contains("پاسخ می‌دهیم") })
        #expect(ScriptedAdapter.wire(mail).contains(String(sentence)))
        #expect(try desk.types(of: ticket).contains("promise_given"))
        desk.clock.advance(by: .hours(2))
        try await desk.reply(to: ticket)
        try await desk.runOutbox()
        #expect(
            try desk.types(of: ticket).filter { $0.hasPrefix("promise") } == [
                "promise_given", "promise_kept",
            ])
        try desk.verify()
    }

    @Test("Priority, spam and not-spam, history and other teams")
    func changes() async throws {
        let desk = try await Self.desk(Self.plan())
        let (_, ticket) = try await desk.ticket(.mail(from: "sara@example.ir", id: "m@e"))
        desk.clock.advance(by: .minutes(30))
        try await desk.perform(.prioritise(.urgent), on: ticket)
        #expect(
            try clocks(desk, ticket) == [
                "first_response urgent running 1800000 -", "resolution urgent running 1800000 -",
                "response standard cancelled 1800000 -",
            ])
        try await desk.perform(.spam, on: ticket)
        #expect(try clocks(desk, ticket).allSatisfy { $0.contains("cancelled") })
        let (_, old) = try await desk.ticket(
            .mail(from: "reza@example.ir", id: "old@e", origin: .history))
        #expect(try clocks(desk, old) == [])
        let (_, other) = try await desk.ticket(
            .mail(from: "omid@example.ir", id: "other@e"), to: .peopleMail)
        #expect(try clocks(desk, other) == [])
        try desk.verify()
    }

    @Test(
        "What waits in the queue is given out by its deadline, and the deadline stands in the routing"
    )
    func drained() async throws {
        var plan = Self.plan()
        plan.agents = [AgentProfile(login: .nima, capacity: 1, teams: [.support])]
        plan.sla[1] = SLAPolicy(
            name: "standard", conditions: SLAConditions(inboxes: [.supportMail]),
            allowances: [.firstResponse: .hours(4)], hours: .always)
        let desk = try await Self.desk(plan)
        let (_, held) = try await desk.ticket(.mail(from: "a@example.ir", id: "1@e"))
        let (_, unpromised) = try await desk.ticket(
            .mail(from: "b@example.ir", id: "2@e"), to: .salesMail)
        let (_, promised) = try await desk.ticket(.mail(from: "c@example.ir", id: "3@e"))
        try await desk.perform(.close(.solved), on: held)
        #expect(try desk.row(promised).ticket.assignee == .nima)
        #expect(try desk.row(unpromised).ticket.assignee == nil)
        try desk.verify()
    }

    @Test("An answered call is an answer, a missed one is a question")
    func calls() async throws {
        var plan = Self.plan()
        plan.sla[1] = SLAPolicy(
            name: "standard", allowances: [.firstResponse: .hours(4), .response: .hours(4)],
            hours: .always)
        let desk = try await Self.desk(plan)
        let (_, taken) = try await desk.ticket(
            .call(from: "+982112345678", id: "c1", outcome: .answered, seconds: 60, inner: "101"),
            to: .phones)
        #expect(
            try clocks(desk, taken) == [
                "first_response standard met 0 -", "response standard met 0 -",
            ])
        let (_, missed) = try await desk.ticket(
            .call(from: "+982112345679", id: "c2", outcome: .missed), to: .phones)
        #expect(try clocks(desk, missed).first == "first_response standard running 0 -")
        desk.clock.advance(by: .minutes(10))
        try await desk.ticket(
            .call(
                from: "+982112345679", id: "c3", outcome: .answered, direction: .outbound,
                seconds: 90, inner: "101"), to: .phones)
        #expect(try clocks(desk, missed).first == "first_response standard met 600000 -")
        try desk.verify()
    }
}
