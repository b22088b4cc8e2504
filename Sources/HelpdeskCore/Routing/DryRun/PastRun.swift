/// A ticket as it went: who got it first and when, and how long it weighed on whoever had it.
public struct PastPlacement: Hashable, Sendable {
    public var placement: DryRun.Placement
    public var work: WorkKind
    /// At most `DryRun.longestInHand` counts.
    public var inHand: TimeSpan

    public init(placement: DryRun.Placement, work: WorkKind, inHand: TimeSpan) {
        self.placement = placement
        self.work = work
        self.inHand = inHand
    }
}

/// What happened, in the shape of a dry run, so that the two can be compared: every ticket weighs on its first agent for as long
/// as it was in anybody's hands.
public func pastRun(
    _ past: [PastPlacement], weights: RoutingPolicy.Weights, capacities: [AgentID: Int]
) -> DryRun {
    enum Step: Int { case take, give }
    var steps: [(at: Instant, step: Step, place: Int)] = []
    for (place, one) in past.enumerated() {
        guard let at = one.placement.assignedAt, one.placement.agent != nil,
            DryRun.years.contains(at)
        else { continue }
        steps.append((at, .give, place))
        let span = min(max(one.inHand, .zero), DryRun.longestInHand)
        steps.append((at + span, .take, place))
    }
    steps.sort { ($0.at, $0.step.rawValue, $0.place) < ($1.at, $1.step.rawValue, $1.place) }
    var book = LoadBook(weights)
    for step in steps {
        guard let agent = past[step.place].placement.agent else { continue }
        switch step.step {
        case .give: book.give(past[step.place].work, to: agent, at: step.at)
        case .take: book.take(past[step.place].work, from: agent, at: step.at)
        }
    }
    book.finish()
    return DryRun(
        placements: past.map(\.placement).sorted {
            ($0.arrivedAt, $0.ticket) < ($1.arrivedAt, $1.ticket)
        }, hours: book.hours, capacities: capacities)
}
