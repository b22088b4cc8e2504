import ChannelKit
import Glibc
import HelpdeskCore
import HelpdeskStore
import RandomKit
import TestKit
import Testing

@testable import HelpdeskEngine

/// Nothing waits while somebody allowed is free: after every step of a random working day, over the real store, asking the
/// router afresh about each ticket in a queue, with a snapshot read from the database, gives none of them to anybody.
@Suite("Draining")
struct DrainPropertyTests {
    private static let runs = getenv("HAMDEL_FULL") == nil ? 4 : 60
    private static let steps = 60
    private static let languages = ["hello, good morning to you all", "سلام، صبح شما به خیر", "12"]

    @Test("leaves nothing waiting that somebody could take, and the board agrees with the database")
    func nothingWaits() async throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        var queued = 0
        for run in 0..<Self.runs {
            let desk = try await TestDesk(Self.plan(&random))
            var message = 0
            for step in 0..<Self.steps {
                let what = try await Self.step(desk, &random, &message)
                try await desk.runTimers()
                let (waiting, problems) = try await Self.look(desk)
                queued += waiting
                #expect(problems == [], "seed \(seed), run \(run), step \(step): \(what)")
                if !problems.isEmpty { return }
            }
            try desk.verify()
        }
        #expect(queued > 0, "seed \(seed): nothing ever waited, so nothing was tried")
        print("draining: \(Self.runs) runs, \(queued) looks at a waiting ticket, seed \(seed)")
    }

    private static func plan(_ random: inout SeededRandom) -> DeskPlan {
        var plan = DeskPlan.standard
        plan.change(.support) { $0.team.overflow = .secondLine }
        plan.agents = (0..<Int.random(in: 1...4, using: &random)).map { index in
            profile("a\(index)", &random)
        }
        plan.agents.append(AgentProfile(login: .lead, role: .lead, capacity: 0, teams: [.support]))
        change(&plan, &random)
        return plan
    }

    private static func profile(_ login: String, _ random: inout SeededRandom) -> AgentProfile {
        AgentProfile(
            login: AgentID(rawValue: login), capacity: Int.random(in: 0...4, using: &random),
            teams: random.pick([[.support], [.secondLine], [.support, .secondLine]]) ?? [],
            skills: random.pick([[:], [:], ["x": 1], ["x": 3, "y": 1]]) ?? [:],
            languages: random.pick([[], [], ["fa"], ["en", "fa"]]) ?? [])
    }

    /// Another policy, other shifts, other rules.
    private static func change(_ plan: inout DeskPlan, _ random: inout SeededRandom) {
        plan.routing.vipReserve = Int.random(in: 0...2, using: &random)
        plan.routing.stickiness = random.pick([.zero, .days(30)]) ?? .zero
        plan.routing.assignmentTimeout = random.pick([nil, .minutes(20)]) ?? nil
        plan.routing.weights = .init(
            mail: Int.random(in: 0...2, using: &random), chat: 2,
            callBack: Int.random(in: 1...2, using: &random))
        plan.shifts = [:]
        for agent in plan.agents where random.happens(oneIn: 3) {
            let from = Int.random(in: 0...20, using: &random)
            let range = HourRange(from: from * 60, to: (from + 4) * 60)
            plan.shifts[agent.login] = Shift([
                BusinessHours(
                    zone: .utc,
                    week: WeekHours(
                        Dictionary(
                            Weekday.allCases.map { ($0, [range].compactMap { $0 }) },
                            uniquingKeysWith: { $1 })), holidays: [])
            ])
        }
        let skill = SkillName(rawValue: random.pick(["x", "y", "nobody"]) ?? "x")
        plan.rules = [
            Rule(
                name: "r", condition: .test(RuleTest(.text, .mentions(["hello"]))),
                effects: [.skill(skill, level: Int.random(in: 1...2, using: &random))])
        ]
    }

    private static func step(
        _ desk: TestDesk, _ random: inout SeededRandom, _ message: inout Int
    ) async throws -> String {
        let active = try desk.lines(
            "SELECT number FROM tickets WHERE status <> 'closed' ORDER BY number"
        ).compactMap { Int64($0) }.map { TicketNumber(rawValue: $0) }
        let agents = try desk.lines(
            "SELECT login FROM agents WHERE state = 'active' ORDER BY login"
        ).map { AgentID(rawValue: $0) }
        let agent = random.pick(agents) ?? .lead
        let ticket = random.pick(active)
        message += 1
        func act(_ action: TicketAction) async {
            guard let ticket else { return }
            // What makes no sense just now is refused.
            _ = try? await desk.tickets.perform(
                action, on: ticket, by: TestDesk.caller(.lead, .lead), ifVersion: nil, command: nil)
        }
        switch Int.random(in: 0..<18, using: &random) {
        case 0...4:
            let text = random.pick(languages) ?? ""
            let sender = Int.random(in: 0..<6, using: &random)
            if random.happens(oneIn: 2) {
                try await desk.ticket(
                    .mail(from: "c\(sender)@example.ir", id: "m\(message)@e", text: text))
            } else {
                try await desk.ticket(
                    .chat(
                        from: "v\(sender)", conversation: "k\(message)", id: "c\(message)",
                        text: text), to: .siteChat)
            }
            return "arrival"
        case 5, 6:
            await act(.close(.solved))
            return "close"
        case 7:
            await act(.pending)
            return "pending"
        case 8:
            try await desk.directory.setPresence(
                random.pick([nil, .online, .away, .offline]) ?? nil, of: agent,
                by: TestDesk.caller(.lead, .lead))
            return "presence"
        case 9:
            desk.desk.screens.connected(agent)
            _ = try await desk.screens.runOnce()
            return "screen"
        case 10:
            desk.desk.screens.disconnected(agent, at: desk.now)
            desk.clock.advance(by: .minutes(1))
            _ = try await desk.screens.runOnce()
            return "screen gone"
        case 11, 12:
            desk.clock.advance(by: .minutes(Int64.random(in: 1...400, using: &random)))
            return "time"
        case 13:
            var plan = desk.plan
            change(&plan, &random)
            desk.reload(plan)
            return "reload"
        case 14:
            if agents.count > 2, random.happens(oneIn: 2) {
                try await desk.directory.disable(agent == .lead ? agents[0] : agent)
                return "disable"
            }
            _ = try await desk.directory.add(profile("b\(message)", &random))
            return "another agent"
        case 15:
            let customer = Int64.random(in: 1...6, using: &random)
            _ = try? await CustomerDesk(desk.desk).update(
                CustomerID(rawValue: customer),
                CustomerChange(standing: random.pick([.vip, .regular])),
                by: TestDesk.caller(.lead, .lead))
            return "standing"
        case 16:
            await act(
                random.pick([.transfer(.secondLine, brief: nil), .transfer(.support, brief: nil)])
                    ?? .unassign)
            return "transfer"
        default:
            await act(
                random.pick([
                    .unassign, .snooze(desk.now + .hours(1)), .prioritise(.urgent), .reopen,
                ]) ?? .unassign)
            return "other"
        }
    }

    /// How many tickets wait, and which of them somebody could have.
    private static func look(_ desk: TestDesk) async throws -> (Int, [String]) {
        let numbers = try desk.lines("SELECT number FROM tickets WHERE queued = 1 ORDER BY number")
            .compactMap { Int64($0) }.map { TicketNumber(rawValue: $0) }
        let engine = desk.desk
        let problems = try await engine.write { transaction -> [String] in
            let session = TicketSession(engine, transaction, by: .system)
            let fresh = try RoutingBoard.load(transaction.reader, policy: session.policy)
            let kept = try engine.board.snapshot(transaction, policy: session.policy)
            var problems: [String] = []
            if kept.agents != fresh.agents { problems.append("the board knows other agents") }
            for agent in fresh.agents where kept.load(of: agent.id) != fresh.load(of: agent.id) {
                problems.append(
                    "\(agent.id.rawValue): board \(kept.load(of: agent.id) ?? .none), database \(fresh.load(of: agent.id) ?? .none)"
                )
            }
            for number in numbers {
                let row = try session.row(number)
                let request = try TicketRouting(session: session).request(row)
                let decision = route(
                    fresh, request, policy: session.policy.routing, at: session.now)
                if case .assigned(let agent, _, _) = decision.outcome {
                    problems.append("ticket \(number.rawValue) could go to \(agent.rawValue)")
                }
            }
            return problems
        }
        return (numbers.count, problems)
    }
}
