import HelpdeskCore
import RandomKit
import Testing

/// Laws of sharing work out, on generated desks and queues.
@Suite struct RoutingFairnessTests {
    @Test(
        "Under equal conditions no share of a capacity is ever further from another than one ticket"
    )
    func fairness() {
        var generator = SeededRandom(seed: testSeed("routing fairness"))
        var largest = 0.0
        var steps = 0
        while steps < RoutingScene.count {
            let agents = (0..<Int.random(in: 2...10, using: &generator)).map { number in
                Desk.agent(
                    "agent\(number)", capacity: Int.random(in: 3...1_500, using: &generator))
            }
            let smallest = agents.map(\.capacity).min() ?? 1
            var snapshot = Desk.snapshot(agents, hours: nil)
            for step in 0..<Int.random(in: 1...60, using: &generator) {
                let work = WorkKind.allCases.randomElement(using: &generator) ?? .mail
                let at = Desk.now + .seconds(Int64(step))
                let request = RoutingRequest(team: Desk.support, work: work)
                guard
                    case .assigned(let agent, _, _) = route(
                        snapshot, request, policy: .standard, at: at
                    ).outcome
                else { break }
                snapshot.assign(work, to: agent, at: at)
                steps += 1
                let shares = agents.map { one in
                    Double(snapshot.load(of: one.id)?.units(RoutingPolicy.standard.weights) ?? 0)
                        / Double(one.capacity)
                }
                let gap = (shares.max() ?? 0) - (shares.min() ?? 0)
                // The heaviest ticket, for whom it weighs most.
                let ticket = 2.0 / Double(smallest)
                largest = max(largest, gap / ticket)
                if gap > ticket * 1.000_000_1 {
                    Issue.record("\(gap) is more than one ticket, \(ticket), after \(step) steps")
                    return
                }
            }
        }
        print("routing fairness: \(steps) tickets, the largest gap is \(largest) of one ticket")
        #expect(largest > 0.5)
    }

    @Test(
        "A drained queue leaves nothing that anybody free could take, and serves the urgent first")
    func draining() {
        let wrong = RoutingScene.everyScene("routing drain") { scene, generator in
            let queue = (1...6).map { number in
                queued(Int64(number), scene, &generator)
            }
            var snapshot = scene.snapshot
            let steps = drain(queue, from: &snapshot, policy: scene.policy, at: scene.now)
            let order = drainOrder(queue.map(\.ticket), policy: scene.policy).map(\.ticket)
            let places = steps.compactMap { order.firstIndex(of: $0.ticket) }
            if places != places.sorted() || places.count != steps.count { return "order \(places)" }
            let given = Set(steps.filter { $0.decision.assignee != nil }.map(\.ticket))
            for one in queue where !given.contains(one.ticket.ticket) {
                let again = route(snapshot, one.request, policy: scene.policy, at: scene.now)
                if let agent = again.assignee { return "\(agent) is free for \(one.ticket)" }
            }
            return oneByOne(queue, scene, order) == given ? nil : "not as one by one"
        }
        #expect(wrong == [])
    }

    /// The tickets that are given away when each is asked about, in order.
    private func oneByOne(
        _ queue: [QueuedRequest], _ scene: RoutingScene, _ order: [TicketNumber]
    ) -> Set<TicketNumber> {
        var snapshot = scene.snapshot
        var given: Set<TicketNumber> = []
        for ticket in order {
            guard let one = queue.first(where: { $0.ticket.ticket == ticket }) else { continue }
            let decision = route(snapshot, one.request, policy: scene.policy, at: scene.now)
            guard case .assigned(let agent, _, _) = decision.outcome else { continue }
            snapshot.assign(one.request.work, to: agent, at: scene.now)
            given.insert(ticket)
        }
        return given
    }

    private func queued(
        _ number: Int64, _ scene: RoutingScene, _ generator: inout SeededRandom
    ) -> QueuedRequest {
        var request = scene.request
        if Bool.random(using: &generator) {
            request = RoutingScene(&generator).request
            request.holder = nil
            request.lastServed = nil
        }
        return QueuedRequest(
            ticket: WaitingTicket(
                ticket: TicketNumber(rawValue: number), priority: request.priority,
                standing: request.standing, deadline: request.deadline,
                since: scene.now - .minutes(number)), request: request)
    }
}
