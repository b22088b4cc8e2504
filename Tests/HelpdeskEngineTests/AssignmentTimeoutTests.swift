import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("An assignment that nobody acts on")
struct AssignmentTimeoutTests {
    private func desk(
        _ plan: DeskPlan = .standard, _ change: (inout RoutingPolicy) -> Void = { _ in }
    ) async throws -> TestDesk {
        var plan = plan
        plan.routing.assignmentTimeout = .minutes(30)
        change(&plan.routing)
        return try await TestDesk(plan)
    }

    private func mail(_ desk: TestDesk, _ id: String = "m1") async throws -> TicketNumber {
        try await desk.ticket(.mail(from: "\(id)@example.ir", id: "\(id)@e")).ticket
    }

    @Test("goes to somebody else when its time is over, not before; the reason is in the stream")
    func goesOn() async throws {
        let desk = try await desk()
        let number = try await mail(desk)
        let first = try #require(try desk.row(number).ticket.assignee)
        desk.clock.advance(by: .minutes(30) + .seconds(-1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == first)
        desk.clock.advance(by: .seconds(1))
        let before = desk.position
        try await desk.runTimers()
        let second = try #require(try desk.row(number).ticket.assignee)
        #expect(second != first)
        #expect(
            try desk.types(of: number, after: before) == ["ticket_unassigned", "ticket_assigned"])
        let decision = try #require(
            try desk.events(after: before).compactMap { recorded -> RoutingDecision? in
                if case .ticket(.assigned(let assigned)) = recorded.event {
                    assigned.decision
                } else {
                    nil
                }
            }.first)
        #expect(
            decision.candidates.contains {
                $0.agent == first && $0.standing == .passedOver(.excluded(.timedOut))
            })
        try desk.verify()
    }

    @Test("waits when both let it go by, and comes back to the first whose time of grace is over")
    func bothMissedIt() async throws {
        let desk = try await desk()
        let number = try await mail(desk)
        let first = try #require(try desk.row(number).ticket.assignee)
        for _ in 0..<2 {
            desk.clock.advance(by: .minutes(30))
            try await desk.runTimers()
        }
        #expect(try desk.row(number).isQueued)
        desk.clock.advance(by: .hours(3) + .minutes(29))
        try await desk.runTimers()
        #expect(try desk.row(number).isQueued)
        desk.clock.advance(by: .minutes(1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == first, "four hours after they let it go by")
        try desk.verify()
    }

    @Test(
        "anything the agent does with it ends the watch; what the customer does, does not",
        arguments: [
            TicketAction.note("looking"), .pending, .tag(add: ["x"], remove: []),
            .prioritise(.high),
            .snooze(ManualClock.start + .days(9)),
        ])
    func touched(_ action: TicketAction) async throws {
        let desk = try await desk(.oneAgent)
        let number = try await mail(desk)
        try await desk.ticket(
            .mail(from: "m1@example.ir", id: "again@e", references: ["m1@e"]))
        #expect(try desk.row(number).actBy == ManualClock.start + .minutes(30))
        try await desk.perform(action, on: number)
        #expect(try desk.row(number).actBy == nil)
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == .nima)
    }

    @Test("an answer ends it too")
    func answered() async throws {
        let desk = try await desk(.oneAgent)
        let number = try await mail(desk)
        try await desk.reply(to: number)
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == .nima)
    }

    @Test("what a person gave to somebody, or took, stays there")
    func byHand() async throws {
        let desk = try await desk()
        let number = try await mail(desk)
        let other: AgentID = try desk.row(number).ticket.assignee == .nima ? .leila : .nima
        try await desk.perform(.assign(other), on: number, by: other)
        desk.clock.advance(by: .days(2))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == other)
    }

    @Test("only the team's working hours count")
    func workingHours() async throws {
        var plan = DeskPlan.standard
        // Sunday 10:00 UTC is where the tests begin; the team goes home at 10:10 and is back on Monday at 08:00.
        let day = [HourRange(from: 480, to: 610)].compactMap { $0 }
        let week = WeekHours(
            Dictionary(Weekday.allCases.map { ($0, day) }, uniquingKeysWith: { $1 }))
        plan.change(.support) {
            $0.team.hours = BusinessHours(zone: .utc, week: week, holidays: [])
        }
        let desk = try await desk(plan)
        let number = try await mail(desk)
        #expect(
            try desk.row(number).actBy
                == ManualClock.start + .days(1) + .hours(-2) + .minutes(20))
    }

    @Test(
        "taken back, whatever else waits goes to the agent whose hands are free, and each ticket once"
    )
    func freesTheAgent() async throws {
        var plan = DeskPlan.standard
        plan.change(.nima) { $0.capacity = 1 }
        plan.change(.leila) { $0.capacity = 1 }
        let desk = try await desk(plan)
        var tickets: [TicketNumber] = []
        for id in ["a", "b", "c"] { tickets.append(try await mail(desk, id)) }
        #expect(try desk.row(tickets[2]).isQueued)
        desk.clock.advance(by: .minutes(30))
        try await desk.runTimers()
        // Two tickets were let go by; the one that waited is in somebody's hands now.
        #expect(try desk.row(tickets[2]).ticket.assignee != nil)
        #expect(try desk.count("SELECT COUNT(*) FROM tickets WHERE queued = 1") == 1)
        try desk.verify()
    }
}
