/// What an agent has in hand: tickets that wait for the agent's next step, by kind, and when the last was given.
public struct AgentLoad: Hashable, Sendable {
    public var mail: Int
    public var chat: Int
    public var callBack: Int
    /// `nil`: never. Who waits longest for work gets it.
    public var lastAssignedAt: Instant?

    public static let none = AgentLoad()

    public init(mail: Int = 0, chat: Int = 0, callBack: Int = 0, lastAssignedAt: Instant? = nil) {
        self.mail = mail
        self.chat = chat
        self.callBack = callBack
        self.lastAssignedAt = lastAssignedAt
    }

    public subscript(kind: WorkKind) -> Int {
        get {
            switch kind {
            case .mail: mail
            case .chat: chat
            case .callBack: callBack
            }
        }
        set {
            switch kind {
            case .mail: mail = newValue
            case .chat: chat = newValue
            case .callBack: callBack = newValue
            }
        }
    }

    /// Loads and capacities beyond this count as this, so that nothing computed of them overflows.
    static let mostUnits = 1_000_000

    /// All of it in units of capacity, at most a million.
    public func units(_ weights: RoutingPolicy.Weights) -> Int {
        var units = 0
        for kind in WorkKind.allCases {
            let count = min(max(self[kind], 0), Self.mostUnits)
            let (product, overflow) = count.multipliedReportingOverflow(by: weights[kind])
            units = min(
                units + (overflow ? Self.mostUnits : min(product, Self.mostUnits)), Self.mostUnits)
        }
        return units
    }
}
