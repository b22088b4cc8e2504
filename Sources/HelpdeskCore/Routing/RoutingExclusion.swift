/// Why an agent must not get a ticket, whatever their load.
public enum RoutingExclusion: String, Sendable, Codable, Hashable {
    /// Had it and did not answer in time.
    case timedOut = "timed_out"
    /// Gave it back.
    case gaveBack = "gave_back"
    /// A lead took it from them.
    case byHand = "by_hand"
}

/// An agent from whose hands a ticket was taken.
public struct PastExclusion: Hashable, Sendable {
    public var agent: AgentID
    public var why: RoutingExclusion
    public var at: Instant

    public init(agent: AgentID, why: RoutingExclusion, at: Instant) {
        self.agent = agent
        self.why = why
        self.at = at
    }
}

extension RoutingPolicy {
    /// Who must not get a ticket now, of those who had it. What a person decided stays; who let it time out may have
    /// it again after `timeoutMemory`, or a ticket that everybody missed once would stay in the queue for ever.
    ///
    /// - Returns: the exclusions that hold, and when the first of them ends by itself.
    public func exclusions(
        of past: [PastExclusion], at now: Instant
    ) -> (excluded: [AgentID: RoutingExclusion], endsAt: Instant?) {
        var excluded: [AgentID: RoutingExclusion] = [:]
        var ends: [AgentID: Instant] = [:]
        for one in past where one.why == .timedOut {
            let end = one.at + timeoutMemory
            guard now < end else { continue }
            excluded[one.agent] = .timedOut
            ends[one.agent] = max(end, ends[one.agent] ?? end)
        }
        for one in past.sorted(by: { $0.at < $1.at }) where one.why != .timedOut {
            excluded[one.agent] = one.why
            ends[one.agent] = nil
        }
        return (excluded, ends.values.min())
    }
}
