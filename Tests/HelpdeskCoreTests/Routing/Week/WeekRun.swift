import HelpdeskCore

/// Lives a week minute by minute: agents on duty work on what they have in hand, one thing at a time, chats first, then
/// what came first; everybody who shares work out is served by the same people in the same way.
struct WeekRun {
    private struct Held {
        let arrival: Week.Arrival
        let since: Instant
    }

    private struct Busy {
        let work: WorkKind
        var minutes: Int
    }

    /// An assignment that nobody begins with in this working time goes to somebody else.
    private static let timeout = TimeSpan.minutes(60)

    private let week: Week
    private var sharing: any WorkSharing
    private var snapshot: RoutingSnapshot
    private var queue: [TicketNumber: (arrival: Week.Arrival, request: RoutingRequest)] = [:]
    private var hands: [AgentID: [Held]] = [:]
    private var busy: [AgentID: Busy] = [:]
    private var lastServed: [CustomerID: RoutingRequest.LastServed] = [:]
    private var excluded: [TicketNumber: [PastExclusion]] = [:]
    private var lookAgainAt: Instant?
    private var figures = WeekFigures()

    init(_ week: Week, _ sharing: any WorkSharing) {
        self.week = week
        self.sharing = sharing
        snapshot = RoutingSnapshot(
            agents: week.agents, teams: [RoutingTeam(id: Desk.support, hours: Week.hours)])
    }

    mutating func run() -> WeekFigures {
        var arrivals = week.arrivals[...]
        var presences = week.presences[...]
        var now = week.start
        // A day longer, so that what came in last is answered too.
        let end = week.end + .days(1)
        while now < end {
            var isChanged = lookAgainAt.map { $0 <= now } ?? false
            while let change = presences.first, change.at <= now {
                snapshot.setPresence(change.presence, of: change.agent)
                presences.removeFirst()
                isChanged = true
            }
            if work(at: now) { isChanged = true }
            while let arrival = arrivals.first, arrival.at <= now {
                queue[arrival.ticket] = (arrival, request(for: arrival))
                arrivals.removeFirst()
                isChanged = true
            }
            if isChanged { share(at: now) }
            if now.milliseconds % 600_000 == 0, now < week.end { sample(at: now) }
            now = now + .minutes(1)
        }
        figures.unanswered = queue.count + hands.values.reduce(0) { $0 + $1.count }
        return figures
    }

    private func request(for arrival: Week.Arrival) -> RoutingRequest {
        var request = arrival.request
        request.lastServed = lastServed[arrival.customer]
        return request
    }

    /// One minute of everybody's work; whether anything changed for those who wait.
    private mutating func work(at now: Instant) -> Bool {
        var isChanged = false
        for agent in snapshot.agents {
            if var one = busy[agent.id] {
                one.minutes -= 1
                busy[agent.id] = one.minutes > 0 ? one : nil
                if one.minutes <= 0 {
                    snapshot.release(one.work, from: agent.id)
                    isChanged = true
                }
            }
            if busy[agent.id] == nil, isAtWork(agent, now) { begin(agent.id, at: now) }
            if takeBack(from: agent.id, at: now) { isChanged = true }
        }
        return isChanged
    }

    private func isAtWork(_ agent: RoutingAgent, _ now: Instant) -> Bool {
        guard agent.presence == nil, case .shift(let shift) = agent.duty else { return false }
        return shift.isOnDuty(at: now)
    }

    private mutating func begin(_ agent: AgentID, at now: Instant) {
        let held = hands[agent] ?? []
        let next = held.indices.min { left, right in
            let chats = (
                held[left].arrival.request.work == .chat, held[right].arrival.request.work == .chat
            )
            if chats.0 != chats.1 { return chats.0 }
            return held[left].arrival.at < held[right].arrival.at
        }
        guard let next else { return }
        let arrival = held[next].arrival
        hands[agent]?.remove(at: next)
        busy[agent] = Busy(work: arrival.request.work, minutes: arrival.service)
        figures.answered(
            arrival, by: agent, at: now, servedLast: lastServed[arrival.customer]?.agent)
        lastServed[arrival.customer] = .init(agent: agent, at: now)
    }

    private mutating func takeBack(from agent: AgentID, at now: Instant) -> Bool {
        guard now.milliseconds % 300_000 == 0, let held = hands[agent] else { return false }
        let late = held.filter { Week.hours.elapsed(from: $0.since, to: now) >= Self.timeout }
        for one in late {
            let ticket = one.arrival.ticket
            excluded[ticket, default: []].append(
                PastExclusion(agent: agent, why: .timedOut, at: now))
            var request = request(for: one.arrival)
            request.excluded =
                RoutingPolicy.standard.exclusions(of: excluded[ticket] ?? [], at: now).excluded
            queue[ticket] = (one.arrival, request)
            snapshot.release(one.arrival.request.work, from: agent)
        }
        hands[agent] = held.filter { one in
            !late.contains { $0.arrival.ticket == one.arrival.ticket }
        }
        return !late.isEmpty
    }

    private mutating func share(at now: Instant) {
        let waiting = queue.values.map { arrival, request in
            QueuedRequest(
                ticket: WaitingTicket(
                    ticket: arrival.ticket, priority: request.priority, standing: request.standing,
                    deadline: request.deadline, since: arrival.at), request: request)
        }
        let (given, look) = sharing.share(waiting, &snapshot, at: now)
        lookAgainAt = look.map { max($0, now + .minutes(1)) }
        for (ticket, agent) in given {
            guard let arrival = queue.removeValue(forKey: ticket)?.arrival else { continue }
            hands[agent, default: []].append(Held(arrival: arrival, since: now))
        }
        for (ticket, one) in queue where one.request.waitingSince == nil {
            queue[ticket]?.request.waitingSince = now
        }
    }

    /// How far apart the shares of their capacity are of those at work.
    private mutating func sample(at now: Instant) {
        let shares = snapshot.agents.filter { isAtWork($0, now) }.map { agent in
            Double(snapshot.load(of: agent.id)?.units(RoutingPolicy.standard.weights) ?? 0)
                / Double(agent.capacity)
        }
        guard shares.count > 1 else { return }
        figures.spreads.append((shares.max() ?? 0) - (shares.min() ?? 0))
    }
}
