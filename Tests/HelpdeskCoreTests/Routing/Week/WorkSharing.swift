import HelpdeskCore
import RandomKit

/// Somebody who shares the work of a queue out. Everybody has the same filters: team, skills, language, shifts,
/// presence and capacity; and is asked again whenever anything changed.
protocol WorkSharing {
    var name: String { get }

    /// Gives tickets away, takes them into the snapshot, and says who got what. A waiting ticket may ask to be looked at
    /// again at a moment.
    mutating func share(
        _ queue: [QueuedRequest], _ snapshot: inout RoutingSnapshot, at now: Instant
    ) -> (given: [TicketNumber: AgentID], lookAgainAt: Instant?)
}

/// Ours.
struct Routed: WorkSharing {
    var name = "hamdel"
    var policy = RoutingPolicy.standard

    mutating func share(
        _ queue: [QueuedRequest], _ snapshot: inout RoutingSnapshot, at now: Instant
    ) -> (given: [TicketNumber: AgentID], lookAgainAt: Instant?) {
        let steps = drain(queue, from: &snapshot, policy: policy, at: now)
        var given: [TicketNumber: AgentID] = [:]
        for step in steps {
            if case .assigned(let agent, _, _) = step.decision.outcome {
                given[step.ticket] = agent
            }
        }
        return (given, steps.compactMap(\.decision.lookAgainAt).min())
    }
}

/// First come, first served; who of those who could take it is up to `choose`.
protocol ArrivalOrder: WorkSharing {
    mutating func choose(_ able: [AgentID]) -> AgentID?
}

extension ArrivalOrder {
    mutating func share(
        _ queue: [QueuedRequest], _ snapshot: inout RoutingSnapshot, at now: Instant
    ) -> (given: [TicketNumber: AgentID], lookAgainAt: Instant?) {
        var given: [TicketNumber: AgentID] = [:]
        var lookAgainAt: [Instant] = []
        var hopeless: Set<RoutingRequest> = []
        for one in queue.sorted(by: {
            ($0.ticket.since, $0.ticket.ticket) < ($1.ticket.since, $1.ticket.ticket)
        }) {
            // The same filters; whom the customer knows does not matter.
            let question = RoutingRequest(
                team: one.request.team, work: one.request.work, standing: one.request.standing,
                requiredSkills: one.request.requiredSkills, language: one.request.language,
                excluded: one.request.excluded)
            guard !hopeless.contains(question) else { continue }
            let decision = route(snapshot, question, policy: .standard, at: now)
            let able = decision.candidates.compactMap { candidate in
                if case .eligible = candidate.standing { candidate.agent } else { nil }
            }
            guard let agent = choose(able.sorted()) else {
                hopeless.insert(question)
                decision.lookAgainAt.map { lookAgainAt.append($0) }
                continue
            }
            given[one.ticket.ticket] = agent
            snapshot.assign(one.request.work, to: agent, at: now)
        }
        return (given, lookAgainAt.min())
    }
}

/// The next in the row after who got the last one.
struct RoundRobin: ArrivalOrder {
    let name = "round robin"
    private var last: AgentID?

    mutating func choose(_ able: [AgentID]) -> AgentID? {
        let next = able.first { agent in last.map { agent > $0 } ?? true } ?? able.first
        if let next { last = next }
        return next
    }
}

struct RandomChoice: ArrivalOrder {
    let name = "random"
    private var generator: SeededRandom

    init(seed: UInt64) { generator = SeededRandom(seed: seed) }

    mutating func choose(_ able: [AgentID]) -> AgentID? { able.randomElement(using: &generator) }
}
