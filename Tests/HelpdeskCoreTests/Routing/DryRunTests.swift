import HelpdeskCore
import RandomKit
import Testing

@Suite struct DryRunTests {
    private func arrival(
        _ number: Int64, minute: Int64, customer: Int64 = 0, work: WorkKind = .mail,
        inHand: TimeSpan = .minutes(30), text: String = "",
        _ change: (inout RoutingRequest) -> Void = { _ in }
    ) -> PastArrival {
        var request = RoutingRequest(team: Desk.support, work: work)
        change(&request)
        return PastArrival(
            ticket: TicketNumber(rawValue: number), at: Desk.now + .minutes(minute),
            customer: CustomerID(rawValue: customer == 0 ? number : customer), request: request,
            subject: RuleSubject([.text: .text(text)]), inHand: inHand)
    }

    private func plan(
        _ agents: [RoutingAgent], _ policy: RoutingPolicy = .standard,
        rules: [Rule<RoutingEffect>] = []
    ) -> DryRunPlan {
        DryRunPlan(snapshot: Desk.snapshot(agents), policy: policy, rules: RuleBook(rules))
    }

    private func got(_ run: DryRun) -> [String] {
        run.placements.map { one in
            let minute = one.assignedAt.map { $0.since(Desk.now).milliseconds / 60_000 }
            return "\(one.ticket.rawValue) \(one.agent?.rawValue ?? "nobody") \(minute ?? -1)"
        }
    }

