/// The work of `dryRun`: goes through what happened moment by moment.
struct Replay {
    private struct Event: Comparable {
        let at: Instant
        let kind: Kind
        let number: Int

        /// At one moment hands become free before new work comes in.
        enum Kind: Int { case release, presence, arrival, look }

        static func < (left: Event, right: Event) -> Bool {
            if left.at != right.at { return left.at < right.at }
            if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
            return left.number < right.number
        }
    }

    private let arrivals: [PastArrival]
    private let presences: [PastPresence]
    private let plan: DryRunPlan
    private let end: Instant?
    private var snapshot: RoutingSnapshot
    private var events = MinHeap<Event>()
    /// By place in `arrivals`.
    private var placements: [DryRun.Placement?]
    private var waiting: [Int: RoutingRequest] = [:]
    private var lastServed: [CustomerID: RoutingRequest.LastServed] = [:]
    private var looks: Set<Instant> = []
    private var book: LoadBook

    init(
        _ arrivals: [PastArrival], _ presences: [PastPresence], _ plan: DryRunPlan,
        until end: Instant? = nil
    ) {
        self.end = end
        let datable = arrivals.filter { DryRun.years.contains($0.at) }
        let known = Dictionary(datable.map { ($0.ticket, $0) }, uniquingKeysWith: { $1 })
        self.arrivals = known.values.sorted { ($0.at, $0.ticket) < ($1.at, $1.ticket) }
        self.presences = presences
        self.plan = plan
        snapshot = plan.snapshot
        placements = Array(repeating: nil, count: self.arrivals.count)
        book = LoadBook(plan.policy.weights)
        for (number, arrival) in self.arrivals.enumerated() {
            events.insert(Event(at: arrival.at, kind: .arrival, number: number))
        }
        for (number, change) in presences.enumerated() {
            events.insert(Event(at: change.at, kind: .presence, number: number))
        }
    }

    var result: DryRun {
        DryRun(
            placements: placements.compactMap { $0 }, hours: book.hours,
            capacities: Dictionary(
                snapshot.agents.map { ($0.id, $0.capacity) }, uniquingKeysWith: { $1 }))
    }

    mutating func run() {
        while let now = events.first?.at, end.map({ now <= $0 }) ?? true {
            var asked: Set<Int> = []
            var isFreed = false
            while let event = events.first, event.at == now {
                _ = events.removeFirst()
                switch event.kind {
                case .release:
                    release(event.number, at: now)
                    isFreed = true
                case .presence:
                    let change = presences[event.number]
                    snapshot.setPresence(change.presence, of: change.agent)
                    isFreed = true
                case .arrival:
                    waiting[event.number] = request(for: event.number)
                    asked.insert(event.number)
                case .look:
                    looks.remove(now)
                    isFreed = true
                }
            }
            give(isFreed ? Set(waiting.keys) : asked, at: now)
            // What only waits for people who never come back is not looked at for ever.
            if waiting.isEmpty || !isOver { continue }
            break
        }
        book.finish(at: end)
    }

    /// Nothing is left that could free anybody but the hours of the calendar, and those were waited for long enough.
    private var isOver: Bool {
        guard let last = arrivals.last?.at, let next = events.first else { return false }
        return next.kind == .look && next.at > last + DryRun.longestInHand
    }

    private func request(for number: Int) -> RoutingRequest {
        let arrival = arrivals[number]
        let effects = plan.rules.run(on: arrival.subject).effects
        var request = arrival.request.demanding(RoutingDemands(effects))
        request.lastServed = lastServed[arrival.customer] ?? request.lastServed
        return request
    }

    private mutating func give(_ numbers: Set<Int>, at now: Instant) {
        let queue = numbers.sorted().compactMap { number in
            waiting[number].map { queued(number, $0) }
        }
        guard !queue.isEmpty else { return }
        let places = Dictionary(
            numbers.map { (arrivals[$0].ticket, $0) }, uniquingKeysWith: { $1 })
        for step in drain(queue, from: &snapshot, policy: plan.policy, at: now) {
            guard let number = places[step.ticket] else { continue }
            settle(number, step.decision, at: now)
        }
        // Asked the same as another for whom nobody was found: it stands where that one stands.
        for number in numbers.sorted() where placements[number] == nil {
            guard let request = waiting[number] else { continue }
            let decision = route(snapshot, request, policy: plan.policy, at: now)
            settle(number, decision, at: now)
        }
    }

    private func queued(_ number: Int, _ request: RoutingRequest) -> QueuedRequest {
        let arrival = arrivals[number]
        return QueuedRequest(
            ticket: WaitingTicket(
                ticket: arrival.ticket, priority: request.priority, standing: request.standing,
                deadline: request.deadline, since: arrival.at), request: request)
    }

    private mutating func settle(_ number: Int, _ decision: RoutingDecision, at now: Instant) {
        let arrival = arrivals[number]
        let servedLast = placements[number].map(\.servedLast) ?? waiting[number]?.lastServed?.agent
        var placement = DryRun.Placement(
            ticket: arrival.ticket, customer: arrival.customer, arrivedAt: arrival.at,
            servedLast: servedLast, assignedAt: nil, agent: nil, decision: decision)
        if case .assigned(let agent, _, _) = decision.outcome {
            placement.agent = agent
            placement.assignedAt = now
            waiting[number] = nil
            lastServed[arrival.customer] = .init(agent: agent, at: now)
            book.give(arrival.request.work, to: agent, at: now)
            let span = min(max(arrival.inHand, .zero), DryRun.longestInHand)
            events.insert(Event(at: now + span, kind: .release, number: number))
        } else {
            if waiting[number]?.waitingSince == nil { waiting[number]?.waitingSince = now }
            if let look = decision.lookAgainAt, look > now, looks.insert(look).inserted {
                events.insert(Event(at: look, kind: .look, number: 0))
            }
        }
        placements[number] = placement
    }

    private mutating func release(_ number: Int, at now: Instant) {
        guard let agent = placements[number]?.agent else { return }
        snapshot.release(arrivals[number].request.work, from: agent)
        book.take(arrivals[number].request.work, from: agent, at: now)
    }
}
