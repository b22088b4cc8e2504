import ChannelKit
import HelpdeskCore
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskEngine

@Suite("Working time")
struct DutyTests {
    private static func hours(
        _ ranges: [(Int, Int)], holidays: Set<CivilDate> = []
    ) -> BusinessHours {
        let day = ranges.compactMap { HourRange(from: $0.0 * 60, to: $0.1 * 60) }
        return BusinessHours(
            zone: .utc,
            week: WeekHours(
                Dictionary(Weekday.allCases.map { ($0, day) }, uniquingKeysWith: { $1 })),
            holidays: holidays)
    }

    @Test("that begins brings what waited to whoever comes, in one look and no earlier")
    func begins() async throws {
        var plan = DeskPlan.oneAgent
        plan.shifts[.nima] = Shift([Self.hours([(11, 15)])])
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(.mail(from: "a@example.ir", id: "1@e")).ticket
        try await desk.runTimers()
        #expect(try desk.row(number).isQueued)
        let before = desk.position
        desk.clock.advance(by: .minutes(59) + .seconds(59))
        try await desk.runTimers()
        #expect(desk.position == before, "nothing is written while nothing changes")
        desk.clock.advance(by: .seconds(1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == .nima)
        try desk.verify()
    }

    @Test(
        "of a shift without a zone is the agent's own: 14:00 in Tehran is 10:30 UTC",
        arguments: [("Asia/Tehran" as String?, 210 as Int64), (nil, 0), ("Asia/Nowhere", 0)])
    func ownZone(timezone: String?, minutesAhead: Int64) async throws {
        var plan = DeskPlan.oneAgent
        plan.change(.nima) { $0.timezone = timezone }
        plan.zones = [
            "Asia/Tehran": ZoneRules(
                name: "Asia/Tehran", initialOffsetSeconds: 12_600, transitions: [])
        ]
        // The test desk's clock says 10:00 UTC.
        plan.weeks[.nima] = Self.hours([(14, 15)]).week
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(.mail(from: "a@example.ir", id: "1@e")).ticket
        try await desk.runTimers()
        #expect(try desk.row(number).isQueued)
        desk.clock.advance(by: .minutes(240 - minutesAhead) + .seconds(-1))
        try await desk.runTimers()
        #expect(try desk.row(number).isQueued)
        desk.clock.advance(by: .seconds(1))
        try await desk.runTimers()
        #expect(try desk.row(number).ticket.assignee == .nima)
    }

    @Test("of the team ends a wait for somebody who cannot be back in time")
    func ends() async throws {
        var plan = DeskPlan.standard
        plan.shifts[.nima] = Shift([Self.hours([(8, 11)])])
        plan.routing.mailWait = .hours(4)
        plan.change(.nima) { $0.capacity = 1 }
        let desk = try await TestDesk(plan)
        // Nima served a customer, and is full when they write again.
        let first = try await desk.ticket(.mail(from: "a@example.ir", id: "1@e")).ticket
        if try desk.row(first).ticket.assignee != .nima {
            try await desk.perform(.assign(.nima), on: first)
        }
        try await desk.reply(to: first)
        let second = try await desk.ticket(.mail(from: "a@example.ir", id: "2@e")).ticket
        #expect(try desk.row(second).isQueued, "waits for nima, who has no room")
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(try desk.row(second).ticket.assignee == .leila, "nima went home")
    }

    @Test(
        "the next change is the nearest of all shifts and hours, holidays included, a day ahead at most"
    )
    func nextChange() throws {
        let now = ManualClock.start  // Sunday 2026-11-22, 10:00 UTC
        let monday = try #require(CivilDate(year: 2026, month: 11, day: 23))
        func next(_ duties: [RoutingAgent.Duty], team: BusinessHours? = nil) -> TimeSpan {
            let snapshot = RoutingSnapshot(
                agents: duties.enumerated().map {
                    RoutingAgent(
                        id: AgentID(rawValue: "a\($0.offset)"), teams: [.support], capacity: 1,
                        duty: $0.element)
                }, teams: [RoutingTeam(id: .support, hours: team)])
            return snapshot.nextDutyChange(after: now).since(now)
        }
        let morning = RoutingAgent.Duty.shift(Shift([Self.hours([(8, 12)])]))
        let evening = RoutingAgent.Duty.shift(Shift([Self.hours([(16, 20)])]))
        #expect(next([]) == .days(1))
        #expect(next([morning]) == .hours(2))
        #expect(next([evening]) == .hours(6))
        #expect(next([evening, morning]) == .hours(2))
        #expect(next([evening], team: Self.hours([(9, 11)])) == .hours(1))
        // Sunday's work is over and Monday is a holiday.
        let off = Self.hours([(8, 9)], holidays: [monday])
        #expect(next([.shift(Shift([off]))]) == .days(1))
    }

    @Test("a thousand messages read the snapshot from the database once")
    func loads() async throws {
        let desk = try await TestDesk()
        let before = desk.desk.board.loadCount
        var messages: [InboundMessage] = []
        for index in 0..<1_000 {
            messages.append(.mail(from: "c\(index % 300)@example.ir", id: "m\(index)@e"))
        }
        for start in stride(from: 0, to: 1_000, by: 50) {
            _ = try await desk.intake.deliver(
                InboundBatch(messages: Array(messages[start..<(start + 50)])), to: .supportMail)
        }
        #expect(desk.desk.board.loadCount - before <= 1)
        #expect(try desk.count("SELECT COUNT(*) FROM messages") >= 1_000)
    }
}
