/// A ticket in a queue, with what the router must know to give it to somebody.
public struct QueuedRequest: Hashable, Sendable {
    public var ticket: WaitingTicket
    public var request: RoutingRequest

    public init(ticket: WaitingTicket, request: RoutingRequest) {
        self.ticket = ticket
        self.request = request
    }
}

/// What the router decided about one ticket of a queue.
public struct DrainStep: Hashable, Sendable {
    public var ticket: TicketNumber
    public var decision: RoutingDecision

    public init(ticket: TicketNumber, decision: RoutingDecision) {
        self.ticket = ticket
        self.decision = decision
    }
}

/// Gives waiting tickets to whoever can take them, most urgent first, and takes what was given into the snapshot.
///
/// Work is only given away here, so a ticket that asks the same as one for which nobody was found is not asked
/// about again: a long queue before full agents costs one decision for each kind of question in it.
/// - Returns: one step for each ticket that was decided about, in the order of `drainOrder`; a ticket without one
///   waits on as before.
public func drain(
    _ queue: [QueuedRequest], from snapshot: inout RoutingSnapshot, policy: RoutingPolicy,
    at now: Instant
) -> [DrainStep] {
    let requests = Dictionary(
        queue.map { ($0.ticket.ticket, $0.request) }, uniquingKeysWith: { $1 })
    var hopeless: Set<RoutingRequest> = []
    var steps: [DrainStep] = []
    for waiting in drainOrder(queue.map(\.ticket), policy: policy) {
        guard let request = requests[waiting.ticket] else { continue }
        let question = request.withoutPreference
        guard !hopeless.contains(question) else { continue }
        let decision = route(snapshot, request, policy: policy, at: now)
        switch decision.outcome {
        case .assigned(let agent, _, _): snapshot.assign(request.work, to: agent, at: now)
        case .queued: hopeless.insert(question)
        case .waiting: break
        }
        steps.append(DrainStep(ticket: waiting.ticket, decision: decision))
    }
    return steps
}

extension RoutingRequest {
    /// What decides whether anybody at all can take it. When nobody can, no preferred agent can either. Only a
    /// holder in whose load the ticket is counted already may have room for it and for nothing else.
    fileprivate var withoutPreference: RoutingRequest {
        guard holderLoad == .notCounted else { return self }
        var question = self
        question.holder = nil
        question.lastServed = nil
        question.scoredLow = []
        question.waitingSince = nil
        question.deadline = nil
        question.exclusionEndsAt = nil
        question.priority = .normal
        return question
    }
}
