/// What each agent had in hand, hour by hour.
struct LoadBook {
    private struct Hand {
        var units = 0
        var since: Instant
    }

    private struct Key: Hashable {
        let agent: AgentID
        let hour: Int64
    }

    private struct Sum {
        var given = 0
        var unitMilliseconds: Int64 = 0
        var peak = 0
    }

    private static let hour: Int64 = 3_600_000
    private let weights: RoutingPolicy.Weights
    private var hands: [AgentID: Hand] = [:]
    private var sums: [Key: Sum] = [:]
    private var latest = Instant.distantPast

    init(_ weights: RoutingPolicy.Weights) { self.weights = weights }

    mutating func give(_ work: WorkKind, to agent: AgentID, at now: Instant) {
        change(agent, by: weights[work], at: now)
        sums[key(agent, now), default: Sum()].given += 1
    }

    mutating func take(_ work: WorkKind, from agent: AgentID, at now: Instant) {
        change(agent, by: -weights[work], at: now)
    }

    /// Counts what is still in hand up to the end, or to the last moment that anything happened.
    mutating func finish(at end: Instant? = nil) {
        if let end { latest = max(latest, end) }
        for agent in hands.keys.sorted() { change(agent, by: 0, at: latest) }
    }

    var hours: [AgentHour] {
        sums.map { key, sum in
            AgentHour(
                agent: key.agent, start: Instant(milliseconds: key.hour * Self.hour),
                given: sum.given, meanUnits: Int(sum.unitMilliseconds / (Self.hour / 1_000)),
                peakUnits: sum.peak)
        }.sorted { ($0.agent, $0.start) < ($1.agent, $1.start) }
    }

    private mutating func change(_ agent: AgentID, by units: Int, at now: Instant) {
        latest = max(latest, now)
        var hand = hands[agent] ?? Hand(since: now)
        var moment = hand.since
        while hand.units > 0, moment < now {
            let key = key(agent, moment)
            let end = min(Instant(milliseconds: (key.hour + 1) * Self.hour), now)
            sums[key, default: Sum()].unitMilliseconds +=
                Int64(hand.units) * end.since(moment).milliseconds
            sums[key, default: Sum()].peak = max(sums[key]?.peak ?? 0, hand.units)
            moment = end
        }
        hand.units = max(hand.units + units, 0)
        hand.since = now
        hands[agent] = hand
        if units > 0 {
            let key = key(agent, now)
            sums[key, default: Sum()].peak = max(sums[key]?.peak ?? 0, hand.units)
        }
    }

    private func key(_ agent: AgentID, _ moment: Instant) -> Key {
        let (quotient, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: Self.hour)
        return Key(agent: agent, hour: rest < 0 ? quotient - 1 : quotient)
    }
}