    @Test("Work is given, comes back after its time, and what waited follows by urgency")
    func replay() {
        let run = dryRun(
            [
                arrival(3, minute: 2), arrival(1, minute: 0), arrival(2, minute: 1),
                arrival(4, minute: 3) { $0.priority = .urgent },
            ], under: plan([Desk.agent("a", capacity: 1), Desk.agent("b", capacity: 1)]))
        #expect(got(run) == ["1 a 0", "2 b 1", "3 b 31", "4 a 30"])
        #expect(
            run.hours.map { "\($0.agent.rawValue) \($0.given) \($0.meanUnits) \($0.peakUnits)" }
                == ["a 2 1000 1", "b 2 983 1", "b 0 16 1"])
        #expect(run.hours[1].start == Desk.now)
    }

    @Test(
        "Who got the customer's last ticket in the replay gets the next, else who had served them before"
    )
    func sticky() {
        let arrivals = [
            arrival(1, minute: 0, customer: 7), arrival(2, minute: 1, customer: 8),
            arrival(3, minute: 2, customer: 7),
            arrival(4, minute: 3, customer: 9) {
                $0.lastServed = Desk.served("a")
            },
        ]
        let agents = [Desk.agent("a"), Desk.agent("b")]
        let run = dryRun(arrivals, under: plan(agents))
        #expect(got(run) == ["1 a 0", "2 b 1", "3 a 2", "4 a 3"])
        let other = dryRun(arrivals, under: plan(agents, RoutingPolicy(stickiness: .zero)))
        let comparison = DryRunComparison(run, other)
        #expect(
            comparison.moves == [
                DryRunComparison.Move(
                    ticket: TicketNumber(rawValue: 4), from: Desk.id("a"), to: Desk.id("b"))
            ])
        #expect([comparison.before.sameAgent, comparison.after.sameAgent] == [1_000, 500])
        #expect(comparison.before.unitHours == [Desk.id("a"): 1_500, Desk.id("b"): 500])
        #expect([comparison.before.spread, comparison.after.spread] == [100, 0])
    }

    @Test("Waits for a person, shifts and presences run by the clock of the past")
    func clock() {
        let agents = [
            Desk.agent("a", duty: .shift(Desk.noon)), Desk.agent("b", skills: [Desk.billing: 1]),
        ]
        let run = dryRun(
            [
                arrival(1, minute: 0) { $0.lastServed = Desk.served("a") },
                arrival(2, minute: 5, work: .chat) { $0.lastServed = Desk.served("b") },
                arrival(3, minute: 20) { $0.requiredSkills = [Desk.technical: 1] },
                arrival(4, minute: 30) { $0.requiredSkills = [Desk.technical: 9] },
            ],
            presences: [
                PastPresence(agent: Desk.id("b"), presence: .away, at: Desk.now + .minutes(4)),
                PastPresence(agent: Desk.id("b"), presence: nil, at: Desk.now + .minutes(60)),
            ], under: plan(agents))
        // The chat waits two minutes for b, whom nobody can replace before they are back.
        #expect(got(run) == ["1 a 120", "2 b 60", "3 a 120", "4 a 120"])
    }

    @Test("Rules of the plan are asked, and what nobody can take stays with nobody")
    func rules() {
        let rule = Rule(
            name: "bills", condition: .test(RuleTest(.text, .mentions(["bill"]))),
            effects: [RoutingEffect.skill(Desk.billing, level: 2)])
        let agents = [
            Desk.agent("a", skills: [Desk.technical: 1]),
            Desk.agent("b", skills: [Desk.billing: 2]),
        ]
        let arrivals = [
            arrival(1, minute: 0, text: "my bill"),
            arrival(2, minute: 1) {
                $0.language = .english
                $0.requiredSkills = [Desk.billing: 3]
            },
        ]
        let run = dryRun(arrivals, under: plan(agents, rules: [rule]))
        #expect(got(run) == ["1 b 0", "2 nobody -1"])
        #expect(
            run.placements[1].decision?.outcome == .queued(Desk.support, because: .nobodyQualified))
        #expect(got(dryRun(arrivals, under: plan(agents))) == ["1 a 0", "2 nobody -1"])
        #expect(DryRunSummary(run).unassigned == 1)
    }

    @Test("Waiting times are those of the tickets that somebody got")
    func waits() {
        let arrivals = (0..<20).map { arrival($0 + 1, minute: $0, inHand: .minutes(10)) }
        let summary = DryRunSummary(dryRun(arrivals, under: plan([Desk.agent("a", capacity: 1)])))
        #expect(summary.tickets == 20)
        #expect(summary.waitMedian == .minutes(81))
        #expect(summary.wait95 == .minutes(162))
        #expect(DryRunSummary(dryRun([], under: plan([]))).wait95 == .zero)
    }

    @Test(
        "A replay ends, whatever it is given, and does not depend on the order of what it is given")
    func ends() {
        var generator = SeededRandom(seed: testSeed("dry run"))
        for _ in 0..<60 {
            let scene = RoutingScene(&generator)
            let arrivals = (1...25).map { number in
                var request = RoutingScene(&generator).request
                request.holder = nil
                return PastArrival(
                    ticket: TicketNumber(rawValue: Int64(number)),
                    at: scene.now + .minutes(Int64.random(in: 0...600, using: &generator)),
                    customer: CustomerID(rawValue: Int64.random(in: 1...6, using: &generator)),
                    request: request,
                    inHand: [.minutes(9), .hours(5), .zero, TimeSpan(milliseconds: .max)]
                        .randomElement(using: &generator) ?? .zero)
            }
            let plan = DryRunPlan(snapshot: scene.snapshot, policy: scene.policy)
            let run = dryRun(arrivals, under: plan)
            #expect(run.placements.count == 25)
            #expect(dryRun(arrivals.shuffled(using: &generator), under: plan) == run)
            for one in run.placements {
                #expect((one.agent == nil) == (one.assignedAt == nil))
                #expect(one.assignedAt.map { $0 >= one.arrivedAt } ?? true)
            }
            #expect(run.hours.allSatisfy { $0.meanUnits <= $0.peakUnits * 1_000 })
        }
        let far = PastArrival(
            ticket: TicketNumber(rawValue: 1), at: .distantFuture,
            customer: CustomerID(rawValue: 1),
            request: RoutingRequest(team: Desk.support, work: .mail), inHand: .hours(1))
        #expect(dryRun([far], under: plan([Desk.agent("a")])).placements == [])
    }
}
