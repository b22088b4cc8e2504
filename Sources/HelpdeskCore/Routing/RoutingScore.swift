/// What eligible agents are compared by: within the capacity first, then skill, the share of the capacity in use, who
/// waited longest; then the agent's id decides.
public struct RoutingScore: Hashable, Sendable {
    /// Sum of the levels in the required skills: more is better. Somebody unrestricted counts as just good enough.
    public var skill: Int
    /// In hand without this ticket, in units of weight.
    public var inHand: Int
    /// In the same units, from 1.
    public var capacity: Int
    /// How far this ticket would go beyond the capacity: only a VIP's may (`RoutingPolicy.vipReserve`).
    public var beyond: Int
    /// Longest ago is best, never is better still.
    public var lastAssignedAt: Instant?

    public init(
        skill: Int, inHand: Int, capacity: Int, beyond: Int = 0, lastAssignedAt: Instant?
    ) {
        self.skill = skill
        self.inHand = inHand
        self.capacity = max(capacity, 1)
        self.beyond = max(beyond, 0)
        self.lastAssignedAt = lastAssignedAt
    }

    /// - Parameter load: in thousandths of the capacity.
    public init(skill: Int, load: Int, lastAssignedAt: Instant?) {
        self.init(skill: skill, inHand: load, capacity: 1_000, lastAssignedAt: lastAssignedAt)
    }

    /// Share of the capacity in use, in thousandths, for people; the order goes by the exact share.
    public var load: Int {
        let (product, overflow) = inHand.multipliedReportingOverflow(by: 1_000)
        return overflow ? .max : product / capacity
    }

    /// Whether the share of the capacity in use is smaller, exactly; equal shares are smaller in neither direction.
    func isLessLoaded(than other: RoutingScore) -> Bool {
        let own = inHand.multipliedFullWidth(by: other.capacity)
        let others = other.inHand.multipliedFullWidth(by: capacity)
        return own.high != others.high ? own.high < others.high : own.low < others.low
    }
}

extension RoutingScore: Codable {
    private enum Key: String, CodingKey {
        case skill, load, capacity, beyond
        case inHand = "in_hand"
        case lastAssignedAt = "last_assigned_at"
    }

    /// What was stored before the parts of the share were, reads as a share of 1,000.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let load = try fields.decode(Int.self, forKey: .load)
        let inHand = try fields.decodeIfPresent(Int.self, forKey: .inHand)
        self.init(
            skill: try fields.decode(Int.self, forKey: .skill), inHand: inHand ?? load,
            capacity: try fields.decodeIfPresent(Int.self, forKey: .capacity) ?? 1_000,
            beyond: try fields.decodeIfPresent(Int.self, forKey: .beyond) ?? 0,
            lastAssignedAt: try fields.decodeIfPresent(Instant.self, forKey: .lastAssignedAt))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(skill, forKey: .skill)
        try fields.encode(load, forKey: .load)
        try fields.encode(inHand, forKey: .inHand)
        try fields.encode(capacity, forKey: .capacity)
        if beyond > 0 { try fields.encode(beyond, forKey: .beyond) }
        try fields.encodeIfPresent(lastAssignedAt, forKey: .lastAssignedAt)
    }
}
