import HelpdeskCore
import Testing

@Suite struct RoutingOrderTests {
    private func decide(
        _ agents: [RoutingAgent], loads: [String: AgentLoad] = [:],
        request: RoutingRequest = RoutingRequest(team: Desk.support, work: .mail)
    ) -> RoutingDecision {
        route(Desk.snapshot(agents, loads: loads), request, policy: .standard, at: Desk.now)
    }

    @Test("The higher skill level comes first, whatever the load")
    func skill() {
        let agents = [
            Desk.agent("a", skills: [Desk.billing: 2]), Desk.agent("b", skills: [Desk.billing: 3]),
            Desk.agent("c"),
        ]
        let request = RoutingRequest(
            team: Desk.support, work: .mail, requiredSkills: [Desk.billing: 1])
        let decision = decide(agents, loads: ["b": AgentLoad(mail: 9)], request: request)
        #expect(decision.outcome == .assigned(Desk.id("b"), team: Desk.support, by: .skill))
        #expect(decision.ranking == ["b", "a", "c"])
    }

    @Test("Then the least load for one's capacity")
    func load() {
        let agents = [Desk.agent("a", capacity: 4), Desk.agent("b", capacity: 20)]
        let decision = decide(agents, loads: ["a": AgentLoad(mail: 1), "b": AgentLoad(mail: 4)])
        #expect(decision.outcome == .assigned(Desk.id("b"), team: Desk.support, by: .load))
    }

    @Test("Then who waited longest for work, and who never had any before all")
    func idle() {
        let agents = ["a", "b", "c"].map { Desk.agent($0) }
        let loads = [
            "a": AgentLoad(lastAssignedAt: Desk.now - .minutes(5)),
            "b": AgentLoad(lastAssignedAt: Desk.now - .hours(1)),
        ]
        #expect(decide(agents, loads: loads).ranking == ["c", "b", "a"])
        let two = decide(Array(agents.prefix(2)), loads: loads)
        #expect(two.outcome == .assigned(Desk.id("b"), team: Desk.support, by: .idle))
    }

    @Test("Then the login")
    func id() {
        let decision = decide(["b", "a"].map { Desk.agent($0) })
        #expect(decision.outcome == .assigned(Desk.id("a"), team: Desk.support, by: .id))
    }

    @Test("Work given one by one goes round")
    func roundRobin() {
        var snapshot = Desk.snapshot(["a", "b", "c"].map { Desk.agent($0) })
        var given: [String] = []
        for minute in 0..<7 {
            let at = Desk.now + .minutes(Int64(minute))
            let decision = route(
                snapshot, RoutingRequest(team: Desk.support, work: .mail), policy: .standard, at: at
            )
            let agent = decision.assignee ?? "nobody"
            given.append(agent)
            snapshot.assign(.mail, to: Desk.id(agent), at: at)
            if minute == 3 { snapshot.release(.mail, from: Desk.id("b")) }
        }
        #expect(given == ["a", "b", "c", "a", "b", "c", "b"])
        #expect(
            snapshot.load(of: Desk.id("b"))
                == AgentLoad(mail: 2, lastAssignedAt: Desk.now + .minutes(6)))
    }

    @Test("The overflow team is asked when nobody of the team can take it")
    func overflow() {
        let agents = [
            Desk.agent("a", presence: .offline), Desk.agent("z", teams: [Desk.secondLine]),
            Desk.agent("y", teams: [Desk.secondLine], capacity: 0),
            Desk.agent("both", teams: [Desk.support, Desk.secondLine], capacity: 0),
        ]
        let request = RoutingRequest(team: Desk.support, work: .mail)
        let with = route(
            Desk.snapshot(agents, overflow: Desk.secondLine), request, policy: .standard,
            at: Desk.now)
        #expect(with.outcome == .assigned(Desk.id("z"), team: Desk.secondLine, by: .onlyOne))
        #expect(
            with.candidates.map { "\($0.agent.rawValue)/\($0.team.rawValue)" } == [
                "z/second-line", "a/support", "both/support", "both/second-line", "y/second-line",
            ])
        let without = route(Desk.snapshot(agents), request, policy: .standard, at: Desk.now)
        #expect(without.outcome == .queued(Desk.support, because: .everybodyFull))
        let free = route(
            Desk.snapshot(agents + [Desk.agent("b")], overflow: Desk.secondLine), request,
            policy: .standard, at: Desk.now)
        #expect(free.assignee == "b")
        #expect(free.candidates.allSatisfy { $0.team == Desk.support })
        let toItself = route(
            Desk.snapshot(agents, overflow: Desk.support), request, policy: .standard, at: Desk.now)
        #expect(toItself.outcome == .queued(Desk.support, because: .everybodyFull))
    }

    @Test("An overflow team that is open takes what comes in at night")
    func overflowAtNight() {
        let agents = [Desk.agent("a", teams: [Desk.support, Desk.secondLine])]
        let decision = route(
            Desk.snapshot(agents, overflow: Desk.secondLine, secondLineHours: .always),
            RoutingRequest(team: Desk.support, work: .mail), policy: .standard,
            at: moment("2026-11-22T23:00:00Z"))
        #expect(decision.outcome == .assigned(Desk.id("a"), team: Desk.secondLine, by: .onlyOne))
    }

    @Test(
        "A VIP's ticket counts as at least high",
        arguments: [
            (TicketPriority.low, CustomerUpdated.Standing.vip, TicketPriority.high),
            (.urgent, .vip, .urgent),
            (.low, .regular, .low),
        ])
    func vip(
        priority: TicketPriority, standing: CustomerUpdated.Standing, effective: TicketPriority
    ) {
        let request = RoutingRequest(
            team: Desk.support, work: .mail, priority: priority, standing: standing)
        #expect(decide([], request: request).priority == effective)
    }

    @Test("A queue drains by priority, then deadline, then age, then number")
    func drain() {
        func ticket(
            _ number: Int64, _ priority: TicketPriority,
            _ standing: CustomerUpdated.Standing = .regular,
            due: Int64?, age: Int64 = 0
        ) -> WaitingTicket {
            WaitingTicket(
                ticket: TicketNumber(rawValue: number), priority: priority, standing: standing,
                deadline: due.map { Desk.now + .hours($0) }, since: Desk.now - .hours(age))
        }
        let order = [
            ticket(9, .urgent, due: nil), ticket(4, .high, due: 1), ticket(3, .low, .vip, due: 2),
            ticket(8, .normal, due: -1),
            ticket(5, .normal, due: 5, age: 2), ticket(6, .normal, due: 5, age: 1),
            ticket(7, .normal, due: 5, age: 1),
            ticket(2, .normal, due: nil, age: 9), ticket(1, .low, due: 0),
        ]
        var generator = SeededGenerator(seed: testSeed("drainOrder"))
        for _ in 0..<20 {
            #expect(drainOrder(order.shuffled(using: &generator), policy: .standard) == order)
        }
    }
}
