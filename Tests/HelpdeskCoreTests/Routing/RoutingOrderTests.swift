import HelpdeskCore
import RandomKit
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

    @Test("When nobody has room, a VIP's ticket goes a little beyond a capacity, in the team first")
    func reserve() {
        let full = AgentLoad(mail: 10)
        let agents = [
            Desk.agent("a"), Desk.agent("b"), Desk.agent("y", teams: [Desk.secondLine]),
            Desk.agent("z", teams: [Desk.secondLine]),
        ]
        let request = RoutingRequest(team: Desk.support, work: .chat, standing: .vip)
        func decide(_ loads: [String: AgentLoad], _ request: RoutingRequest) -> RoutingDecision {
            route(
                Desk.snapshot(agents, loads: loads, overflow: Desk.secondLine), request,
                policy: .standard, at: Desk.now)
        }
        let all = ["a": full, "b": full, "y": full, "z": full]
        let beyond = decide(all, request)
        #expect(beyond.outcome == .assigned(Desk.id("a"), team: Desk.support, by: .id))
        #expect(
            beyond.candidates.first?.standing
                == .eligible(
                    RoutingScore(
                        skill: 0, inHand: 10, capacity: 10, beyond: 2, lastAssignedAt: nil)))
        let free = decide(all.merging(["z": .none]) { $1 }, request)
        #expect(free.outcome == .assigned(Desk.id("z"), team: Desk.secondLine, by: .load))
        var plain = request
        plain.standing = .regular
        #expect(decide(all, plain).outcome == .queued(Desk.support, because: .everybodyFull))
        let more = all.mapValues { _ in AgentLoad(mail: 11) }
        #expect(decide(more, request).outcome == .queued(Desk.support, because: .everybodyFull))
        var own = request
        own.lastServed = Desk.served("b")
        #expect(
            decide(all, own).outcome == .assigned(Desk.id("b"), team: Desk.support, by: .lastServed)
        )
    }

    @Test("Shares of capacities are compared exactly")
    func exactShares() {
        let agents = [Desk.agent("a", capacity: 999_999), Desk.agent("b", capacity: 1_000_000)]
        let loads = ["a": AgentLoad(mail: 333_333), "b": AgentLoad(mail: 333_334)]
        // Exactly a third, and a little more than a third.
        #expect(decide(agents, loads: loads).ranking == ["a", "b"])
        let swapped = ["a": AgentLoad(mail: 333_334), "b": AgentLoad(mail: 333_333)]
        #expect(decide(agents, loads: swapped).ranking == ["b", "a"])
    }

    @Test("Who passed a ticket on does not get it back, and nobody holds it in the next team")
    func transfer() {
        let request = RoutingRequest(
            team: Desk.support, work: .mail, holder: Desk.id("a"), holderLoad: .counted,
            waitingSince: Desk.now)
        let passed = request.transferred(to: Desk.secondLine, by: Desk.id("a"))
        let agents = [
            Desk.agent("a", teams: [Desk.support, Desk.secondLine]),
            Desk.agent("z", teams: [Desk.secondLine]),
        ]
        let decision = decide(agents, request: passed)
        #expect(decision.outcome == .assigned(Desk.id("z"), team: Desk.secondLine, by: .onlyOne))
        #expect(decision.reasons == ["a": .excluded(.gaveBack)])
        #expect(passed.waitingSince == nil && passed.holderLoad == .notCounted)
    }

    @Test("Who missed a ticket may have it again later, who was excluded by a person may not")
    func exclusions() {
        func past(_ login: String, _ why: RoutingExclusion, _ hoursAgo: Int64) -> PastExclusion {
            PastExclusion(agent: Desk.id(login), why: why, at: Desk.now - .hours(hoursAgo))
        }
        let (excluded, ends) = RoutingPolicy.standard.exclusions(
            of: [
                past("a", .timedOut, 4), past("b", .timedOut, 3), past("b", .timedOut, 5),
                past("c", .gaveBack, 90), past("d", .timedOut, 1), past("e", .byHand, 2),
                past("e", .timedOut, 3),
            ], at: Desk.now)
        #expect(
            excluded == [
                Desk.id("b"): .timedOut, Desk.id("c"): .gaveBack, Desk.id("d"): .timedOut,
                Desk.id("e"): .byHand,
            ])
        #expect(ends == Desk.now + .hours(1))
        let request = RoutingRequest(
            team: Desk.support, work: .mail, excluded: excluded, exclusionEndsAt: ends)
        let decision = decide(["b", "c"].map { Desk.agent($0) }, request: request)
        #expect(decision.outcome == .queued(Desk.support, because: .nobodyQualified))
        #expect(decision.lookAgainAt == ends)
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
        var generator = SeededRandom(seed: testSeed("drainOrder"))
        for _ in 0..<20 {
            #expect(drainOrder(order.shuffled(using: &generator), policy: .standard) == order)
        }
    }
}
