internal import Dispatch
internal import HelpdeskCore
internal import HelpdeskStore

/// `hamdeld route dry-run`: gives the tickets of some past days out again under a policy, on paper, and compares it with what
/// happened. Reads on a reader's thread, computes on one of its own; nothing is written.
///
/// Taken as they are now: agents, capacities, skills, customers' standing and attributes, and who had which
/// presence before the first change in these days. Everybody begins with empty hands.
struct RoutingTrial: Sendable {
    static let mostDays = 365
    /// Events in one read.
    private static let page = 2_000

    let desk: Desk
    let policy: DeskPolicy

    struct Result: Sendable {
        let comparison: DryRunComparison
        let happened: DryRun
        let replayed: DryRun
        /// Only the oldest of them were looked at.
        let isCut: Bool
    }

    func run(days: Int) async throws(DeskFailure) -> Result {
        let now = desk.now
        let policy = policy
        let stickiness = desk.policy.routing.stickiness
        let (past, arrivals, snapshot) = try await desk.read { reader throws(StoreError) in
            let past = try Self.past(reader, since: now - .days(Int64(days)), stickiness, at: now)
            let facts = ArrivalFacts(reader: reader, policy: policy)
            return (
                past,
                try past.tickets.map { ticket throws(StoreError) in try facts.arrival(ticket) },
                try Self.snapshot(reader, policy, past)
            )
        }
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "hamdel.dry-run").async {
                continuation.resume(
                    returning: Self.compare(past, arrivals, snapshot, policy, at: now))
            }
        }
    }

    private static func past(
        _ reader: StoreReader, since: Instant, _ stickiness: TimeSpan, at now: Instant
    ) throws(StoreError) -> RoutingPast {
        var past = RoutingPast(stickiness: stickiness)
        var position = try reader.position(before: since)
        while true {
            let events = try reader.routingPast(after: position, limit: page)
            for event in events { past.take(event) }
            guard let last = events.last, events.count == page else { break }
            position = last.position
        }
        past.finish(at: now)
        return past
    }

    /// Empty hands, and by shift until they said something.
    private static func snapshot(
        _ reader: StoreReader, _ policy: DeskPolicy, _ past: RoutingPast
    ) throws(StoreError) -> RoutingSnapshot {
        let spoke = Set(past.presences.map(\.agent))
        let agents = try reader.routingAgents(shift: policy.shifts.shift).map { agent in
            var agent = agent
            if spoke.contains(agent.id) { agent.presence = nil }
            agent.screen = nil
            return agent
        }
        return RoutingSnapshot(agents: agents, teams: policy.teams.values.map(\.team))
    }

    private static func compare(
        _ past: RoutingPast, _ arrivals: [PastArrival], _ snapshot: RoutingSnapshot,
        _ policy: DeskPolicy, at now: Instant
    ) -> Result {
        let replayed = dryRun(
            arrivals, presences: past.presences,
            under: DryRunPlan(snapshot: snapshot, policy: policy.routing), until: now)
        let served = Dictionary(
            replayed.placements.map { ($0.ticket, $0.servedLast) }, uniquingKeysWith: { $1 })
        let works = Dictionary(
            arrivals.map { ($0.ticket, $0.request.work) }, uniquingKeysWith: { $1 })
        let happened = pastRun(
            past.tickets.map { ticket in
                PastPlacement(
                    placement: DryRun.Placement(
                        ticket: ticket.number, customer: ticket.opened.customer,
                        arrivedAt: ticket.at,
                        servedLast: ticket.lastServed?.agent ?? (served[ticket.number] ?? nil),
                        assignedAt: ticket.first?.at, agent: ticket.first?.agent, decision: nil),
                    work: works[ticket.number] ?? .mail, inHand: ticket.inHand)
            }, weights: policy.routing.weights,
            capacities: Dictionary(
                snapshot.agents.map { ($0.id, $0.capacity) }, uniquingKeysWith: { $1 }))
        return Result(
            comparison: DryRunComparison(happened, replayed), happened: happened,
            replayed: replayed, isCut: past.isCut)
    }
}

/// Makes of a past ticket what the router is asked again. The words are read for the rules and let go of at once.
private struct ArrivalFacts {
    let reader: StoreReader
    let policy: DeskPolicy

    func arrival(_ past: RoutingPast.PastTicket) throws(StoreError) -> PastArrival {
        let opened = past.opened
        let inbox = policy.inboxes[opened.inbox]
        let root = try reader.root(of: opened.customer)
        let known = try reader.settings(of: root)
        // An inbox may work for another team now; a team that a person chose, or that is no inbox's, stays.
        let team = opened.origin == .agent ? opened.team : inbox?.team ?? opened.team
        var request = RoutingRequest(
            team: team, work: past.isCallBack ? .callBack : inbox?.work ?? .mail,
            priority: opened.priority, standing: known.standing, lastServed: past.lastServed,
            scoredLow: past.scoredLow, deadline: past.deadline)
        if !policy.rules.rules.isEmpty {
            let run = policy.rules.run(on: try subject(past, team, known))
            request = request.demanding(RoutingDemands(run.effects))
        }
        request.language =
            request.language ?? opened.language.flatMap { LanguageCode($0) }
            ?? policy.teams[request.team]?.language
        return PastArrival(
            ticket: past.number, at: past.at, customer: root, request: request,
            inHand: past.isStillHeld
                ? DryRun.longestInHand : past.first == nil ? .hours(1) : past.inHand)
    }

    private func subject(
        _ past: RoutingPast.PastTicket, _ team: TeamID, _ known: CustomerSettings
    ) throws(StoreError) -> RuleSubject {
        let opened = past.opened
        let first = try reader.firstWords(of: past.number)
        var subject = RuleSubject.routing(
            inbox: opened.inbox, channel: opened.channel, team: team, priority: opened.priority,
            tags: [], segments: known.segments, standing: known.standing)
        subject[.language] = opened.language.map { .text($0) }
        if let id = opened.subject?.id {
            subject[.subject] = try reader.content(id).map { .text($0) }
        }
        subject[.text] = first?.text.map { .text($0) }
        subject[.sender] = first?.sender.map { .text($0.value) }
        for (key, value) in try reader.customerAttributes(try reader.root(of: opened.customer)) {
            subject[.attribute(key)] = .text(value)
        }
        return subject
    }
}
